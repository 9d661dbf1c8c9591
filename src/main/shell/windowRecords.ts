import { MOST_WINDOWS, type WindowBounds, type WindowRecord } from './settings.ts'

/** How far a new window is from the one that it came from, so that both can be seen. */
const OFFSET = 32

/** The record of a new window that begins like another one. */
export function recordLike(other: WindowRecord | undefined, id: string): WindowRecord {
  if (other === undefined) return { id, bounds: null, state: {} }
  const { bounds, state } = other
  return {
    id,
    bounds: bounds === null ? null : { ...bounds, x: bounds.x + OFFSET, y: bounds.y + OFFSET, maximized: false },
    state,
  }
}

/** The records with what is new of one of them; a window that they don't have is added if there is room. */
export function withRecord(
  records: readonly WindowRecord[],
  id: string,
  change: { readonly bounds?: WindowBounds; readonly state?: WindowRecord['state'] },
): readonly WindowRecord[] {
  if (records.some((record) => record.id === id)) {
    return records.map((record) => (record.id === id ? { ...record, ...change } : record))
  }
  return records.length >= MOST_WINDOWS ? records : [...records, { id, bounds: null, state: {}, ...change }]
}

/** The records without a window that was closed. The last one stays: the next start begins with it. */
export function withoutRecord(records: readonly WindowRecord[], id: string): readonly WindowRecord[] {
  return records.length <= 1 ? records : records.filter((record) => record.id !== id)
}
