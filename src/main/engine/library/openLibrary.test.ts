import { createHash, randomUUID } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AssetId, RemoteId, Sha256 } from '../../../shared/domain/ids.ts'
import { remotePolicyPresets } from '../../../shared/domain/remote.ts'
import { keepAssets } from './keepAssets.ts'
import { createLibrary, isLibrary, markCatalogDamaged, openLibrary } from './openLibrary.ts'

let root: string
const now = () => Date.UTC(2026, 10, 21)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-open-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A library with `count` kept assets, closed again. */
function filledLibrary(count: number): void {
  createLibrary(root, 'Filled', now())
  const { catalog } = openLibrary(root, now)
  catalog.assets.register(
    Array.from({ length: count }, (_, index) => ({
      id: randomUUID() as AssetId,
      space: 'workspace' as const,
      fileName: `picture ${index}.png`,
      extension: 'png',
      mimeType: 'image/png',
      assetType: 'image' as const,
      fileSizeBytes: 10,
      sha256: createHash('sha256').update(String(index)).digest('hex') as Sha256,
      storagePath: `originals/2026/11/picture-${index}.png`,
      sourcePath: null,
      jobId: null,
      collectionId: null,
      createdAt: now(),
      importedAt: now(),
      expiresAt: now() + 1000,
      another: false,
      importItem: null,
    })),
  )
  const { rowIds } = catalog.assets.query(
    { view: { kind: 'workspace' }, text: '', sort: { field: 'imported_at', direction: 'asc' } },
    now(),
  )
  keepAssets(catalog, { rowIds }, undefined, now())
  catalog.close()
}

const code = (value: string) => expect.objectContaining({ code: value })
const catalogFile = () => join(root, 'catalog.sqlite')
const keptCount = () => {
  const opened = openLibrary(root, now)
  try {
    return { kept: opened.catalog.counts(now()).library, setAside: opened.setAside }
  } finally {
    opened.catalog.close()
  }
}

describe('a library folder', () => {
  it('is made once', () => {
    expect(isLibrary(root)).toBe(false)
    const manifest = createLibrary(root, undefined, now())
    expect(isLibrary(root)).toBe(true)
    expect(readdirSync(root).sort()).toEqual(['cache', 'drop', 'journal', 'library.json', 'originals', 'quarantine'])
    expect(() => createLibrary(root, 'Again', now())).toThrow(code('library_exists'))
    expect(openLibrary(root, now).manifest).toEqual(manifest)
  })

  it('is not found where there is none', () => {
    expect(() => openLibrary(join(root, 'nowhere'), now)).toThrow(code('library_not_found'))
    expect(() => openLibrary(root, now)).toThrow(code('library_not_found'))
    writeFileSync(join(root, 'file'), '')
    expect(() => openLibrary(join(root, 'file'), now)).toThrow(code('library_not_found'))
  })

  it('is left untouched when a newer version of the program made it', () => {
    createLibrary(root, 'Newer', now())
    const manifest = JSON.parse(readFileSync(join(root, 'library.json'), 'utf8'))
    writeFileSync(join(root, 'library.json'), JSON.stringify({ ...manifest, format: 99 }))
    const before = readdirSync(root)
    expect(() => openLibrary(root, now)).toThrow(code('library_newer'))
    expect(readdirSync(root)).toEqual(before)
  })

  it('is left untouched when a newer version of the program wrote its catalogue', () => {
    filledLibrary(1)
    const db = new Database(catalogFile())
    db.pragma('user_version = 999')
    db.close()
    const before = readFileSync(catalogFile())
    expect(() => openLibrary(root, now)).toThrow(code('library_newer'))
    expect(readFileSync(catalogFile()).equals(before)).toBe(true)
  })

  it('says so when its manifest is damaged', () => {
    createLibrary(root, 'Damaged', now())
    writeFileSync(join(root, 'library.json'), '{"id":')
    expect(() => openLibrary(root, now)).toThrow(code('library_invalid'))
  })

  it('is refused a catalogue of another library', () => {
    filledLibrary(1)
    const manifest = JSON.parse(readFileSync(join(root, 'library.json'), 'utf8'))
    writeFileSync(join(root, 'library.json'), JSON.stringify({ ...manifest, id: randomUUID() }))
    expect(() => openLibrary(root, now)).toThrow(code('library_invalid'))
  })
})

const allRows = ({ catalog }: ReturnType<typeof openLibrary>): number[] => [
  ...catalog.assets.query(
    { view: { kind: 'library' }, text: '', sort: { field: 'imported_at', direction: 'asc' } },
    now(),
  ).rowIds,
]

describe('a damaged catalogue is set aside and rebuilt, and nothing is lost', () => {
  const cases: Record<string, () => void> = {
    'overwritten at its beginning': () => overwrite(0, 4096),
    // Widely: pages that are not in use may lie anywhere, and what they hold harms nothing.
    'overwritten in its middle': () => overwrite(...middleHalf(statSync(catalogFile()).size)),
    'cut in half': () => truncateSync(catalogFile(), Math.floor(statSync(catalogFile()).size / 2)),
    'that is not a database at all': () => writeFileSync(catalogFile(), 'this is not a database '.repeat(500)),
    'found damaged while it was in use': () =>
      markCatalogDamaged({ catalog: catalogFile() } as Parameters<typeof markCatalogDamaged>[0]),
  }
  function middleHalf(size: number): [start: number, length: number] {
    return [Math.floor(size / 4), Math.floor(size / 2)]
  }
  function overwrite(start: number, length: number): void {
    const bytes = readFileSync(catalogFile())
    bytes.fill(0x5a, start, start + length)
    writeFileSync(catalogFile(), bytes)
  }

  for (const [name, damage] of Object.entries(cases)) {
    it(name, () => {
      filledLibrary(300)
      damage()
      const damaged = readFileSync(catalogFile())
      const { kept, setAside } = keptCount()
      expect(kept).toBe(300)
      expect(setAside).not.toBeNull()
      expect(readFileSync(setAside ?? '').equals(damaged)).toBe(true)
      // The rebuilt one is sound, and its journal goes on where it was.
      expect(keptCount()).toEqual({ kept: 300, setAside: null })
    })
  }

  it('while somebody is told how far it is', () => {
    filledLibrary(3)
    rmSync(catalogFile())
    const told: unknown[] = []
    const segments = readdirSync(join(root, 'journal'), { recursive: true }).filter((name) => /gz$/.test(String(name)))
    openLibrary(root, now, { onOpening: (work) => told.push(work) }).catalog.close()
    expect(told).toEqual(segments.map((_, done) => ({ stage: 'rebuilding', done, total: segments.length })))
    expect(told).not.toEqual([])
  })

  it('also when the file is gone', () => {
    filledLibrary(3)
    rmSync(catalogFile())
    expect(keptCount()).toEqual({ kept: 3, setAside: null })
  })

  it('with what was changed after the last segment was written, and after a rebuild that was killed', () => {
    filledLibrary(3)
    const used = openLibrary(root, now)
    const [rowId] = allRows(used)
    const id = used.catalog.assets.findByRow(rowId ?? 0)?.id ?? ''
    used.catalog.mutate({ kind: 'test', label: () => 'Test', undoable: true, now: now() }, (writer) => {
      writer.set('asset', id, 'rating', 4)
    })
    expect(used.catalog.journal.unsealed).toBe(1)
    // As a power cut would leave it: closed, it would be sealed.
    const left = mkdtempSync(join(tmpdir(), 'vitrine-left-'))
    cpSync(root, left, { recursive: true })
    used.catalog.close()
    const file = join(left, 'catalog.sqlite')
    markCatalogDamaged({ catalog: file } as Parameters<typeof markCatalogDamaged>[0])

    const rated = (): (number | undefined)[] => {
      const opened = openLibrary(left, now)
      const ratings = opened.catalog.assets.cards(allRows(opened)).map(({ rating }) => rating)
      opened.catalog.close()
      return ratings
    }
    const first = openLibrary(left, now)
    first.catalog.close()
    // A rebuild that is killed leaves half a catalogue, and the marker that names the one that was set aside.
    writeFileSync(`${file}.damaged`, basename(first.setAside ?? ''))
    writeFileSync(file, '')
    expect(rated().sort()).toEqual([0, 0, 4])
    expect(rated().sort()).toEqual([0, 0, 4])
    rmSync(left, { recursive: true, force: true })
  })

  it('and its journal grows by whole segments afterwards', () => {
    filledLibrary(3)
    rmSync(catalogFile())
    const opened = openLibrary(root, now)
    const rowIds = allRows(opened)
    const device = readdirSync(join(root, 'journal'))
    expect(device).toHaveLength(1)
    const folder = join(root, 'journal', device[0] ?? '')
    const before = readdirSync(folder).length
    opened.catalog.mutate({ kind: 'test', label: () => 'Test', undoable: true, now: now() }, (writer) => {
      const id = opened.catalog.assets.findByRow(rowIds[0] ?? 0)?.id
      writer.set('asset', id ?? '', 'rating', 3)
    })
    opened.catalog.close()
    expect(readdirSync(folder)).toHaveLength(before + 1)
    rmSync(catalogFile())
    const again = openLibrary(root, now)
    expect(
      again.catalog.assets
        .cards([...rowIds])
        .map((card) => card.rating)
        .sort(),
    ).toEqual([0, 0, 3])
    again.catalog.close()
    expect(existsSync(catalogFile())).toBe(true)
  })
})

describe('remotes', () => {
  it('come back with a rebuilt catalogue', () => {
    createLibrary(root, 'Remote', now())
    const { catalog } = openLibrary(root, now)
    catalog.remotes.add({
      id: randomUUID() as RemoteId,
      name: 'NAS',
      role: 'workspace',
      owner: 'user-1',
      location: { kind: 'folder', path: '/mnt/nas', prefix: '' },
      policy: remotePolicyPresets['workspace-temp'],
      createdAt: now(),
    })
    const before = catalog.remotes.list()
    catalog.close()
    writeFileSync(catalogFile(), 'damaged')
    const again = openLibrary(root, now)
    expect(again.setAside).not.toBeNull()
    expect(again.catalog.remotes.list()).toEqual(before)
    again.catalog.close()
  })
})
