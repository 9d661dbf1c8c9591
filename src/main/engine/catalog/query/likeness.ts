/** Bits by which the perceptual hashes of pictures may differ that count as similar in a search. */
export const SIMILAR_BITS = 7

/**
 * The four bands of sixteen bits of a perceptual hash (16 hexadecimal digits), each with its number in front, so that
 * equal bands of one place are equal numbers. Empty for anything else.
 * Source of the method: Norouzi, Punjani, Fleet, “Fast Exact Search in Hamming Space with Multi-Index Hashing”.
 */
export function likenessBands(hash: string | null): readonly number[] {
  if (hash === null || !/^[0-9a-f]{16}$/.test(hash)) return []
  return [0, 1, 2, 3].map((band) => band * 65_536 + Number.parseInt(hash.slice(band * 4, band * 4 + 4), 16))
}

/**
 * Bands that hold every hash which differs in at most `SIMILAR_BITS`: of seven bits over four bands, one band has at most
 * one.
 */
export function likenessProbes(hash: string | null): readonly number[] {
  return likenessBands(hash).flatMap((band) => [band, ...Array.from({ length: 16 }, (_, bit) => band ^ (1 << bit))])
}

/** How many bits of two hashes differ; null if one of them is none. */
export function likenessDistance(a: string | null, b: string | null): number | null {
  if (a?.length !== 16 || b?.length !== 16) return null
  let bits = 0
  for (const at of [0, 8]) {
    let difference = (Number.parseInt(a.slice(at, at + 8), 16) ^ Number.parseInt(b.slice(at, at + 8), 16)) >>> 0
    for (; difference !== 0; difference &= difference - 1) bits++
  }
  return bits
}
