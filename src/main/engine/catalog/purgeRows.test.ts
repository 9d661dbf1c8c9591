import { expect, it } from 'vitest'
import type { AssetId, RemoteId, Sha256 } from '../../../shared/domain/ids.ts'
import { openRemotePolicy } from '../../../shared/domain/remote.ts'
import { editAssets } from '../library/editAssets.ts'
import { addToCollection, createCollection } from '../library/editCollections.ts'
import { inTestLibrary, START, sha256Of, type TestLibrary } from '../library/fixtures/testLibrary.ts'
import { trashAssets } from '../library/trashAssets.ts'
import { openForReading } from './database.ts'

const REMOTE = '00000000-0000-4000-8000-000000000001' as RemoteId
const ids = Array.from({ length: 8 }, (_, index) => `00000000-0000-7000-8000-00000000000${index}` as AssetId)
/** The first four share bytes and the object in the bucket, two by two; two are not in Trash. */
const bytesOf = (index: number): Sha256 => sha256Of(`bytes ${index < 4 ? index % 2 : index}`)

function fill(library: TestLibrary): void {
  const { catalog } = library
  for (const [index, id] of ids.entries()) {
    const sha256 = bytesOf(index)
    const xmp = { name: '5.xmp', path: 'originals/2026/11/5.xmp', sha256: sha256Of('xmp'), bytes: 3 } as const
    const sidecars = index === 5 ? [{ ...xmp, sourcePath: '/5.xmp' }] : []
    library.add(`${index}.png`, { id, sha256, storagePath: `originals/${sha256}.png`, another: true, sidecars })
    editAssets(catalog, { ids: [id] }, { add_tags: ['sea', `sea/${index % 2}`] }, START)
  }
  const { collection } = createCollection(catalog, 'Posters', undefined, START)
  addToCollection(catalog, collection.id, { ids: ids.slice(2) }, START)
  const location = { kind: 'folder', path: '/bucket', prefix: '' } as const
  catalog.remotes.add({
    id: REMOTE,
    name: 'Bucket',
    role: 'library',
    owner: null,
    policy: openRemotePolicy,
    location,
    createdAt: START,
  })
  for (const [index, assetId] of ids.entries()) {
    const sha256 = bytesOf(index)
    const sent = {
      remoteId: REMOTE,
      assetId,
      sha256,
      kind: 'original',
      key: `${catalog.libraryId}/o/${sha256}`,
    } as const
    catalog.remotes.recordObject({ ...sent, size: 100, etag: null, verified: 'checksum', verifiedAt: START })
  }
  trashAssets(catalog, { ids: ids.slice(0, 6) }, START)
}

/** Everything that a purge can leave behind or take away. */
function left(library: TestLibrary): unknown {
  const db = openForReading(library.folder.catalog)
  const all = (sql: string): unknown[] =>
    JSON.parse(JSON.stringify(db.prepare(sql).all()).replaceAll(library.catalog.libraryId, 'library'))
  try {
    return [
      all('SELECT row_id, id FROM assets'),
      all('SELECT * FROM tombstones'),
      all('SELECT * FROM file_removals'),
      all('SELECT * FROM remote_removals'),
      all('SELECT * FROM remote_objects'),
      all('SELECT * FROM remote_totals'),
      all('SELECT kind, key FROM queue ORDER BY kind, key'),
      all('SELECT * FROM asset_totals'),
      all('SELECT field, value, count FROM facet_values ORDER BY field, value'),
      all('SELECT count(*) FROM asset_facets'),
      all('SELECT name, asset_count, total_count FROM tags ORDER BY name'),
      all('SELECT name, asset_count, total_count FROM collections ORDER BY name'),
      all('SELECT asset_row FROM asset_tags ORDER BY asset_row'),
      all('SELECT asset_row FROM collection_assets ORDER BY asset_row'),
      all('SELECT rowid FROM asset_search'),
      all("SELECT entity_id, stamp FROM stamps WHERE field = 'purged'").length,
    ]
  } finally {
    db.close()
  }
}

const spec = { kind: 'purge', label: () => 'Removed', undoable: false, now: START + 5 }

it.each([
  ['all', [0, 1, 2, 3, 4, 5, 6, 7]],
  ['some that share bytes with others that stay', [0, 1, 2, 5, 6]],
  ['none that exists', []],
])('removes %s at once as it does one after the other', (_what, places) => {
  const chosen = places.flatMap((place) => ids[place] ?? [])
  let [together, apart]: unknown[] = []
  inTestLibrary((library) => {
    fill(library)
    const rows = chosen.flatMap((id) => library.catalog.assets.findById(id)?.rowId ?? [])
    library.catalog.mutate(spec, (writer) => void writer.purge(rows, START + 5))
    together = left(library)
  })
  inTestLibrary((library) => {
    fill(library)
    library.catalog.mutate(spec, (writer) => {
      for (const id of chosen) writer.set('asset', id, 'purged', START + 5)
    })
    apart = left(library)
  })
  expect(together).toEqual(apart)
})
