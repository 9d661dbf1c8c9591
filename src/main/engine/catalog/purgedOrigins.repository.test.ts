import { expect, it } from 'vitest'
import type { AssetId, RemoteId } from '../../../shared/domain/ids.ts'
import { openRemotePolicy } from '../../../shared/domain/remote.ts'
import { libraryForEachTest, START, sha256Of } from '../library/fixtures/testLibrary.ts'
import { adoptedCell } from './adoptedKey.ts'

const REMOTE = '00000000-0000-4000-8000-000000000001' as RemoteId
const ARRIVAL = 'a'.repeat(32)
const library = libraryForEachTest()

function addRemote(): void {
  library.catalog.remotes.add({
    id: REMOTE,
    name: 'Bucket',
    role: 'library',
    owner: null,
    policy: openRemotePolicy,
    location: { kind: 'folder', path: '/bucket', prefix: '' },
    createdAt: START,
  })
}
function adopted(name: string, key: string): AssetId {
  const id = library.add(name)
  library.catalog.mutate({ kind: 'import', label: () => '', undoable: false, now: START }, (writer) => {
    writer.set('asset', id, 'object_key', adoptedCell(sha256Of(name), key))
  })
  return id
}
function purge(id: AssetId): void {
  const row = library.catalog.assets.findById(id)!.rowId
  library.catalog.mutate({ kind: 'purge', label: () => '', undoable: false, now: START }, (writer) =>
    writer.purge([row], START),
  )
}
const listed = (key: string, modifiedAt: number | null, size = 100) => ({ key, size, etag: null, modifiedAt })
const recognise = (key: string, modifiedAt: number | null, size?: number) =>
  library.catalog.adopted.recognise(REMOTE, listed(key, modifiedAt, size))

it('knows an object whose asset is gone for good, also in a catalogue that was made anew', () => {
  addRemote()
  purge(adopted('a.png', 'theirs/a.png'))
  for (const make of [() => {}, () => library.rebuild()]) {
    make()
    expect(recognise('theirs/a.png', START + 1)).toBe(false)
    expect(recognise('theirs/a.png', START - 1, 101)).toBe(false)
    expect(recognise('theirs/b.png', START - 1)).toBe(false)
  }
  expect(recognise('theirs/a.png', START - 1)).toBe(true)
})

it('knows nothing of where an asset came from that has other content by now', () => {
  addRemote()
  const id = adopted('a.png', 'theirs/a.png')
  library.catalog.mutate({ kind: 'edit', label: () => '', undoable: false, now: START }, (writer) => {
    writer.set('asset', id, 'object_key', adoptedCell(sha256Of('before'), 'theirs/a.png'))
  })
  purge(id)
  expect(recognise('theirs/a.png', START - 1)).toBe(false)
})

it.each(['/home/me/Library/cache/arrivals/', 'D:\\Library\\cache\\arrivals\\'])(
  'knows a file of a workspace bucket whose asset is gone for good, below %s',
  (folder) => {
    const sourcePath = `${folder}${ARRIVAL}${folder.at(-1)}one.png`
    const id = library.add('one.png', { space: 'workspace', sourcePath })
    expect(library.catalog.purgedOrigins.ofArrival(ARRIVAL)).toBeUndefined()
    purge(id)
    expect(library.catalog.purgedOrigins.ofArrival(ARRIVAL)).toBe(id)
    library.rebuild()
    expect(library.catalog.purgedOrigins.ofArrival(ARRIVAL)).toBe(id)
    expect(library.catalog.purgedOrigins.ofArrival('b'.repeat(32))).toBeUndefined()
  },
)
