import { expect, it } from 'vitest'
import { deviceIdSchema, libraryIdSchema } from '../../../../shared/domain/ids.ts'
import type { ObjectInfo } from '../../ports.ts'
import { ownRetirement } from './ownRetirement.ts'

const owner = libraryIdSchema.parse('0196f7a2-0000-7000-8000-000000000001')
const self = deviceIdSchema.parse('11111111-0000-4000-8000-000000000000')
const HOUR = 3_600_000

function bucket() {
  const asked: string[] = []
  const state = { isRetired: false }
  const head = async (key: string): Promise<ObjectInfo | null> => {
    asked.push(key)
    return state.isRetired ? { key, size: 1, etag: null, sha256: null, modifiedAt: null } : null
  }
  return { head, asked, state }
}

it('asks once for everything that is done at the same time, and again after a while', async () => {
  const clock = { now: 0 }
  const store = bucket()
  const retirement = ownRetirement(owner, self, () => clock.now)
  await Promise.all([retirement.check(store), retirement.check(store), retirement.ask(store)])
  expect(store.asked).toEqual([`${owner}/devices/${self}.retired.json`])
  store.state.isRetired = true
  await retirement.check(store)
  clock.now = HOUR
  await expect(retirement.check(store)).rejects.toMatchObject({ code: 'remote_server' })
  expect(store.asked).toHaveLength(2)
  expect(retirement.isRetired).toBe(true)
})

it('asks again when the clock was put back', async () => {
  const clock = { now: 10 * HOUR }
  const store = bucket()
  const retirement = ownRetirement(owner, self, () => clock.now)
  await retirement.check(store)
  clock.now = 0
  await retirement.check(store)
  expect(store.asked).toHaveLength(2)
})

it('need not ask while listings tell, and believes them', async () => {
  const clock = { now: 0 }
  const store = bucket()
  const retirement = ownRetirement(owner, self, () => clock.now)
  retirement.note({ devices: new Map(), retired: new Map(), latest: 0 }, 0)
  expect(await retirement.ask(store)).toBe(false)
  retirement.note({ devices: new Map(), retired: new Map([[self, null]]), latest: 0 }, 0)
  expect(await retirement.ask(store)).toBe(true)
  expect(store.asked).toEqual([])
  retirement.forget()
  expect(await retirement.ask(store)).toBe(false)
})
