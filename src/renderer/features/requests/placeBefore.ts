/**
 * Where one of a list goes, as what it will stand before.
 * @param to its index afterwards; beyond the ends it is the first or the last
 * @returns what it goes before, null for the end; undefined when it would stay where it is
 */
export function placeBefore<T>(list: readonly T[], from: number, to: number): T | null | undefined {
  const place = Math.max(0, Math.min(list.length - 1, to))
  if (from === place || list[from] === undefined) return undefined
  const others = list.filter((_, at) => at !== from)
  return others[place] ?? null
}
