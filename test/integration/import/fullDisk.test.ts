import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeUnless } from '../support/describeUnless.ts'
import { filesBelow, openImportLibrary, temporaryFolder } from './support/importLibrary.ts'
import { jpeg } from './support/pictures.ts'

const temporary = temporaryFolder()
const disk = join(temporary.path, 'disk')
const reason = mountSmallDisk(disk, '6m')

/** Mounts a small disk of its own in memory. @returns why that is not possible here, null if it is done */
function mountSmallDisk(path: string, size: string): string | null {
  if (process.platform !== 'linux') return 'small disks are made with tmpfs'
  mkdirSync(path)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' })
    return null
  } catch {
    return 'mounting needs root'
  }
}

beforeAll(() => {
  if (reason !== null) console.warn(`full disk: skipped, ${reason}`)
})
afterAll(() => {
  if (reason === null) execFileSync('umount', ['-l', disk])
  temporary.remove()
})

describeUnless(reason, 'a full disk', () => {
  it('is the reason of each file that has no room; the rest goes on, nothing is left behind, retry works', async () => {
    const root = join(temporary.path, 'library-originals')
    // One at a time, so that some fit: four halves of a file each would fill the disk with none.
    const library = openImportLibrary(root, { concurrency: 1 })
    try {
      // Only the originals and the half-made copies are on the small disk.
      mkdirSync(join(disk, 'originals'))
      mkdirSync(join(disk, 'incoming'))
      rmSync(library.folder.originals, { recursive: true, force: true })
      rmSync(library.folder.incoming, { recursive: true, force: true })
      symlinkSync(join(disk, 'originals'), library.folder.originals)
      symlinkSync(join(disk, 'incoming'), library.folder.incoming)
      const source = join(temporary.path, 'source')
      mkdirSync(source)
      for (let index = 0; index < 4; index++) writeFileSync(join(source, `big-${index}.bin`), randomBytes(2_500_000))
      const { id } = library.importer.start([source], { space: 'workspace', mode: 'move' }, 'window')
      const summary = await library.importer.whenSettled(id)
      expect(summary.imported).toBeGreaterThan(0)
      expect(summary.failed).toBe(4 - summary.imported)
      expect(new Set(library.importer.failures(id).map(({ code }) => code))).toEqual(new Set(['disk_full']))
      expect(filesBelow(source)).toHaveLength(summary.failed)
      expect(filesBelow(library.folder.incoming)).toEqual([])

      execFileSync('mount', ['-o', 'remount,size=30m', disk])
      library.importer.retry(id)
      expect(await library.importer.whenSettled(id)).toMatchObject({ imported: 4, failed: 0 })
      expect(filesBelow(source)).toEqual([])
    } finally {
      await library.close()
    }
  })

  it('under the thumbnails is nobody’s fault: they are made when there is room', async () => {
    execFileSync('mount', ['-o', 'remount,size=30m', disk])
    const root = join(temporary.path, 'library-thumbnails')
    const library = openImportLibrary(root)
    try {
      mkdirSync(join(disk, 'thumbs'))
      rmSync(library.folder.thumbnails, { recursive: true, force: true })
      symlinkSync(join(disk, 'thumbs'), library.folder.thumbnails)
      fill(join(disk, 'filler'))
      const source = join(temporary.path, 'picture.jpg')
      writeFileSync(source, await jpeg(1))
      const { id } = library.importer.start([source], { space: 'workspace', mode: 'copy' }, 'window')
      await library.importer.whenCopied(id)
      while (library.catalog.queue.counts('media').waiting === 0)
        await new Promise((resolve) => setTimeout(resolve, 20))
      expect(library.assets()).toMatchObject([{ status: 'processing', error_code: null }])
      rmSync(join(disk, 'filler'))
      await library.importer.whenSettled(id)
      expect(library.assets()).toMatchObject([{ status: 'available', error_code: null }])
    } finally {
      await library.close()
    }
  })

  it('under the catalogue holds up the end of an import until there is room; its order is brought once', async () => {
    execFileSync('mount', ['-o', 'remount,size=30m', disk])
    const root = join(disk, 'library-ended')
    const library = openImportLibrary(root)
    const filler = join(disk, 'filler')
    const source = join(temporary.path, 'Harbours')
    const names = () => library.catalog.collections.list().map(({ name, asset_count: count }) => `${name} ${count}`)
    try {
      mkdirSync(join(source, 'Night'), { recursive: true })
      for (let index = 0; index < 20; index++) writeFileSync(join(source, 'Night', `${index}.bin`), randomBytes(40))
      const { id } = library.importer.start(
        [source],
        { space: 'library', mode: 'copy', organise: 'folders' },
        'command-line',
      )
      // Nothing is left to do but what comes at the end.
      const stopWaiting = library.catalog.onChange(() => {
        const { imported, processing } = library.importer.get(id)
        if (imported < 20 || processing > 0) return
        stopWaiting()
        emptyJournal(join(root, 'catalog.sqlite'))
        fill(filler)
      })
      while (library.importer.get(id).problem?.code !== 'disk_full') await passed(20)
      expect(library.importer.get(id)).toMatchObject({ imported: 20, failed: 0, state: 'running' })

      rmSync(filler)
      await library.importer.whenSettled(id)
      expect(library.importer.get(id)).toMatchObject({ state: 'done', problem: null })
      expect(names()).toEqual(['Unsorted 0', 'Harbours 0', 'Night 20'])
      library.catalog.history.undo(Date.now())
      expect(names()).toEqual(['Unsorted 20'])
    } finally {
      rmSync(filler, { force: true })
      await library.close()
      rmSync(root, { recursive: true })
    }
  })
})

/** What is in the write-ahead log of a database goes into it, and the log takes no room any more. */
function emptyJournal(file: string): void {
  const db = new Database(file)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

const passed = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

function fill(path: string): void {
  for (let bytes = 40_000_000; bytes >= 1; bytes = Math.floor(bytes / 2)) {
    try {
      writeFileSync(path, Buffer.alloc(bytes), { flag: 'a' })
    } catch {
      // The disk takes what fits; the rest is tried in smaller pieces.
    }
  }
}
