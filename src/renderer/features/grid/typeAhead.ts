import type { GridKeyEvent } from './useGridKeyboard.ts'

/** What is typed belongs together while the pauses are shorter than this (milliseconds). */
export const TYPING_PAUSE_MS = 1_400

/** So many rows are sent at once to find a name among them, and so many names are sent back at most. */
export const MOST_SENT = 20_000

/** Begins typing with nothing, for names that begin with a digit, or with a letter that is a shortcut. */
const BEGIN = "'"

/**
 * What is typed after a key; null when the key is none of typing. It begins with a capital letter, because small ones are
 * shortcuts, or with an apostrophe, and goes on with anything.
 * @param typed so far, null when nothing is being typed
 */
export function typedAfter(
  typed: string | null,
  event: Pick<GridKeyEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string | null {
  const { key } = event
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  if (typed !== null) {
    if (key === 'Backspace') return typed.slice(0, -1)
    return [...key].length === 1 ? typed + key : null
  }
  if (key === BEGIN) return ''
  return event.shiftKey && /^\p{L}$/u.test(key) ? key : null
}

/**
 * The order in which cells are looked at: from one of them to the end, then from the beginning.
 * @param from the cell to begin with
 */
export function fromHere(rowIds: Int32Array, from: number): Int32Array<ArrayBuffer> {
  const turned = new Int32Array(rowIds.length)
  turned.set(rowIds.subarray(from))
  turned.set(rowIds.subarray(0, from), rowIds.length - from)
  return turned
}

/** The first row that is one of `wanted`; null when none is. */
export function firstIn(rows: Int32Array, wanted: ReadonlySet<number>): number | null {
  return rows.find((row) => wanted.has(row)) ?? null
}

/** Asks for the first of the rows, part after part until there is one, so that a view may be of any length. */
export async function firstAsked(
  rows: Int32Array<ArrayBuffer>,
  ask: (part: Int32Array<ArrayBuffer>) => Promise<number | null>,
): Promise<number | null> {
  for (let from = 0; from < rows.length; from += MOST_SENT) {
    const found = await ask(rows.slice(from, from + MOST_SENT))
    if (found !== null) return found
  }
  return null
}
