import { describe, expect, it } from 'vitest'
import type { VectorMore, VectorOpening } from '../../shared/contract/requests/vectorRequests.ts'
import { libraryQuerySchema } from '../../shared/domain/query.ts'
import { receiveVector } from './receiveVector.ts'

const query = libraryQuerySchema.parse({ view: { kind: 'library' } })
const rows = (...rowIds: number[]) => ({
  rowIds: Int32Array.from(rowIds),
  aspects: Float32Array.from(rowIds, (row) => row / 2),
})
const arrange = { groups: 'day', stacks: false } as const
const arrangement = (...starts: number[]) => ({
  groups: { starts: Int32Array.from(starts), keys: starts.map(String) },
  marks: null,
  stacks: null,
})
const source = (opening: VectorOpening, ...parts: VectorMore[]) => ({
  asked: [] as (number | null)[],
  async open(_: unknown, since: number | null) {
    this.asked.push(since)
    return opening
  },
  async more(handle: number) {
    this.asked.push(handle)
    return parts.shift() as VectorMore
  },
})

describe('a vector that comes from the engine', () => {
  it('is put together from its parts, and its beginning is there before the rest', async () => {
    const engine = source(
      { kind: 'first', handle: 7, revision: 3, ...rows(5, 4), total: null, arrangement: arrangement(0), done: false },
      { ...rows(3), total: null, arrangement: null, done: false },
      { ...rows(2, 1), total: 5, arrangement: null, done: false },
      { ...rows(), total: 5, arrangement: arrangement(0, 3), done: true },
    )
    const firsts: unknown[] = []
    const vector = await receiveVector(engine, query, arrange, null, (first) => {
      firsts.push([[...first.rowIds], first.arrangement])
    })
    expect(vector).toEqual({ revision: 3, ...rows(5, 4, 3, 2, 1), arrangement: arrangement(0, 3) })
    expect(firsts).toEqual([[[5, 4], arrangement(0)]])
    expect(engine.asked).toEqual([null, 7, 7, 7])
  })

  it('is complete with its first part when it is short', async () => {
    const engine = source({
      kind: 'first',
      handle: 7,
      revision: 3,
      ...rows(5),
      total: 1,
      arrangement: arrangement(0),
      done: true,
    })
    const firsts: unknown[] = []
    expect(await receiveVector(engine, query, arrange, null, (first) => firsts.push(first))).toEqual({
      revision: 3,
      ...rows(5),
      arrangement: arrangement(0),
    })
    expect(firsts).toEqual([])
  })

  it('is made of the one that is there when the engine knows what has changed since', async () => {
    const patch = { removed: Int32Array.of(1), inserted: Int32Array.of(0), ...rows(9) }
    const engine = source({ kind: 'patched', revision: 8, total: 3, patches: [patch], arrangement: arrangement(0, 1) })
    const known = { revision: 3, ...rows(5, 4, 3), arrangement: arrangement(0) }
    expect(await receiveVector(engine, query, arrange, known, () => {})).toEqual({
      revision: 8,
      ...rows(9, 5, 3),
      arrangement: arrangement(0, 1),
    })
    expect(engine.asked).toEqual([3])
    expect(known).toEqual({ revision: 3, ...rows(5, 4, 3), arrangement: arrangement(0) })
  })

  it('stays the very same when nothing in it has changed', async () => {
    const engine = source({ kind: 'patched', revision: 8, total: 1, patches: [], arrangement: null })
    const known = { revision: 3, ...rows(5), arrangement: null }
    const vector = await receiveVector(engine, query, arrange, known, () => {})
    expect(vector.rowIds).toBe(known.rowIds)
    expect(vector.revision).toBe(8)
  })
})
