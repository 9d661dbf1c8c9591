import { afterEach, expect, it, vi } from 'vitest'
import { seededBytes, temporaryFolder } from './support/files.ts'
import { syncLibrary } from './support/syncLibrary.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

it('looks at no asset when nothing has changed, since the last sync or the last process', async () => {
  const place = temporaryFolder()
  const library = syncLibrary()
  cleanups.push(
    () => place.remove(),
    () => library.close(),
  )
  library.addKept('one', seededBytes(1000, 'one'))
  const first = library.sync()
  await first.remotes.add({ role: 'library', location: { kind: 'folder', path: place.path, prefix: '' } })
  expect(await first.once()).toMatchObject({ uploaded: 1 })
  const looks = vi.spyOn(library.catalog.remotes, 'unsynced')
  const elsewhere = vi.spyOn(library.catalog.remotes, 'cloudOnly')
  await first.once()
  await first.close()

  const second = library.sync()
  expect(await second.once()).toMatchObject({ uploaded: 0, errors: [] })
  library.addKept('two', seededBytes(1000, 'two'))
  expect(await second.once()).toMatchObject({ uploaded: 1 })
  expect(looks).not.toHaveBeenCalled()
  expect(elsewhere).not.toHaveBeenCalled()
  await second.close()

  // What was done without sync has to be looked at.
  library.addKept('three', seededBytes(1000, 'three'))
  const third = library.sync()
  expect(await third.once()).toMatchObject({ uploaded: 1 })
  expect(looks).toHaveBeenCalled()
})
