import type { AssetChange, NamedKind } from '../../catalog/assetHistory.repository.ts'
import type { CellValue } from '../../catalog/journal/operation.ts'
import { promptLabel } from '../requests/promptLabel.ts'

/** A change in words. */
export interface DescribedChange {
  /** One line, long texts shortened. */
  readonly text: string
  /** The whole of a text that was changed; null where there was or is none, or where it says no more than the line. */
  readonly before: string | null
  readonly after: string | null
}

/** What people call what a change names by id; null for what is gone. */
export type NameOf = (kind: NamedKind, id: string) => string | null

type Describe = (before: CellValue, after: CellValue, nameOf: NameOf) => DescribedChange | string | null

/** Characters of a text that a line shows. */
const SHOWN = 80

/** How each cell of an asset is told. Null: nothing that a person did or has to know. */
const ofAsset: Readonly<Record<string, Describe>> = {
  '': () => 'Imported',
  media: () => 'Read from its file',
  content: (before, after) => `Got other content${between(sizeOf(before), sizeOf(after), (a, b) => ` (${a} → ${b})`)}`,
  purged: () => 'Removed for good',
  space: (_, after) => (after === 'library' ? 'Kept' : 'Put back into the Workspace'),
  status: (before, after) => {
    if (after === 'missing') return 'Its file went missing'
    if (before === 'missing') return 'Its file was found again'
    if (after === 'error') return 'Could not be read'
    if (after === 'quarantined') return 'Put into quarantine'
    return null
  },
  file_name: (before, after) => `Renamed ${quoted(before)} → ${quoted(after)}`,
  storage_path: (before, after) => `Moved on the disk: ${quoted(before)} → ${quoted(after)}`,
  custom_title: (before, after) => texts('title', before, after),
  description: (before, after) => texts('notes', before, after),
  rating: (before, after) => `Rating ${stars(before)} → ${stars(after)}`,
  color_label: (before, after) => `Colour label ${word(before)} → ${word(after)}`,
  is_favorite: (_, after) => (after === 1 ? 'Added to Favourites' : 'Removed from Favourites'),
  visibility: (before, after) => `Visibility ${word(before)} → ${word(after)}`,
  content_category: (before, after) => `Category ${word(before)} → ${word(after)}`,
  imported_at: (before, after) => `Import date ${dateOf(before)} → ${dateOf(after)}`,
  expires_at(before, after) {
    if (after === null) return 'Does not expire any more'
    return before === null ? `Expires ${dateOf(after)}` : `Expiry ${dateOf(before)} → ${dateOf(after)}`
  },
  deleted_at(before, after) {
    if (after === null) return 'Restored from Trash'
    return before === null ? 'Moved to Trash' : null
  },
  job_id: (_, after, nameOf) =>
    after === null ? 'Taken out of its job' : `Came with the job ${named(nameOf('job', plain(after)), 'that is gone')}`,
  request_id(before, after, nameOf) {
    if (after !== null) return `Became an output of the request ${requestName(nameOf, plain(after))}`
    return `No longer an output of the request ${requestName(nameOf, plain(before))}`
  },
  roleplay_metadata: () => 'Changed the roleplay metadata',
  source_url: (before, after) => texts('source', before, after),
  version_number: (before, after) => `Version ${word(before)} → ${word(after)}`,
  error_code: () => null,
  error_message: (_, after) => (after === null ? null : `Problem: ${shortened(plain(after))}`),
  sidecars: sidecarChange,
}

/** Cells that say nothing new where another cell of the same entry has said it. */
const impliedBy: Readonly<Record<string, string>> = {
  // What is kept never expires, and what is restored to the Workspace begins its time anew.
  expires_at: 'space',
  status: 'version_number',
  storage_path: 'version_number',
  content: 'version_number',
  error_message: 'version_number',
}

const ofVersion: Readonly<Record<string, (version: string, before: CellValue, after: CellValue) => string | null>> = {
  // Versions are made as deleted: the next cell tells that it is there.
  '': () => null,
  storage_path: () => null,
  change_description: (version, before, after) => {
    if (after === null) return `Removed the description of ${version}`
    return before === null
      ? `Described ${version}: ${quoted(after)}`
      : `Description of ${version}: ${quoted(before)} → ${quoted(after)}`
  },
  deleted_at: (version, _, after) => (after === null ? `Added ${version}` : `Removed ${version}`),
}

/** The changes of one entry to one asset, as a person would tell them. */
export function describeChanges(changes: readonly AssetChange[], nameOf: NameOf): DescribedChange[] {
  const fields = new Set(changes.filter(({ entity }) => entity === 'asset').map(({ field }) => field))
  return changes.flatMap((change) => {
    const implied = change.entity === 'asset' && fields.has(own(impliedBy, change.field) ?? '-')
    const described = implied ? null : describeChange(change, nameOf)
    if (described === null) return []
    return typeof described === 'string' ? { text: described, before: null, after: null } : described
  })
}

function describeChange({ entity, of, field, before, after }: AssetChange, nameOf: NameOf): ReturnType<Describe> {
  switch (entity) {
    case 'asset':
      return own(ofAsset, field)?.(before, after, nameOf) ?? null
    case 'membership':
      return linkChange(`the collection ${named(nameOf('collection', of), 'that is gone')}`, field, after, {
        made: 'Added to',
        ended: 'Removed from',
        moved: 'Moved within',
      })
    case 'assetTag': {
      const tag = `the tag ${named(nameOf('tag', of), 'that is gone')}`
      return after === null ? `Removed ${tag}` : `Added ${tag}`
    }
    case 'requestReference':
      return linkChange(`the request ${requestName(nameOf, of)}`, field, after, {
        made: 'Became a reference of',
        ended: 'No longer a reference of',
        moved: 'Moved among the references of',
      })
    case 'assetVersion': {
      const number = nameOf('version', of)
      return own(ofVersion, field)?.(number === null ? 'a version' : `version ${number}`, before, after) ?? null
    }
    // They name no asset, so they are in no asset's history.
    case 'collection':
    case 'tag':
    case 'generationRequest':
    case 'generationJob':
    case 'librarySetting':
      return null
  }
}

interface LinkWords {
  readonly made: string
  readonly ended: string
  readonly moved: string
}

function linkChange(what: string, field: string, after: CellValue, { made, ended, moved }: LinkWords): string {
  if (field === 'position') return `${moved} ${what}`
  return `${after === null ? ended : made} ${what}`
}

function texts(name: string, before: CellValue, after: CellValue): DescribedChange {
  const [old, made] = [before === null ? null : plain(before), after === null ? null : plain(after)]
  const whole = { before: old, after: made }
  if (made === null) return { text: `Removed the ${name} ${quoted(old)}`, ...whole }
  if (old === null) return { text: `Gave it the ${name} ${quoted(made)}`, ...whole }
  return { text: `Changed the ${name}: ${quoted(old)} → ${quoted(made)}`, ...whole }
}

function sidecarChange(before: CellValue, after: CellValue): string | null {
  const [old, made] = [sidecarNames(before), sidecarNames(after)]
  const added = made.filter((name) => !old.includes(name))
  const removed = old.filter((name) => !made.includes(name))
  const said = [added.length > 0 && `Got ${sidecarsOf(added)}`, removed.length > 0 && `Lost ${sidecarsOf(removed)}`]
  const text = said.filter(Boolean).join('; ')
  return text === '' ? 'Changed a sidecar' : text
}

function sidecarsOf(names: readonly string[]): string {
  return names.length === 1 ? `the sidecar ${quoted(names[0] ?? '')}` : `${names.length} sidecars`
}

/** Names of a column `sidecars`: JSON in text; what can't be read has none. */
function sidecarNames(value: CellValue): string[] {
  if (typeof value !== 'string') return []
  try {
    const list: unknown = JSON.parse(value)
    return Array.isArray(list) ? list.flatMap((item) => (typeof item?.name === 'string' ? [item.name] : [])) : []
  } catch {
    return []
  }
}

function requestName(nameOf: NameOf, id: string): string {
  const prompt = nameOf('request', id)
  return prompt === null ? 'that is gone' : promptLabel(prompt)
}

function named(name: string | null, gone: string): string {
  return name === null ? gone : quoted(name)
}

function sizeOf(content: CellValue): number | null {
  const bytes = content !== null && typeof content === 'object' && !Array.isArray(content) && content.file_size_bytes
  return typeof bytes === 'number' ? bytes : null
}

function between(a: number | null, b: number | null, join: (a: string, b: string) => string): string {
  return a === null || b === null ? '' : join(`${a.toLocaleString('en')} B`, `${b.toLocaleString('en')} B`)
}

/** Only what the record itself has: a journal may name a field like anything. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function plain(value: CellValue): string {
  return typeof value === 'string' ? value : value === null || typeof value === 'object' ? '' : String(value)
}

function stars(value: CellValue): string {
  const count = typeof value === 'number' ? Math.min(5, Math.max(0, Math.trunc(value))) : 0
  return count === 0 ? 'none' : '★'.repeat(count)
}

function word(value: CellValue): string {
  return value === null || value === '' ? 'none' : shortened(plain(value))
}

function quoted(value: CellValue): string {
  return `“${shortened(plain(value))}”`
}

function shortened(text: string): string {
  const line = text
    .slice(0, SHOWN * 4)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN - 1).trimEnd()}…`
}

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** A moment in this machine's time zone, e.g. `21 Nov 2026, 14:05`. */
function dateOf(value: CellValue): string {
  if (value === null) return 'never'
  const at = typeof value === 'number' ? new Date(value) : null
  return at === null || Number.isNaN(at.getTime()) ? 'an unknown time' : dates.format(at)
}
