import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { libraryForEachTest } from '../fixtures/testLibrary.ts'
import { exportMetadata } from './exportMetadata.ts'

const library = libraryForEachTest()

it('writes a sidecar for each asset, also for those with one name, and none outside of the folder', async () => {
  const ids = [
    library.add('one', { fileName: 'pier.png' }),
    library.add('two', { fileName: 'Pier.png' }),
    library.add('three', { fileName: '../../outside.png' }),
  ]
  const folder = join(library.root, 'export')
  const written = await exportMetadata(library.catalog, { ids }, 'xmp', folder)
  expect(written).toMatchObject({ assets: 3, files: 3 })
  expect(readdirSync(folder).sort()).toEqual([`Pier.png.${ids[1]}.xmp`, 'outside.png.xmp', 'pier.png.xmp'].sort())
  expect(existsSync(join(library.root, '..', 'outside.png.xmp'))).toBe(false)
})
