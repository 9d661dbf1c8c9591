import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placeOriginal } from '../../../src/main/engine/library/import/placeOriginal.ts'
import { sha256Schema } from '../../../src/shared/domain/ids.ts'
import { filesBelow, inconsistencies, openImportLibrary, sha256, temporaryFolder } from './support/importLibrary.ts'
import { runKilled } from './support/killedImport.ts'
import { jpeg } from './support/pictures.ts'

const FILES = 200
/** Where the number of kills matters more than that of files. */
const FEW = 60
const temporary = temporaryFolder()
const master = new Map<string, Buffer>()
beforeAll(async () => {
  for (let seed = 0; seed < FILES; seed++) master.set(`picture ${seed}.jpg`, await jpeg(seed))
})
afterAll(() => temporary.remove())

function makeSource(name: string, files = FILES): string {
  const source = join(temporary.path, name)
  mkdirSync(source)
  for (const [file, bytes] of [...master].slice(0, files)) writeFileSync(join(source, file), bytes)
  return source
}

function expectedHashes(): string[] {
  return [...master.values()].map(sha256).sort()
}

describe(`an engine that is killed while it imports ${FILES} files`, () => {
  it.each(['copy', 'move'] as const)(
    '%s: every file is there exactly once in the end',
    { timeout: 240_000 },
    async (mode) => {
      const root = join(temporary.path, `library-${mode}`)
      const source = makeSource(`source-${mode}`)
      await runKilled(root, { mode }, source)

      const library = openImportLibrary(root)
      try {
        expect(inconsistencies(library)).toEqual([])
        expect(
          library
            .assets()
            .map((asset) => asset.sha256 as string)
            .sort(),
        ).toEqual(expectedHashes())
        expect(
          library
            .assets()
            .map(({ file_name }) => file_name)
            .sort(),
        ).toEqual([...master.keys()].sort())
        expect(new Set(library.assets().map(({ status }) => status))).toEqual(new Set(['available']))
        expect(new Set(library.assets().map(({ space }) => space))).toEqual(new Set(['workspace']))
        expect(filesBelow(source)).toHaveLength(mode === 'move' ? 0 : FILES)
      } finally {
        await library.close()
      }
    },
  )
})

describe(`an engine that is killed while it imports ${FEW} files with their duplicates`, () => {
  it.each([
    ['link', 'copy'],
    ['link', 'move'],
    ['keep-both', 'move'],
  ] as const)('%s, %s: every file is an asset exactly once', { timeout: 240_000 }, async (onDuplicate, mode) => {
    const root = join(temporary.path, `library-${onDuplicate}-${mode}`)
    const source = makeSource(`source-${onDuplicate}-${mode}`, FEW)
    for (const [file, bytes] of [...master].slice(0, FEW)) writeFileSync(join(source, `again ${file}`), bytes)
    await runKilled(root, { mode, onDuplicate }, source)
    const library = openImportLibrary(root)
    try {
      expect(inconsistencies(library, 'some')).toEqual([])
      expect(
        library
          .assets()
          .map(({ file_name }) => file_name)
          .sort(),
      ).toEqual(
        [...master.keys()]
          .slice(0, FEW)
          .flatMap((name) => [name, `again ${name}`])
          .sort(),
      )
      expect(filesBelow(library.folder.originals)).toHaveLength(onDuplicate === 'link' ? FEW : 2 * FEW)
      expect(filesBelow(source)).toHaveLength(mode === 'move' ? 0 : 2 * FEW)
    } finally {
      await library.close()
    }
  })
})

describe('an engine that is killed while it imports pictures with what describes them', () => {
  it.each(['copy', 'move'] as const)(
    '%s: every description is with its picture in the end',
    { timeout: 240_000 },
    async (mode) => {
      const root = join(temporary.path, `library-sidecars-${mode}`)
      const source = makeSource(`source-sidecars-${mode}`, FEW)
      for (const name of [...master.keys()].slice(0, FEW))
        writeFileSync(join(source, name.replace('.jpg', '.txt')), prompt(name))
      await runKilled(root, { mode }, source)
      const library = openImportLibrary(root)
      try {
        expect(inconsistencies(library)).toEqual([])
        expect(library.assets()).toHaveLength(FEW)
        for (const asset of library.assets()) {
          const [sidecar] = asset.sidecars
          expect(readFileSync(join(root, sidecar?.path ?? ''), 'utf8')).toBe(prompt(asset.file_name))
        }
        expect(filesBelow(source)).toHaveLength(mode === 'move' ? 0 : 2 * FEW)
      } finally {
        await library.close()
      }
    },
  )
})

function prompt(name: string): string {
  return `${name}\nSteps: 20, Sampler: Euler, Seed: 7`
}

describe('after an unclean end', () => {
  it('half-made copies go, and an original without a row becomes an asset of the Library', async () => {
    const root = join(temporary.path, 'library-sweep')
    const library = openImportLibrary(root)
    try {
      const [known, lost] = [await jpeg(1), await jpeg(2)]
      writeFileSync(join(temporary.path, 'known.jpg'), known)
      await library.import([join(temporary.path, 'known.jpg')])
      mkdirSync(library.folder.incoming, { recursive: true })
      writeFileSync(join(library.folder.incoming, 'of-another-process.tmp'), lost.subarray(0, 100))
      for (const bytes of [known, lost]) {
        const copy = join(library.folder.incoming, 'copy.tmp')
        writeFileSync(copy, bytes)
        await placeOriginal(library.folder, {
          temporary: copy,
          sha256: sha256Schema.parse(sha256(bytes)),
          size: bytes.length,
          fileName: 'A lost picture.jpg',
          extension: 'jpg',
          importedAt: Date.UTC(2020, 0, 1),
        })
      }
      expect(inconsistencies(library)).toHaveLength(3)

      expect(await library.importer.sweepUnregistered()).toBe(1)
      const [recovery] = library.importer.list()
      expect(await library.importer.whenSettled(recovery!.id)).toMatchObject({
        source: 'recovery',
        imported: 1,
        duplicates: 1,
      })
      expect(inconsistencies(library)).toEqual([])
      expect(
        library.assets().map(({ file_name, space, expires_at }) => [file_name, space, expires_at === null]),
      ).toEqual([
        ['known.jpg', 'workspace', false],
        ['A-lost-picture.jpg', 'library', true],
      ])
      expect(await library.importer.sweepUnregistered()).toBe(0)
    } finally {
      await library.close()
    }
  })

  it('the source of a move whose every file was taken in, but not removed yet, is removed', async () => {
    const library = openImportLibrary(join(temporary.path, 'library-move-end'))
    try {
      const source = join(temporary.path, 'moved.jpg')
      const other = join(temporary.path, 'changed since.jpg')
      for (const [path, seed] of [
        [source, 3],
        [other, 4],
      ] as const)
        writeFileSync(path, await jpeg(seed))
      const bytes = readFileSync(source)
      const { id } = library.importer.start([source, other], { space: 'workspace', mode: 'move' }, 'command-line')
      await library.importer.whenSettled(id)
      expect(filesBelow(temporary.path)).not.toContain(source)
      // As it is after a kill between the commit and the removal; the other path holds a new file by now.
      writeFileSync(source, bytes)
      writeFileSync(other, await jpeg(5))
      library.catalog.imports.setState(id, 'running', null)
      library.importer.resumeUnfinished()
      await library.importer.whenSettled(id)
      expect(filesBelow(temporary.path)).not.toContain(source)
      expect(filesBelow(temporary.path)).toContain(other)
      expect(library.assets()).toHaveLength(2)
    } finally {
      await library.close()
    }
  })

  it('a file that an import is about to write down is not swept up', async () => {
    const root = join(temporary.path, 'library-busy')
    const library = openImportLibrary(root)
    try {
      const source = makeSource('source-busy')
      const { id } = library.importer.start([source], { space: 'workspace', mode: 'copy' }, 'window')
      const swept: number[] = []
      while (library.importer.get(id).finishedAt === null) swept.push(await library.importer.sweepUnregistered())
      expect(new Set(swept)).toEqual(new Set([0]))
      expect(library.assets()).toHaveLength(FILES)
      expect(library.assets().every(({ space }) => space === 'workspace')).toBe(true)
    } finally {
      await library.close()
    }
  })

  it('placing never overwrites other bytes, and takes up what is there already', async () => {
    const root = join(temporary.path, 'library-place')
    const library = openImportLibrary(root)
    try {
      const bytes = Buffer.from('the bytes')
      const hash = sha256Schema.parse(sha256(bytes))
      const place = async (): Promise<string> => {
        const copy = join(library.folder.incoming, 'copy.tmp')
        mkdirSync(library.folder.incoming, { recursive: true })
        writeFileSync(copy, bytes)
        const original = { temporary: copy, sha256: hash, size: bytes.length, fileName: 'n.txt', extension: 'txt' }
        return placeOriginal(library.folder, { ...original, importedAt: Date.UTC(2020, 0, 1) })
      }
      const first = await place()
      expect(await place()).toBe(first)
      writeFileSync(join(root, first), 'other bytes under this name')
      const second = await place()
      expect(second).not.toBe(first)
      expect(readFileSync(join(root, first), 'utf8')).toBe('other bytes under this name')
      expect(readFileSync(join(root, second))).toEqual(bytes)
      expect(filesBelow(library.folder.incoming)).toEqual([])
    } finally {
      await library.close()
    }
  })
})
