/**
 * How an ordered vector of rows became another one: positions that were taken out of the old one (ascending), and what
 * stands in the new one that came instead (positions ascending, in the new vector).
 */
export interface VectorPatch {
  readonly removed: Int32Array<ArrayBuffer>
  readonly inserted: Int32Array<ArrayBuffer>
  /** One for each inserted position. */
  readonly rowIds: Int32Array<ArrayBuffer>
  readonly aspects: Float32Array<ArrayBuffer>
}

type Numbers = Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>

/**
 * Applies one side of a patch (row ids or aspects) to a vector. Linear, and moves whole blocks.
 * @throws {RangeError} when the patch does not belong to a vector of this length
 */
export function patchNumbers<T extends Numbers>(
  before: T,
  { removed, inserted }: Pick<VectorPatch, 'removed' | 'inserted'>,
  values: T,
): T {
  const kept = withoutPositions(before, removed)
  const after = new (before.constructor as new (length: number) => T)(kept.length + inserted.length)
  let from = 0
  let to = 0
  for (let i = 0; i < inserted.length; i++) {
    const at = inserted[i] ?? 0
    const run = at - to
    if (run < 0 || from + run > kept.length) throw new RangeError('The patch is of another vector.')
    after.set(kept.subarray(from, from + run), to)
    from += run
    after[at] = values[i] ?? 0
    to = at + 1
  }
  if (to + kept.length - from !== after.length) throw new RangeError('The patch is of another vector.')
  after.set(kept.subarray(from), to)
  return after
}

function withoutPositions<T extends Numbers>(before: T, removed: Int32Array): T {
  if (removed.length === 0) return before
  const kept = new (before.constructor as new (length: number) => T)(before.length - removed.length)
  let from = 0
  let to = 0
  for (let i = 0; i <= removed.length; i++) {
    const end = i < removed.length ? (removed[i] ?? 0) : before.length
    if (end < from || end > before.length) throw new RangeError('The patch is of another vector.')
    kept.set(before.subarray(from, end), to)
    to += end - from
    from = end + 1
  }
  return kept
}
