import { expect, it } from 'vitest'
import { libraryForEachTest } from './fixtures/testLibrary.ts'
import { previewNames, renameAssets } from './renameAssets.ts'

const library = libraryForEachTest()

it('names assets in the order of the selection, keeps their endings, and can be undone', () => {
  const [one, two] = [library.add('b.png'), library.add('a.tar.gz')]
  const result = renameAssets(library.catalog, { ids: [two, one] }, 'Pier {number:2}', library.now)
  expect(result).toMatchObject({ count: 2, label: 'Renamed 2 assets' })
  expect(library.names({ kind: 'library' }).sort()).toEqual(['Pier 01.gz', 'Pier 02.png'])
  library.catalog.history.undo(library.now)
  expect(library.names({ kind: 'library' }).sort()).toEqual(['a.tar.gz', 'b.png'])
})

it('finds them by their new names, also after a rebuild', () => {
  const id = library.add('IMG_1.png')
  renameAssets(library.catalog, { ids: [id] }, 'Harbour {name}', library.now)
  expect(library.names({ kind: 'library' }, 'harbour')).toEqual(['Harbour IMG_1.png'])
  library.rebuild()
  expect(library.names({ kind: 'library' }, 'harbour')).toEqual(['Harbour IMG_1.png'])
})

it('says beforehand what it would do, and refuses a pattern that it can’t understand', () => {
  const ids = [library.add('a.png'), library.add('b.png')]
  expect(previewNames(library.catalog, { ids }, '{name}-{number}', 1)).toEqual([{ from: 'a.png', to: 'a-1.png' }])
  expect(() => renameAssets(library.catalog, { ids }, '{nmae}', library.now)).toThrow('{nmae}')
})
