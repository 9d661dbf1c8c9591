import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resolveStored } from '../../../src/main/engine/library/import/placeOriginal.ts'
import { trashAssets } from '../../../src/main/engine/library/trashAssets.ts'
import {
  filesBelow,
  type ImportLibrary,
  inconsistencies,
  openImportLibrary,
  temporaryFolder,
} from './support/importLibrary.ts'
import { jpeg } from './support/pictures.ts'

let temporary: ReturnType<typeof temporaryFolder>
let library: ImportLibrary
let source: string
beforeEach(() => {
  temporary = temporaryFolder()
  source = join(temporary.path, 'source')
  mkdirSync(source)
  library = openImportLibrary(join(temporary.path, 'library'))
})
afterEach(async () => {
  expect(inconsistencies(library)).toEqual([])
  expect(library.defects).toEqual([])
  await library.close()
  temporary.remove()
})

function put(name: string, bytes: Buffer | string): string {
  const path = join(source, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, bytes)
  return path
}

const DAY_MS = 24 * 60 * 60 * 1000

describe('an import', () => {
  it('takes a folder in: originals under readable names, thumbnails, the rest counted', async () => {
    put('a/One picture.jpg', await jpeg(1))
    put('a/b/two.JPG', await jpeg(2))
    put('notes.md', '# Notes')
    put('.DS_Store', 'x')
    put('late.mp4.crdownload', 'x')
    expect(await library.importer.preview([source])).toMatchObject({ files: 3, skipped: 2 })

    const report = await library.import([source])
    expect(report.imported.map(({ path, status }) => [basename(path), status]).sort()).toEqual([
      ['One picture.jpg', 'available'],
      ['notes.md', 'available'],
      ['two.JPG', 'available'],
    ])
    expect(report.skipped.map(({ path, code }) => [basename(path), code]).sort()).toEqual([
      ['.DS_Store', 'system_file'],
      ['late.mp4.crdownload', 'partial_download'],
    ])
    const one = library.assets().find(({ file_name }) => file_name === 'One picture.jpg')
    expect(one).toMatchObject({ space: 'workspace', mime_type: 'image/jpeg', width: 160, height: 120 })
    expect(one?.storage_path).toMatch(/^originals\/\d{4}\/\d\d\/One-picture\.[0-9a-f]{12}\.jpg$/)
    expect(Date.parse(one?.expires_at ?? '') - Date.parse(one?.imported_at ?? '')).toBe(7 * DAY_MS)
    expect(existsSync(join(source, 'a/One picture.jpg'))).toBe(true)
    const summary = library.importer.list()[0]
    expect(summary).toMatchObject({ state: 'done', found: 5, imported: 3, skipped: 2, failed: 0, processing: 0 })
  })

  it('into the Library never expires', async () => {
    await library.import([put('kept.jpg', await jpeg(1))], { space: 'library' })
    expect(library.assets()[0]).toMatchObject({ space: 'library', expires_at: null })
  })

  it('keeps names as data that no file system would', async () => {
    const names = [
      '😀 party 🎉.jpg',
      `${'ü'.repeat(125)}.jpg`,
      'trailing...',
      'con',
      'a\u0001b\nc.jpg',
      '\u202egpj.jpg',
      '-rf.jpg',
    ]
    for (const [index, name] of names.entries()) put(name, await jpeg(index))
    const report = await library.import([source])
    expect(report.failed).toEqual([])
    expect(
      library
        .assets()
        .map(({ file_name }) => file_name)
        .sort(),
    ).toEqual([...names].sort())
    expect(library.assets().every(({ extension }) => extension === 'jpg')).toBe(true)
  })

  it('trusts content, not names', async () => {
    await library.import([put('really-a-jpeg.png', await jpeg(1)), put('no-extension', await jpeg(2))])
    expect(library.assets().map(({ extension, mime_type }) => [extension, mime_type])).toEqual([
      ['jpg', 'image/jpeg'],
      ['jpg', 'image/jpeg'],
    ])
  })

  it('gives a reason for each file that it could not take, and takes the rest', async () => {
    put('good.jpg', await jpeg(1))
    put('empty.jpg', '')
    symlinkSync(source, join(source, 'loop'))
    symlinkSync('/nowhere', join(source, 'dangling.jpg'))
    symlinkSync('/dev/null', join(source, 'device'))
    const report = await library.import([source, join(source, 'absent.jpg')])
    expect(report.imported.map(({ path }) => basename(path))).toEqual(['good.jpg'])
    expect(report.failed.map(({ path, code }) => [basename(path), code]).sort()).toEqual([
      ['absent.jpg', 'file_vanished'],
      ['dangling.jpg', 'file_vanished'],
      ['device', 'not_a_file'],
      ['empty.jpg', 'empty_file'],
      ['loop', 'symlink_loop'],
    ])
    for (const { message } of report.failed) expect(message).toMatch(/^[A-Z].+\.$/)
  })

  it('tries failed files again when asked, and only those', async () => {
    put('good.jpg', await jpeg(1))
    const empty = put('late.jpg', '')
    const { id } = library.importer.start([source], { space: 'workspace', mode: 'copy' }, 'window')
    await library.importer.whenSettled(id)
    expect(library.importer.failures(id)).toMatchObject([{ path: empty, code: 'empty_file' }])
    writeFileSync(empty, await jpeg(2))
    library.importer.retry(id)
    expect(await library.importer.whenSettled(id)).toMatchObject({ state: 'done', imported: 2, failed: 0 })
    expect(library.assets()).toHaveLength(2)
  })

  it('looks into a folder again that could not be read at first', async () => {
    const gone = join(source, 'folder')
    const { id } = library.importer.start([gone], { space: 'workspace', mode: 'copy' }, 'window')
    await library.importer.whenSettled(id)
    put('folder/a.jpg', await jpeg(1))
    put('folder/deep/b.jpg', await jpeg(2))
    library.importer.retry(id)
    expect(await library.importer.whenSettled(id)).toMatchObject({ imported: 2, failed: 0 })
  })

  it('can be dismissed when it is over, and not before', async () => {
    put('a.jpg', await jpeg(1))
    const { id } = library.importer.start([source], { space: 'workspace', mode: 'copy' }, 'window')
    expect(() => library.importer.dismiss(id)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
    await library.importer.whenSettled(id)
    library.importer.dismiss(id)
    expect(library.importer.list()).toEqual([])
  })

  it('can be cancelled: what is imported stays, the rest is skipped', async () => {
    for (let seed = 0; seed < 40; seed++) put(`${seed}.bin`, Buffer.alloc(2_000_000, seed + 1))
    const { id } = library.importer.start([source], { space: 'workspace', mode: 'copy' }, 'window')
    while (library.assets().length === 0) await pause(5)
    library.importer.cancel(id)
    const summary = await library.importer.whenSettled(id)
    expect(summary.state).toBe('cancelled')
    expect(summary.imported + summary.skipped).toBe(40)
    expect(summary.skipped).toBeGreaterThan(0)
    expect(library.assets()).toHaveLength(summary.imported)
    expect(library.importer.report(id).skipped.every(({ code }) => code === 'cancelled')).toBe(true)
  })
})

describe('the same bytes', () => {
  it('twice in one import are one asset', async () => {
    const bytes = await jpeg(1)
    for (const name of ['a.jpg', 'b.jpg', 'c.png']) put(name, bytes)
    const report = await library.import([source])
    expect([report.imported.length, report.duplicates.length]).toEqual([1, 2])
    expect(new Set(report.duplicates.map(({ of }) => of))).toEqual(new Set([report.imported[0]?.id]))
  })

  it('again are a duplicate, also at the same time', async () => {
    const path = put('a.jpg', await jpeg(1))
    const reports = await Promise.all([1, 2, 3].map(() => library.import([path])))
    expect(reports.map(({ imported, duplicates }) => imported.length + duplicates.length)).toEqual([1, 1, 1])
    expect(library.assets()).toHaveLength(1)
  })

  it('put a lost original back', async () => {
    const path = put('a.jpg', await jpeg(1))
    await library.import([path])
    const original = resolveStored(library.folder, library.assets()[0]?.storage_path ?? '')
    rmSync(original)
    const report = await library.import([path], { mode: 'move' })
    expect(report.duplicates).toHaveLength(1)
    expect(readFileSync(original)).toEqual(await jpeg(1))
    expect(existsSync(path)).toBe(false)
  })

  it('take the place of a damaged original, which is set aside', async () => {
    const path = put('a.jpg', await jpeg(1))
    await library.import([path])
    const original = resolveStored(library.folder, library.assets()[0]?.storage_path ?? '')
    writeFileSync(original, 'damaged')
    await library.import([path])
    expect(readFileSync(original)).toEqual(await jpeg(1))
    expect(filesBelow(library.folder.quarantine).map((file) => readFileSync(file, 'utf8'))).toEqual(['damaged'])
  })

  it('bring an asset back from Trash', async () => {
    const path = put('a.jpg', await jpeg(1))
    const [first] = (await library.import([path])).imported
    trashAssets(library.catalog, { ids: [first!.id] }, Date.now())
    expect(library.assets()).toEqual([])
    const again = await library.import([path])
    expect(again.imported).toMatchObject([{ id: first!.id }])
    expect(library.assets()).toMatchObject([
      { id: first!.id, space: 'workspace', deleted_at: null, status: 'available' },
    ])
  })
})

describe('moving', () => {
  it('removes the sources, of duplicates too', async () => {
    const bytes = await jpeg(1)
    put('a.jpg', bytes)
    put('b.jpg', bytes)
    put('c.jpg', await jpeg(2))
    const report = await library.import([source], { mode: 'move' })
    expect([report.imported.length, report.duplicates.length]).toEqual([2, 1])
    expect(filesBelow(source)).toEqual([])
  })

  it('never removes an original of the library, or a file that failed', async () => {
    await library.import([put('a.jpg', await jpeg(1))])
    const original = resolveStored(library.folder, library.assets()[0]?.storage_path ?? '')
    const empty = put('empty.jpg', '')
    const report = await library.import([original, empty], { mode: 'move' })
    expect([report.duplicates.length, report.failed.length]).toEqual([1, 1])
    expect(existsSync(original) && existsSync(empty)).toBe(true)
  })
})

describe('linking', () => {
  it('refers to the file where it is', async () => {
    const path = put('a.jpg', await jpeg(1))
    await library.import([path], { mode: 'link', space: 'library' })
    expect(library.assets()).toMatchObject([{ storage_path: path, status: 'available' }])
    expect(filesBelow(library.folder.originals)).toEqual([])
  })
})

describe('files that do not hold still', () => {
  it('a file that grows while it is copied is taken when it has stopped, whole', async () => {
    const path = put('growing.bin', Buffer.alloc(1_000_000, 1))
    let parts = 1
    const writer = setInterval(() => {
      appendFileSync(path, Buffer.alloc(1_000_000, ++parts))
      if (parts === 12) clearInterval(writer)
    }, 50)
    try {
      const report = await library.import([path])
      expect(report.failed).toEqual([])
      expect(library.assets()[0]?.file_size_bytes).toBe(12_000_000)
    } finally {
      clearInterval(writer)
    }
  })

  it('a file that never stops is given up, and is still there', async () => {
    const big = put('endless.bin', Buffer.alloc(60_000_000, 1))
    const growing = setInterval(() => appendFileSync(big, 'x'), 1)
    try {
      const report = await library.import([big], { mode: 'move' })
      expect(report.failed).toMatchObject([{ path: big, code: 'file_changing' }])
      expect(existsSync(big)).toBe(true)
    } finally {
      clearInterval(growing)
    }
  })

  it('a file that is gone when its turn comes is a failure of its own', async () => {
    for (let seed = 0; seed < 30; seed++) put(`${seed}.bin`, Buffer.alloc(1_000_000, seed + 1))
    const { id } = library.importer.start([source], { space: 'workspace', mode: 'copy' }, 'window')
    while (library.importer.get(id).found === 0) await pause(1)
    renameSync(join(source, '9.bin'), join(temporary.path, 'taken.bin'))
    const summary = await library.importer.whenSettled(id)
    expect([summary.imported, summary.failed]).toEqual([29, 1])
    expect(library.importer.failures(id)).toMatchObject([{ code: 'file_vanished' }])
  })
})

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
