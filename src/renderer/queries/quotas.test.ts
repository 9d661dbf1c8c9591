import { describe, expect, it } from 'vitest'
import { remoteIdSchema } from '../../shared/domain/ids.ts'
import { type Quotas, quotaOf } from '../../shared/domain/storage.ts'
import { fullestQuota, namedQuotas } from './quotas.ts'

const bucket = (name: string, used: number, quota: number | null) => ({
  id: remoteIdSchema.parse(`018f0c5e-0000-7000-8000-00000000000${name.length}`),
  name,
  ...quotaOf(used, quota),
})
const quotas = (used: number, quota: number | null, ...remotes: ReturnType<typeof bucket>[]): Quotas => ({
  library: quotaOf(used, quota),
  remotes,
})

describe('the quota to show', () => {
  it('is none where none is set', () => {
    expect(fullestQuota(quotas(500, null, bucket('a', 3, null)))).toBeNull()
  })

  it('is the one in the worst state, then the fullest', () => {
    expect(fullestQuota(quotas(85, 100, bucket('a', 96, 100)))).toMatchObject({ name: 'a', state: 'critical' })
    expect(fullestQuota(quotas(85, 100, bucket('a', 82, 100)))).toMatchObject({ name: null, state: 'warning' })
    expect(fullestQuota(quotas(10, 100, bucket('a', 20, 100)))).toMatchObject({ name: 'a', state: 'ok' })
  })

  it('names the library before its buckets', () => {
    expect(namedQuotas(quotas(1, 2, bucket('a', 1, 2))).map(({ id, name }) => [id === 'library', name])).toEqual([
      [true, null],
      [false, 'a'],
    ])
  })
})
