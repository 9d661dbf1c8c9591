/** Entries of two answers about the same history, the newest first, each once; where both have one, the first counts. */
export function joinPages<T extends { readonly id: number }>(first: readonly T[], second: readonly T[]): readonly T[] {
  const known = new Set(first.map(({ id }) => id))
  return [...first, ...second.filter(({ id }) => !known.has(id))].toSorted((a, b) => b.id - a.id)
}
