import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resolveStored } from '../../../src/main/engine/library/import/placeOriginal.ts'
import { trashAssets } from '../../../src/main/engine/library/trashAssets.ts'
import type { DuplicatePolicy } from '../../../src/shared/domain/import.ts'
import {
  filesBelow,
  type ImportLibrary,
  inconsistencies,
  openImportLibrary,
  sha256,
  temporaryFolder,
} from './support/importLibrary.ts'
import { jpeg } from './support/pictures.ts'

let temporary: ReturnType<typeof temporaryFolder>
let library: ImportLibrary
let source: string
let bytes: Buffer
beforeEach(async () => {
  temporary = temporaryFolder()
  source = join(temporary.path, 'source')
  mkdirSync(source)
  library = openImportLibrary(join(temporary.path, 'library'))
  bytes = await jpeg(1)
})
afterEach(async () => {
  expect(inconsistencies(library, 'some')).toEqual([])
  expect(library.defects).toEqual([])
  await library.close()
  temporary.remove()
})

function put(name: string, content: Buffer = bytes): string {
  const path = join(source, name)
  writeFileSync(path, content)
  return path
}

const originals = (): string[] => filesBelow(library.folder.originals)
const names = (): string[] =>
  library
    .assets()
    .map(({ file_name }) => file_name)
    .sort()
const stored = (): Set<string> => new Set(library.assets().map(({ storage_path }) => storage_path))

describe('bytes that are an asset already', () => {
  it('skip: are reported as a duplicate of it', async () => {
    const [first] = (await library.import([put('a.jpg')])).imported
    const report = await library.import([put('b.jpg')], { onDuplicate: 'skip' })
    expect(report).toMatchObject({ imported: [], duplicates: [{ of: first?.id }] })
    expect(names()).toEqual(['a.jpg'])
  })

  it('link: become another asset with its own name and place, and share the one stored file', async () => {
    await library.import([put('a.jpg')])
    const report = await library.import([put('b.jpg')], { onDuplicate: 'link', space: 'library' })
    expect(report.imported.map(({ path }) => basename(path))).toEqual(['b.jpg'])
    expect(report.duplicates).toEqual([])
    expect(originals()).toHaveLength(1)
    expect(stored().size).toBe(1)
    expect(library.assets()).toMatchObject([
      { file_name: 'a.jpg', space: 'workspace', status: 'available', width: 160 },
      { file_name: 'b.jpg', space: 'library', status: 'available', width: 160, expires_at: null },
    ])
  })

  it('keep-both: become another asset with a stored file of its own, under a name that people can tell apart', async () => {
    for (const name of ['a.jpg', 'b.jpg']) await library.import([put(name)], { onDuplicate: 'keep-both' })
    for (let again = 0; again < 3; again++) await library.import([join(source, 'a.jpg')], { onDuplicate: 'keep-both' })
    expect(names()).toEqual(['a.jpg', 'a.jpg', 'a.jpg', 'a.jpg', 'b.jpg'])
    expect(stored().size).toBe(5)
    expect(
      originals()
        .map((path) => basename(path).replace(/\.[0-9a-f]{12}\./, '.#.'))
        .sort(),
    ).toEqual(['a-3.#.jpg', 'a-4.#.jpg', 'a-5.#.jpg', 'a.#.jpg', 'b.#.jpg'])
    for (const path of originals()) expect(readFileSync(path)).toEqual(bytes)
  })

  it.each(['link', 'keep-both'] as const)('%s: twice in one import are two assets', async (onDuplicate) => {
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) put(name)
    const report = await library.import([source], { onDuplicate })
    expect(report.imported).toHaveLength(3)
    expect(names()).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
    expect(originals()).toHaveLength(onDuplicate === 'link' ? 1 : 3)
  })

  it('link: leave an asset in Trash where it is, and share its file', async () => {
    const [first] = (await library.import([put('a.jpg')])).imported
    trashAssets(library.catalog, { ids: [first!.id] }, Date.now())
    await library.import([put('b.jpg')], { onDuplicate: 'link' })
    expect(names()).toEqual(['b.jpg'])
    expect(library.catalog.assets.get(first!.id)?.deleted_at).not.toBeNull()
    expect(originals()).toHaveLength(1)
    const shared = library.catalog.assets.get(first!.id)?.storage_path ?? ''
    expect(library.catalog.assets.findByStoragePath(shared)).toHaveLength(2)
  })

  it('link: bring back a lost original for everyone who shares it', async () => {
    await library.import([put('a.jpg')])
    const original = resolveStored(library.folder, library.assets()[0]?.storage_path ?? '')
    rmSync(original)
    await library.import([put('b.jpg')], { onDuplicate: 'link' })
    expect(readFileSync(original)).toEqual(bytes)
    expect(names()).toEqual(['a.jpg', 'b.jpg'])
  })

  it('survive a rebuild from the journal', async () => {
    await library.import([put('a.jpg')])
    await library.import([put('b.jpg')], { onDuplicate: 'link' })
    await library.import([put('c.jpg')], { onDuplicate: 'keep-both' })
    const before = library.assets().map(({ id, file_name, storage_path }) => ({ id, file_name, storage_path }))
    await library.close()
    renameSync(library.folder.catalog, `${library.folder.catalog}.old`)
    library = openImportLibrary(library.folder.root)
    expect(await library.importer.sweepUnregistered()).toBe(0)
    expect(library.assets().map(({ id, file_name, storage_path }) => ({ id, file_name, storage_path }))).toEqual(before)
    expect(originals()).toHaveLength(2)
  })
})

describe('moving with duplicates', () => {
  it.each(['skip', 'link', 'keep-both'] as const)('%s: removes every source', async (onDuplicate) => {
    for (const name of ['a.jpg', 'b.jpg']) put(name)
    await library.import([source], { mode: 'move', onDuplicate })
    expect(filesBelow(source)).toEqual([])
  })

  it.each(['skip', 'link', 'keep-both'] as const)(
    '%s: never removes an original of the library, nor one that is linked in place',
    async (onDuplicate) => {
      const linked = put('linked.jpg', await jpeg(2))
      await library.import([put('a.jpg')])
      await library.import([linked], { mode: 'link' })
      const [original] = originals()
      const report = await library.import([original!, linked], { mode: 'move', onDuplicate })
      expect(report.failed).toEqual([])
      expect(existsSync(original!) && existsSync(linked)).toBe(true)
    },
  )

  it.each(['link', 'keep-both'] as const)(
    '%s: a source that could not be removed is not taken in a second time',
    async (onDuplicate) => {
      put('other.jpg')
      await library.import([join(source, 'other.jpg')])
      const path = put('stuck.jpg')
      utimesSync(path, 1_700_000_000, 1_700_000_000)
      const import1 = await library.import([path], { mode: 'move', onDuplicate })
      expect(import1.imported).toHaveLength(1)
      // As a read-only folder, or a kill before the removal, leaves it.
      writeFileSync(path, bytes)
      utimesSync(path, 1_700_000_000, 1_700_000_000)
      const import2 = await library.import([path], { mode: 'move', onDuplicate })
      expect([import2.imported.length, import2.duplicates.length]).toEqual([0, 1])
      expect(existsSync(path)).toBe(false)
      expect(names()).toEqual(['other.jpg', 'stuck.jpg'])
    },
  )
})

describe('linking in place with duplicates', () => {
  it.each<DuplicatePolicy>(['link', 'keep-both'])(
    '%s: each file is an asset where it is, once',
    async (onDuplicate) => {
      const paths = [put('a.jpg'), put('b.jpg')]
      for (let again = 0; again < 2; again++) await library.import(paths, { mode: 'link', onDuplicate })
      expect(
        library
          .assets()
          .map(({ storage_path }) => storage_path)
          .sort(),
      ).toEqual(paths)
      expect(originals()).toEqual([])
    },
  )

  it('link: a copy of what is linked in place gets a stored file of its own', async () => {
    const linked = put('a.jpg')
    await library.import([linked], { mode: 'link' })
    await library.import([put('b.jpg')], { mode: 'move', onDuplicate: 'link' })
    expect(originals()).toHaveLength(1)
    expect(existsSync(linked)).toBe(true)
    expect(existsSync(join(source, 'b.jpg'))).toBe(false)
  })
})

describe('what is left of a crash', () => {
  it('a further copy without a row goes, because its bytes are safe elsewhere', async () => {
    await library.import([put('a.jpg')])
    const [original] = originals()
    writeFileSync(original!.replace('/a.', '/a-2.'), bytes)
    expect(await library.importer.sweepUnregistered()).toBe(0)
    await Promise.all(library.importer.list().map(({ id }) => library.importer.whenSettled(id)))
    expect(originals()).toEqual([original])
  })

  it('a copy of what was linked in place and is gone becomes an asset of its own', async () => {
    const linked = put('a.jpg')
    await library.import([linked], { mode: 'link' })
    const lost = join(library.folder.originals, '2026/11', `lost.${sha256(bytes).slice(0, 12)}.jpg`)
    mkdirSync(dirname(lost), { recursive: true })
    renameSync(linked, lost)
    expect(await library.importer.sweepUnregistered()).toBe(1)
    await Promise.all(library.importer.list().map(({ id }) => library.importer.whenSettled(id)))
    expect(originals()).toEqual([lost])
    expect(names()).toEqual(['a.jpg', 'lost.jpg'])
    writeFileSync(linked, bytes)
  })
})
