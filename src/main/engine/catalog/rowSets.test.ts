import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bucketOf, bucketsOf, holdsRow, packRows, RowCounter, unpackRows } from './rowSets.ts'

const ascending = (max: number, maxLength: number) =>
  fc.uniqueArray(fc.integer({ min: 0, max }), { maxLength }).map((rows) => rows.sort((a, b) => a - b))

it('gives back the rows that were packed, few and many', () => {
  fc.assert(
    fc.property(fc.nat(1000), ascending(4095, 600), (bucket, offsets) => {
      const rows = offsets.map((offset) => bucket * 4096 + offset)
      const packed = packRows(rows)
      expect(packed.length).toBeLessThanOrEqual(512)
      expect(unpackRows(bucket, packed)).toEqual(rows)
    }),
    { numRuns: 100 },
  )
})

it('knows which rows a set holds', () => {
  for (const count of [3, 255, 256, 1000]) {
    const rows = Array.from({ length: count }, (_, index) => 8192 + index * 3)
    const packed = packRows(rows)
    for (let row = 8192; row < 8192 + 4096; row++) expect(holdsRow(packed, row)).toBe(rows.includes(row))
  }
})

it('splits rows at the buckets', () => {
  fc.assert(
    fc.property(ascending(40_000, 200), (rows) => {
      const parts = [...bucketsOf(rows)]
      expect(parts.flatMap(({ from, to }) => rows.slice(from, to))).toEqual(rows)
      for (const { bucket, from, to } of parts)
        expect(new Set(rows.slice(from, to).map(bucketOf))).toEqual(new Set([bucket]))
      expect(new Set(parts.map(({ bucket }) => bucket)).size).toBe(parts.length)
    }),
    { numRuns: 100 },
  )
})

it('counts each row once', () => {
  const counter = new RowCounter()
  for (const row of [5, 4096, 5, 1_000_000, 4096]) counter.add(row)
  expect(counter.size).toBe(3)
})
