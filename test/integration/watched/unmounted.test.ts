import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { jpeg } from '../import/support/pictures.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { freshFolder, openWatchedLibrary, until } from './support/watchedLibrary.ts'

const temporary = freshFolder()
/** The disk itself, and where a person sees it while it is connected. */
const [disk, pictures] = [temporary.at('disk'), temporary.at('Pictures')]

function connect(): void {
  execFileSync('mount', ['--bind', disk, pictures], { stdio: 'ignore' })
}
function disconnect(): void {
  execFileSync('umount', ['-l', pictures], { stdio: 'ignore' })
}
function obstacle(): string | null {
  if (process.platform !== 'linux') return 'disks are made with tmpfs'
  mkdirSync(disk)
  mkdirSync(pictures)
  mkdirSync(temporary.at('Library'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', disk], { stdio: 'ignore' })
    connect()
    return null
  } catch {
    return 'mounting needs root'
  }
}
const reason = obstacle()

afterAll(() => {
  if (reason === null) {
    disconnect()
    execFileSync('umount', ['-l', disk], { stdio: 'ignore' })
  }
  temporary.remove()
})

describeUnless(reason, 'a watched folder on a disk that is disconnected', () => {
  it('is away while an empty folder is in its place, and everything is as it was when the disk is back', async () => {
    for (const seed of [1, 2, 3]) writeFileSync(join(pictures, `${seed}.jpg`), await jpeg(seed))
    const library = await openWatchedLibrary(temporary.at('Library'))
    try {
      const { id } = await library.add(pictures)
      const folder = async () => (await library.engine.request('watchedFolders.list', undefined))[0]
      const isDrawn = (shown: Record<string, string>): boolean =>
        Object.keys(shown).length === 3 && Object.values(shown).every((status) => status === 'available')
      await until(() => library.shown(pictures), isDrawn)
      const before = await library.assets()

      disconnect()
      await until(folder, (found) => found?.state === 'away')
      expect(await library.rescan(id)).toMatchObject({ seen: 0, missing: 0, away: 3 })
      expect((await folder())?.problem?.message).toContain('on a disk that is not connected')
      // Even what is read meanwhile waits for the disk.
      await library.engine.request('assets.retry', { assets: { ids: before.map((asset) => asset.id) } })
      expect(isDrawn(await library.shown(pictures))).toBe(true)

      connect()
      await until(folder, (found) => found?.state === 'up-to-date')
      expect(await library.rescan(id)).toMatchObject({ seen: 3, added: 0, changed: 0, returned: 0, away: 0 })
      expect((await library.assets()).map((asset) => [asset.id, asset.status, asset.storage_path])).toEqual(
        before.map((asset) => [asset.id, asset.status, asset.storage_path]),
      )
    } finally {
      await library.close()
    }
  })

  it('holds back what is still to be drawn instead of giving it up', async () => {
    const library = await openWatchedLibrary(temporary.at('Library'), false)
    try {
      const [folder] = await library.engine.request('watchedFolders.list', undefined)
      for (let seed = 10; seed < 40; seed++) writeFileSync(join(pictures, `${seed}.jpg`), await jpeg(seed))
      await library.rescan(folder!.id)
      disconnect()
      await library.rescan(folder!.id)
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      expect(Object.values(await library.shown(pictures))).not.toContain('missing')
      connect()
      await library.rescan(folder!.id)
      await until(
        () => library.shown(pictures),
        (shown) => Object.values(shown).every((status) => status === 'available'),
      )
    } finally {
      await library.close()
    }
  })
})
