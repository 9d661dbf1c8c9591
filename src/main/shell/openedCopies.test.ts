import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { VitrineError } from '../../shared/contract/errors.ts'
import type { AssetId } from '../../shared/domain/ids.ts'
import { createOpenedCopies } from './openedCopies.ts'

const asset = { id: 'a' as AssetId, row_id: 7 }
const log = { warn: () => undefined } as never

function opened(problem: VitrineError | null = null) {
  const versions: string[] = []
  const saved: unknown[] = []
  const engine = {
    async request(name: string, input: unknown) {
      if (name === 'export.files') {
        writeFileSync(join((input as { folder: string }).folder, 'pier.png'), 'first')
        return { assets: 1, files: 1, bytes: 5, copied: 0, failed: 0, failures: [], cancelled: false }
      }
      if (problem !== null) throw problem
      versions.push(readFileSync((input as { path: string }).path, 'utf8'))
      return {}
    },
  }
  const copies = createOpenedCopies({ engine, onSaved: (one) => void saved.push(one), log }, 10)
  return { copies, versions, saved }
}

it('makes what another program saves a version, once for each time it is saved', async () => {
  const { copies, versions, saved } = opened()
  const path = await copies.open(asset)
  writeFileSync(path, 'second')
  await vi.waitFor(() => expect(versions).toEqual(['second']))
  // As many programs save: beside it, and then in its place.
  writeFileSync(`${path}.tmp`, 'third one')
  renameSync(`${path}.tmp`, path)
  await vi.waitFor(() => expect(versions).toEqual(['second', 'third one']))
  await copies.close()
  expect(versions).toHaveLength(2)
  expect(saved).toEqual([
    { fileName: 'pier.png', problem: null },
    { fileName: 'pier.png', problem: null },
  ])
})

it('takes in at the end what was saved last, and leaves nothing behind', async () => {
  const { copies, versions } = opened()
  const path = await copies.open(asset)
  writeFileSync(path, 'in the last moment')
  await copies.close()
  expect(versions).toEqual(['in the last moment'])
  expect(existsSync(path)).toBe(false)
})

it('makes no version of what was only looked at', async () => {
  const { copies, versions } = opened()
  await copies.open(asset)
  await copies.close()
  expect(versions).toEqual([])
})

it('says why what was saved is no version', async () => {
  const { copies, saved } = opened(new VitrineError('disk_full', 'The disk is full.'))
  writeFileSync(await copies.open(asset), 'second')
  await vi.waitFor(() => expect(saved).toEqual([{ fileName: 'pier.png', problem: 'The disk is full.' }]))
  await copies.close()
})
