import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../import/support/importLibrary.ts'
import { jpeg } from '../import/support/pictures.ts'
import { freshFolder, openWatchedLibrary, until, type WatchedLibrary } from './support/watchedLibrary.ts'

/** A person works in their folders while the program looks on; nobody asks it to look. */
let temporary: ReturnType<typeof freshFolder>
let library: WatchedLibrary
let pictures: string

beforeEach(async () => {
  temporary = freshFolder()
  pictures = temporary.at('Pictures')
  mkdirSync(join(pictures, 'a', 'b'), { recursive: true })
  mkdirSync(temporary.at('Library'))
  library = await openWatchedLibrary(temporary.at('Library'))
})
afterEach(async () => {
  await library.close()
  temporary.remove()
})

async function picture(seed: number, ...names: string[]): Promise<void> {
  writeFileSync(join(pictures, ...names), await jpeg(seed))
}
async function paths(): Promise<string[]> {
  return Object.keys(await library.shown(pictures)).sort()
}
async function come(...expected: string[]): Promise<void> {
  await until(paths, (found) => JSON.stringify(found) === JSON.stringify([...expected].sort()))
}
async function reopen(meanwhile: () => Promise<void>): Promise<void> {
  await library.close()
  await meanwhile()
  library = await openWatchedLibrary(temporary.at('Library'))
}
async function idOf(path: string): Promise<string | undefined> {
  return (await library.assets()).find((asset) => asset.storage_path === join(pictures, path))?.id
}

describe('a watched folder that a person works in', () => {
  it('has every file as an asset, also those that come later and into new folders', async () => {
    for (let seed = 0; seed < 300; seed++) await picture(seed, seed % 2 === 0 ? '' : 'a', `${seed}.jpg`)
    await library.add(pictures)
    await until(paths, (found) => found.length === 300)
    await picture(1000, 'later.jpg')
    mkdirSync(join(pictures, 'new', 'deep', 'er'), { recursive: true })
    await picture(1001, 'new', 'deep', 'er', 'deepest.jpg')
    await until(paths, (found) => found.length === 302)
    expect(await paths()).toContain('new/deep/er/deepest.jpg')
    await until(
      () => library.shown(pictures),
      (shown) => Object.values(shown).every((status) => status === 'available'),
    )
  })

  it('keeps the assets of files and folders that are renamed and moved, one after the other', async () => {
    await picture(1, 'one.jpg')
    await picture(2, 'a', 'b', 'two.jpg')
    await library.add(pictures)
    await come('one.jpg', 'a/b/two.jpg')
    const [one, two] = [await idOf('one.jpg'), await idOf('a/b/two.jpg')]
    renameSync(join(pictures, 'one.jpg'), join(pictures, 'a', 'b', 'first.jpg'))
    await come('a/b/first.jpg', 'a/b/two.jpg')
    renameSync(join(pictures, 'a'), join(pictures, 'renamed'))
    await come('renamed/b/first.jpg', 'renamed/b/two.jpg')
    // A folder that was renamed is listened to under its new name.
    await picture(3, 'renamed', 'b', 'three.jpg')
    await come('renamed/b/first.jpg', 'renamed/b/two.jpg', 'renamed/b/three.jpg')
    expect(await idOf('renamed/b/first.jpg')).toBe(one)
    expect(await idOf('renamed/b/two.jpg')).toBe(two)
  })

  it('sees edits, losses and returns', async () => {
    await picture(1, 'one.jpg')
    await library.add(pictures)
    await come('one.jpg')
    const id = await idOf('one.jpg')
    const edited = await jpeg(7)
    writeFileSync(join(pictures, 'one.jpg'), edited)
    const asset = async () => (await library.assets()).find((found) => found.id === id)
    await until(asset, (found) => found?.sha256 === sha256(edited) && found.status === 'available')
    renameSync(join(pictures, 'one.jpg'), temporary.at('aside.jpg'))
    await until(asset, (found) => found?.status === 'missing')
    renameSync(temporary.at('aside.jpg'), join(pictures, 'a', 'back.jpg'))
    await until(asset, (found) => found?.status === 'available')
    expect(await asset()).toMatchObject({ storage_path: join(pictures, 'a', 'back.jpg') })
  })

  it('takes a file that is written slowly only when it is whole', async () => {
    await library.add(pictures)
    const bytes = await jpeg(1)
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 8)) {
      writeFileSync(join(pictures, 'slow.jpg'), bytes.subarray(at, at + Math.ceil(bytes.length / 8)), { flag: 'a' })
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
    await come('slow.jpg')
    expect((await library.assets()).map((asset) => asset.sha256)).toEqual([sha256(bytes)])
  })

  it('is as it is when the program was closed meanwhile, whatever happened', async () => {
    for (let seed = 0; seed < 12; seed++) await picture(seed, 'a', `${seed}.jpg`)
    await library.add(pictures)
    await until(paths, (found) => found.length === 12)
    const before = new Map(
      await Promise.all([...Array(12).keys()].map(async (n) => [n, await idOf(`a/${n}.jpg`)] as const)),
    )
    await reopen(async () => {
      renameSync(join(pictures, 'a'), join(pictures, 'z'))
      renameSync(join(pictures, 'z', '0.jpg'), join(pictures, 'root.jpg'))
      renameSync(join(pictures, 'z', '1.jpg'), join(pictures, 'swap'))
      renameSync(join(pictures, 'z', '2.jpg'), join(pictures, 'z', '1.jpg'))
      renameSync(join(pictures, 'swap'), join(pictures, 'z', '2.jpg'))
      rmSync(join(pictures, 'z', '3.jpg'))
      await picture(100, 'z', '4.jpg')
      await picture(101, 'z', 'new.jpg')
    })
    const edited = sha256(await jpeg(100))
    await until(
      () => library.assets(),
      (assets) =>
        assets.length === 13 &&
        assets.some((asset) => asset.sha256 === edited) &&
        assets.some(({ status }) => status === 'missing'),
    )
    expect(await idOf('root.jpg')).toBe(before.get(0))
    expect(await idOf('z/2.jpg')).toBe(before.get(1))
    expect(await idOf('z/1.jpg')).toBe(before.get(2))
    expect(await idOf('z/4.jpg')).toBe(before.get(4))
    for (let seed = 5; seed < 12; seed++) expect(await idOf(`z/${seed}.jpg`)).toBe(before.get(seed))
    const missing = (await library.assets()).filter(({ status }) => status === 'missing')
    expect(missing.map(({ id }) => id)).toEqual([before.get(3)])
  })

  it('notices by itself that the folder is gone and that it is back', async () => {
    await picture(1, 'one.jpg')
    await library.add(pictures)
    await come('one.jpg')
    const state = async () => (await library.engine.request('watchedFolders.list', undefined))[0]?.state
    await until(state, (found) => found === 'up-to-date')
    renameSync(pictures, temporary.at('unplugged'))
    await until(state, (found) => found === 'away')
    expect(Object.values(await library.shown(pictures))).not.toContain('missing')
    renameSync(temporary.at('unplugged'), pictures)
    await until(state, (found) => found === 'up-to-date')
    await picture(2, 'two.jpg')
    await come('one.jpg', 'two.jpg')
    expect(readFileSync(join(pictures, 'one.jpg'))).toEqual(await jpeg(1))
  })

  it('is refused when it overlaps with another or with the library', async () => {
    await library.add(pictures)
    for (const path of [pictures, join(pictures, 'a'), temporary.path, temporary.at('Library', 'drop')]) {
      await expect(library.add(path)).rejects.toMatchObject({ code: 'folder_overlaps' })
    }
    await expect(library.add(temporary.at('nowhere'))).rejects.toMatchObject({ code: 'not_found' })
  })
})
