import { isTimeField, numberClasses } from '../../shared/domain/arrangement.ts'
import type { AssetType } from '../../shared/domain/asset.ts'
import type { SortField } from '../../shared/domain/query.ts'
import type { TimeGroups } from '../state/browse.ts'
import { bytesText, counted, countText } from './quantities.ts'

const kinds: Readonly<Record<AssetType, string>> = {
  image: 'Images',
  video: 'Videos',
  audio: 'Sounds',
  document: 'Documents',
  model: '3D models',
  font: 'Fonts',
  other: 'Other files',
}

const timeGroups: Readonly<Record<TimeGroups, string>> = {
  none: 'No groups',
  day: 'Days',
  month: 'Months',
  year: 'Years',
  session: 'Sessions',
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long' })
const dayText = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const dateText = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const monthText = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' })
const shortMonth = new Intl.DateTimeFormat('en-GB', { month: 'short' })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const DAY_MS = 86_400_000

/** Words of groups, of the scrubber and of stacks in the grid. */
export const arrangement = {
  groupBy: 'Group by',
  timeGroups: (groups: TimeGroups) => timeGroups[groups],
  valueGroups: (sort: string) => sort,
  groupByTitle: (groups: string) => `Group by ${groups.toLowerCase()}`,
  onlyByTime: 'Only what is ordered by a time can be divided by it.',
  stackAlike: 'Stack alike generations',
  openOrFold: 'Open or fold the stack',
  noStack: 'There is no stack here to open. Stack alike generations first.',
  typeHint: 'Go to a name: type it',
  count: (assets: number) => countText(assets),
  selectGroup: (assets: number, group: string) => `Select ${counted(assets, 'asset', 'assets')}: ${group}`,
  scrubber: 'Go to',
  stackFolded: (assets: number) => `Stack of ${countText(assets)}, folded`,
  stackOpen: (assets: number) => `In an open stack of ${countText(assets)}`,
  openStack: (assets: number) => `Open the stack of ${countText(assets)}`,
  foldStack: 'Fold the stack',
  goToName: (typed: string) => `Go to “${typed}”`,
  noSuchName: 'No name begins with this',

  /** What a group is called, by the key that the engine gives it. */
  group(field: SortField, key: string, now: Date = new Date()): string {
    if (isTimeField(field)) return timeName(key, now)
    switch (field) {
      case 'rating':
        return key === '0' ? 'No rating' : counted(Number(key), 'star', 'stars')
      case 'asset_type':
        return kinds[key as AssetType] ?? key
      case 'model_used':
        return key === '' ? 'No model' : key
      case 'file_name':
      case 'custom_title':
        return key === '#' ? 'Digits and signs' : key === '…' ? 'Other scripts' : key
      case 'file_size_bytes':
        return classText(numberClasses.file_size_bytes, key, bytesText, 'Empty')
      case 'width':
      case 'height':
        return classText(numberClasses[field], key, (pixels) => `${countText(pixels)} px`, 'Unknown')
      case 'duration_seconds':
        return classText(numberClasses.duration_seconds, key, secondsText, 'No duration')
      default:
        return key
    }
  },

  /** The same in little room, for the edge of the scrubber. */
  short(field: SortField, key: string): string {
    if (isTimeField(field)) return key.length === 7 ? shortMonth.format(dateOf(key)) : key
    switch (field) {
      case 'rating':
        return key === '0' ? '–' : `${key} ★`
      case 'model_used':
        return key === '' ? '–' : key.length > 8 ? `${key.slice(0, 7)}…` : key
      case 'file_size_bytes':
        return key === '0' ? '0' : bytesText(Number(key))
      case 'width':
      case 'height':
        return key === '0' ? '–' : countText(Number(key))
      case 'duration_seconds':
        return key === '0' ? '–' : Number(key) < 1 ? '0 s' : secondsText(Number(key))
      default:
        return arrangement.group(field, key)
    }
  },
} as const

function timeName(key: string, now: Date): string {
  const [from, to] = key.split('/')
  if (from !== undefined && to !== undefined) return sessionText(new Date(from), new Date(to))
  if (key.length === 4) return key
  const date = dateOf(key)
  if (key.length === 7) return monthText.format(date)
  const days = Math.round(
    (new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime() - date.getTime()) / DAY_MS,
  )
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  const day = date.getFullYear() === now.getFullYear() ? dayText : dateText
  return `${weekday.format(date)}, ${day.format(date)}`
}

/** A local date from its year, month and day. */
function dateOf(key: string): Date {
  const [year, month, day] = key.split('-').map(Number)
  return new Date(year ?? 0, (month ?? 1) - 1, day ?? 1)
}

function sessionText(from: Date, to: Date): string {
  const [day, last] = [dateText.format(from), dateText.format(to)]
  const [start, end] = [clock.format(from), clock.format(to)]
  if (day !== last) return `${day}, ${start} – ${last}, ${end}`
  return start === end ? `${day}, ${start}` : `${day}, ${start} – ${end}`
}

function classText(classes: readonly number[], key: string, text: (value: number) => string, none: string): string {
  const least = Number(key)
  const at = classes.indexOf(least)
  if (at < 0) return none
  const next = classes[at + 1]
  if (next === undefined) return `${text(least)} and more`
  return at === 0 ? `Less than ${text(next)}` : `${text(least)} – ${text(next)}`
}

function secondsText(seconds: number): string {
  return seconds < 60 ? `${Math.round(seconds)} s` : seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`
}
