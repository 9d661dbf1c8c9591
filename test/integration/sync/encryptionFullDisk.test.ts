import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { newIdentity } from '../../../src/main/engine/sync/encryption/remoteKey.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { seededBytes, temporaryFolder } from './support/files.ts'
import { syncLibrary } from './support/syncLibrary.ts'

const temporary = temporaryFolder()
const disk = join(temporary.path, 'disk')
const reason = mountSmallDisk()

/** @returns why that is not possible here, null if it is done */
function mountSmallDisk(): string | null {
  if (process.platform !== 'linux') return 'small disks are made with tmpfs'
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk], { stdio: 'ignore' })
    return null
  } catch {
    return 'mounting needs root'
  }
}

afterAll(() => {
  if (reason === null) execFileSync('umount', ['-l', disk])
  temporary.remove()
})

describeUnless(reason, 'a disk without room for what waits encrypted', () => {
  it('stops the upload with what to do, keeps nothing half-made, and goes on once there is room', async () => {
    const library = syncLibrary()
    mkdirSync(join(library.root, 'cache'), { recursive: true })
    symlinkSync(disk, join(library.root, 'cache', 'encrypted'))
    const bucket = join(temporary.path, 'bucket')
    mkdirSync(bucket)
    const id = library.addKept('large', seededBytes(12 << 20, 'large'))
    const sync = library.sync()
    const location = { kind: 'folder', path: bucket, prefix: '' } as const
    const encryption = { kind: 'key-file', text: await newIdentity() } as const
    await sync.remotes.add({ role: 'library', location, encryption })
    await sync.once()
    expect(sync.status()).toMatchObject({ state: 'attention', message: expect.stringContaining('Make room') })
    expect(library.stateOf(id).state).not.toBe('synced')
    expect(readdirSync(disk)).toEqual([])
    execFileSync('mount', ['-o', 'remount,size=40m', disk])
    expect(await sync.once()).toMatchObject({ uploaded: 1, pending: 0, errors: [] })
    expect(library.stateOf(id).state).toBe('synced')
    expect(readdirSync(disk)).toEqual([])
    await library.close()
  })
})
