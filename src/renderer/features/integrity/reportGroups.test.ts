import { describe, expect, it } from 'vitest'
import { assetIdSchema } from '../../../shared/domain/ids.ts'
import type { VerificationReport } from '../../../shared/domain/verification.ts'
import { reportGroups } from './reportGroups.ts'

const none: VerificationReport = {
  checked: 5,
  bytes: 50,
  counts: { missing: 0, damaged: 0, unreadable: 0, orphaned: 0, undrawn: 2, remote: 0, repaired: 0 },
  missing: [],
  damaged: [],
  unreadable: [],
  orphaned: [],
  catalog: [],
  journal: [],
  remote: [],
  repaired: [],
  seconds: 1,
}
const id = assetIdSchema.parse('018f0c5e-0000-7000-8000-000000000001')

describe('the report of a check', () => {
  it('says nothing of kinds of which there is nothing', () => {
    expect(reportGroups(none)).toEqual([])
  })

  it('tells the catalogue first and what was mended last, with all of them counted', () => {
    const report: VerificationReport = {
      ...none,
      counts: { ...none.counts, missing: 1200, repaired: 1 },
      missing: [{ id, path: 'a.png' }],
      catalog: ['wrong # of entries in index'],
      repaired: [{ path: 'b.png', how: 'from the bucket' }],
    }
    expect(reportGroups(report).map(({ name, count, lines }) => [name, count, lines.length])).toEqual([
      ['catalog', 1, 1],
      ['missing', 1200, 1],
      ['repaired', 1, 1],
    ])
  })
})
