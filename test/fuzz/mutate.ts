import type { Random } from '../../scripts/demo-art/random.ts'

/** Lengths and counts that parsers stumble over, as 32-bit values. */
const NASTY = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]
const MOST_BYTES = 8 * 1024 * 1024

type Mutation = (bytes: Buffer, random: Random) => Buffer

const mutations: readonly Mutation[] = [
  (bytes, random) => {
    const flips = 1 + random.below(12)
    for (let flip = 0; flip < flips; flip++) {
      const at = random.below(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
    }
    return bytes
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => {
    const at = random.below(bytes.length)
    bytes.fill(random.below(2) === 0 ? 0 : 0xff, at, Math.min(bytes.length, at + 1 + random.below(64)))
    return bytes
  },
  (bytes, random) => {
    if (bytes.length < 4) return bytes
    const at = random.below(bytes.length - 3)
    const value = NASTY[random.below(NASTY.length)] ?? 0
    if (random.below(2) === 0) bytes.writeUInt32BE(value, at)
    else bytes.writeUInt32LE(value, at)
    return bytes
  },
  (bytes, random) => {
    const from = random.below(bytes.length)
    const part = bytes.subarray(from, from + 1 + random.below(4096))
    const to = random.below(bytes.length)
    return Buffer.concat([bytes.subarray(0, to), part, bytes.subarray(to)])
  },
  (bytes, random) => {
    const from = random.below(bytes.length)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + random.below(2048))])
  },
  (bytes, random) => {
    const noise = Buffer.from(Array.from({ length: 1 + random.below(256) }, () => random.below(256)))
    noise.copy(bytes, random.below(bytes.length))
    return bytes
  },
]

/**
 * One to four random injuries to the bytes of a file: flipped bits, cut ends, erased, moved and repeated parts, absurd lengths.
 * Half of them hit the first four kilobytes, where headers are. The same random numbers give the same bytes.
 */
export function mutate(original: Uint8Array, random: Random): Buffer {
  let bytes = Buffer.from(original)
  const times = 1 + random.below(4)
  for (let time = 0; time < times && bytes.length > 0; time++) {
    const mutation = mutations[random.below(mutations.length)]
    if (mutation === undefined) continue
    const headOnly = random.below(2) === 0 && bytes.length > 4096
    bytes = Buffer.from(
      headOnly
        ? Buffer.concat([mutation(Buffer.from(bytes.subarray(0, 4096)), random), bytes.subarray(4096)])
        : mutation(bytes, random),
    ).subarray(0, MOST_BYTES)
  }
  return bytes
}
