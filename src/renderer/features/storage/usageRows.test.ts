import { describe, expect, it } from 'vitest'
import { collectionIdSchema, remoteIdSchema } from '../../../shared/domain/ids.ts'
import { bucketRows, collectionRows, namedRows, shownRows, typeRows, type UsageRow, yearRows } from './usageRows.ts'

const id = (digit: number) => `018f0c5e-0000-7000-8000-00000000000${digit}`
const row = (name: string, bytes: number): UsageRow => ({ key: name, name, count: 1, bytes, leads: null })

describe('the bars of the storage screen', () => {
  it('stand by size, and leave out what has nothing', () => {
    const rows = typeRows(
      {
        byType: {
          image: { assets: 3, bytes: 30, averageBytes: 10 },
          video: { assets: 1, bytes: 900, averageBytes: 900 },
          audio: { assets: 0, bytes: 0, averageBytes: 0 },
        },
      },
      (type) => type.toUpperCase(),
    )
    expect(rows.map(({ name }) => name)).toEqual(['VIDEO', 'IMAGE'])
    expect(rows[0]?.leads).toEqual({ kind: 'search', field: 'type', value: 'video', operator: ':' })
  })

  it('lead to the collection itself, not to those that have its name in theirs', () => {
    const byCollection = [{ id: collectionIdSchema.parse(id(1)), name: 'Harbours', assets: 2, bytes: 20 }]
    expect(collectionRows({ byCollection })[0]?.leads).toEqual({
      kind: 'view',
      view: { kind: 'collection', collectionId: id(1) },
    })
  })

  it('search for the whole name of a model, because one may be a part of another', () => {
    const rows = namedRows('model', [
      { name: 'juniper', assets: 1, bytes: 1 },
      { name: 'juniper xl', assets: 1, bytes: 2 },
    ])
    expect(rows.map(({ name, leads }) => [name, leads?.kind === 'search' && leads.operator])).toEqual([
      ['juniper xl', '='],
      ['juniper', '='],
    ])
  })

  it('keep the years in their order', () => {
    const byYear = [
      { name: '2026', assets: 1, bytes: 1 },
      { name: '2025', assets: 9, bytes: 900 },
    ]
    expect(yearRows({ byYear }).map(({ name }) => name)).toEqual(['2026', '2025'])
  })

  it('search for what is in a bucket only where there is one', () => {
    const bucket = (digit: number) => ({ id: remoteIdSchema.parse(id(digit)), name: `b${digit}`, objects: 1, bytes: 1 })
    expect(bucketRows({ byRemote: [bucket(1)] })[0]?.leads).not.toBeNull()
    expect(bucketRows({ byRemote: [bucket(1), bucket(2)] }).every(({ leads }) => leads === null)).toBe(true)
  })

  it('sum up what does not fit, so that nothing goes missing', () => {
    const rows = Array.from({ length: 9 }, (_, index) => row(String(index), 100 - index))
    const shown = shownRows(rows, 6)
    expect(shown.rows).toHaveLength(6)
    expect(shown.others).toEqual({ rows: 3, count: 3, bytes: 94 + 93 + 92 })
    expect(shown.full).toBe(279)
  })

  it('show one more rather than one other', () => {
    const rows = Array.from({ length: 7 }, (_, index) => row(String(index), 10))
    expect(shownRows(rows, 6)).toMatchObject({ others: null, rows })
  })

  it('have a length also when everything is empty', () => {
    expect(shownRows([row('a', 0)], 6).full).toBe(1)
  })
})
