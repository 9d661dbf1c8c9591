/** One place in an order made by hand. Positions ascend; only their order means anything. */
export interface Placed<K> {
  readonly key: K
  readonly position: number
}

/** The distance between neighbours where there is room. */
const STEP = 64

/**
 * `count` positions strictly between two others, evenly spaced; null stands for no neighbour. Null when a double can't
 * tell so many apart.
 */
export function positionsBetween(low: number | null, high: number | null, count: number): readonly number[] | null {
  const positions: number[] = []
  for (let index = 0; index < count; index++) {
    if (low !== null && high !== null) positions.push(low + ((high - low) * (index + 1)) / (count + 1))
    else if (high !== null) positions.push(high - STEP * (count - index))
    else positions.push((low ?? 0) + STEP * (index + 1))
  }
  let before = low ?? Number.NEGATIVE_INFINITY
  for (const position of [...positions, high ?? Number.POSITIVE_INFINITY]) {
    if (!(before < position)) return null
    before = position
  }
  return positions
}

/**
 * Moves some of an order before one of the others, or to the end (null), and gives the positions that change. As few as
 * can be: only where doubles leave no room are neighbours moved too, twice as many with each attempt.
 */
export function moveBefore<K>(
  order: readonly Placed<K>[],
  moved: readonly K[],
  before: K | null,
): ReadonlyMap<K, number> {
  const moving = new Set(moved)
  const rest = order.filter(({ key }) => !moving.has(key))
  const found = before === null ? -1 : rest.findIndex(({ key }) => key === before)
  const at = found === -1 ? rest.length : found
  for (let reach = 0; ; reach = reach === 0 ? 1 : reach * 2) {
    const from = Math.max(0, at - reach)
    const to = Math.min(rest.length, at + reach)
    const keys = [...rest.slice(from, at).map(({ key }) => key), ...moving, ...rest.slice(at, to).map(({ key }) => key)]
    const positions = positionsBetween(rest[from - 1]?.position ?? null, rest[to]?.position ?? null, keys.length)
    if (positions === null) continue
    const known = new Map(order.map(({ key, position }) => [key, position]))
    return new Map(
      keys.flatMap((key, index) => {
        const position = positions[index]
        return position === undefined || known.get(key) === position ? [] : [[key, position] as const]
      }),
    )
  }
}
