import { describe, expect, it } from 'vitest'
import { uniformLayout } from './gridLayout.ts'
import { labelsOf, type Mark, markAt, marksOf } from './scrubberMarks.ts'

const mark = (top: number, key: string): Mark => ({ top, key })

describe('marks', () => {
  const cell = { width: 100, height: 100 }
  const marks = { starts: Int32Array.of(0, 3), keys: ['2026-11', '2026-10'] }

  it('are where their first asset is', () => {
    expect(marksOf(uniformLayout(6, 3, cell, 10), marks)).toEqual([mark(0, '2026-11'), mark(110, '2026-10')])
  })

  it('are at the heading of a group that begins there', () => {
    const grouped = { starts: Int32Array.of(0, 3), heading: 40 }
    expect(marksOf(uniformLayout(6, 3, cell, 10, grouped), marks)).toEqual([mark(0, '2026-11'), mark(150, '2026-10')])
  })

  it('are found by the place of the content that belongs to them', () => {
    const some = [mark(0, 'a'), mark(100, 'b'), mark(300, 'c')]
    expect([-5, 0, 99, 100, 299, 300, 1e9].map((at) => markAt(some, at))).toEqual([-1, 0, 0, 1, 1, 2, 2])
    expect(markAt([], 5)).toBe(-1)
  })
})

describe('labels of the track', () => {
  it('are years, and months where there is room between them', () => {
    const marks = [
      mark(0, '2026-02'),
      mark(100, '2026-01'),
      mark(500, '2025-12'),
      mark(505, '2025-11'),
      mark(900, '2025-10'),
    ]
    expect(labelsOf(marks, 'imported_at', 200, 1000)).toEqual([
      { at: 0, key: '2026', major: true },
      { at: 20, key: '2026-01', major: false },
      { at: 100, key: '2025', major: true },
      { at: 180, key: '2025-10', major: false },
    ])
  })

  it('keep their distance however many there are, and none falls off the end', () => {
    const marks = Array.from({ length: 2000 }, (_, index) => mark(index, `${4000 - index}-01`))
    const labels = labelsOf(marks, 'captured_at', 400, 2000)
    expect(labels.length).toBeGreaterThan(5)
    for (const [index, { at }] of labels.entries()) {
      expect(at).toBeLessThanOrEqual(400)
      if (index > 0) expect(at - (labels[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(16)
    }
  })

  it('are values where the order is one of values', () => {
    expect(labelsOf([mark(0, '5'), mark(10, '4'), mark(600, '0')], 'rating', 300, 1000).map(({ key }) => key)).toEqual([
      '5',
      '0',
    ])
  })
})
