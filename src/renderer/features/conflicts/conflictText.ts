import type { Conflict } from '../../../shared/contract/requests/conflictRequests.ts'
import { conflicts as strings } from '../../strings/conflicts.ts'
import { momentText } from '../../strings/quantities.ts'

/** More of a text than this nobody compares here. */
const LONGEST = 300

/** What people call a field. One without a name of its own is shown as it is stored, in words. */
export function fieldName(field: string): string {
  return strings.fields[field] ?? sentence(field.replace(/[_/.:]+/g, ' ').trim())
}

/** A value as a person would say it. */
export function valueText(field: string, value: Conflict['value']): string {
  switch (field) {
    case 'rating':
      return typeof value === 'number' && value > 0 ? '★'.repeat(Math.min(5, value)) : strings.noRating
    case 'is_favorite':
      return value === 1 || value === true ? strings.favorite : strings.notFavorite
    case 'deleted_at':
      return value === null ? strings.notInTrash : strings.inTrash
    case 'space':
      return value === 'library' ? strings.inLibrary : strings.inWorkspace
    case 'expires_at':
      return typeof value === 'number' ? momentText(new Date(value).toISOString()) : strings.nothing
  }
  if (value === null || value === '') return strings.nothing
  if (typeof value === 'boolean') return value ? strings.yes : strings.no
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** What the buttons for both edits say: whose they are where that is clear. */
export function answersTo({ device, lost_device }: Pick<Conflict, 'device' | 'lost_device'>): {
  readonly keep: string
  readonly restore: string
} {
  if (lost_device.is_this) return { keep: strings.keepTheirs, restore: strings.restoreMine }
  if (device.is_this) return { keep: strings.keepMine, restore: strings.restoreTheirs }
  return { keep: strings.keep, restore: strings.restore }
}

/** What people call the device that wrote. */
export function deviceText({ name, is_this }: Conflict['device']): string {
  return is_this ? strings.thisDevice : (name ?? strings.unknownDevice)
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
