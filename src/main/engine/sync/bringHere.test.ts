import { expect, it } from 'vitest'
import { assetIdSchema } from '../../../shared/domain/ids.ts'
import { bringHereWith } from './bringHere.ts'

const id = assetIdSchema.parse('01890a5d-ac96-774b-bcce-b302099a8001')
const unreachable = { id, code: 'remote_unreachable', message: 'The server does not answer.' } as const

function bringing(sync_state: string | null, failed: readonly (typeof unreachable)[] = []) {
  const fetched: string[] = []
  const assets = { findById: () => (sync_state === null ? undefined : { rowId: 1 }), cards: () => [{ sync_state }] }
  const bringHere = bringHereWith({ assets } as never, async (ids) => {
    fetched.push(...ids)
    return { fetched: [], here: [], failed: [...failed] }
  })
  return { fetched, bringHere }
}

it('fetches what is only in the bucket, and nothing else', async () => {
  for (const state of ['local', 'queued', 'uploading', 'synced', 'blocked', 'error', null]) {
    const { fetched, bringHere } = bringing(state)
    await bringHere(id)
    expect(fetched).toEqual([])
  }
  const { fetched, bringHere } = bringing('cloud-only')
  await bringHere(id)
  expect(fetched).toEqual([id])
})

it('says why an original can’t be had', async () => {
  await expect(bringing('cloud-only', [unreachable]).bringHere(id)).rejects.toMatchObject({
    code: 'remote_unreachable',
    message: 'The server does not answer.',
  })
})
