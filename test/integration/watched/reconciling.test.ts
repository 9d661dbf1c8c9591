import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../import/support/importLibrary.ts'
import { jpeg } from '../import/support/pictures.ts'
import { freshFolder, openWatchedLibrary, until, type WatchedLibrary } from './support/watchedLibrary.ts'

/** The folders are looked at when a test asks for it: what is tested is what a look finds. */
let temporary: ReturnType<typeof freshFolder>
let library: WatchedLibrary
let pictures: string
const EARLIER = new Date(Date.now() - 60_000)

beforeEach(async () => {
  temporary = freshFolder()
  pictures = temporary.at('Pictures')
  mkdirSync(join(pictures, 'a', 'b'), { recursive: true })
  mkdirSync(temporary.at('Library'))
  library = await openWatchedLibrary(temporary.at('Library'), false)
})
afterEach(async () => {
  await library.close()
  temporary.remove()
})

async function picture(seed: number, ...names: string[]): Promise<string> {
  return put(await jpeg(seed), ...names)
}
/** Written a while ago: what was written just now is left for later. */
function put(bytes: string | Uint8Array, ...names: string[]): string {
  const path = join(pictures, ...names)
  writeFileSync(path, bytes)
  utimesSync(path, EARLIER, EARLIER)
  return path
}
async function idsByPath(): Promise<Map<string, string>> {
  return new Map((await library.assets()).map((asset) => [asset.storage_path.replace(`${pictures}/`, ''), asset.id]))
}
async function watching(): Promise<number> {
  const { id } = await library.add(pictures)
  await library.rescan(id)
  return id
}
const nothing = { added: 0, moved: 0, changed: 0, missing: 0, returned: 0, away: 0, failed: 0, unsettled: 0 }

describe('a watched folder', () => {
  it('has its files as assets where they are, and looks at each but once', async () => {
    const one = await picture(1, 'one.jpg')
    await picture(2, 'a', 'b', 'two.jpg')
    put('half', 'three.jpg.part')
    put('hidden', '.hidden.jpg')
    put('', 'empty.jpg')
    const before = readFileSync(one)
    const { id, state } = await library.add(pictures)
    expect(state).toBe('waiting')
    expect(await library.rescan(id)).toEqual({ ...nothing, seen: 3, added: 2, failed: 1 })
    await until(
      () => library.shown(pictures),
      (shown) => Object.values(shown).every((status) => status === 'available'),
    )
    expect(await library.shown(pictures)).toEqual({ 'one.jpg': 'available', 'a/b/two.jpg': 'available' })
    expect(readFileSync(one)).toEqual(before)
    expect(await library.rescan(id)).toEqual({ ...nothing, seen: 3, failed: 1 })
    const [folder] = await library.engine.request('watchedFolders.list', undefined)
    expect(folder).toMatchObject({ files: 2, missing: 0, state: 'up-to-date', problem: null, space: 'library' })
  })

  it('keeps the asset of a file that is renamed, moved to another folder, or changes places with another', async () => {
    await picture(1, 'one.jpg')
    await picture(2, 'two.jpg')
    await picture(3, 'a', 'three.jpg')
    const folder = await watching()
    const before = await idsByPath()
    const id = before.get('one.jpg')!
    await library.engine.request('assets.edit', { assets: { ids: [id as never] }, patch: { rating: 5 } })
    renameSync(join(pictures, 'one.jpg'), join(pictures, 'a', 'b', 'first.jpg'))
    renameSync(join(pictures, 'two.jpg'), join(pictures, 'swap'))
    renameSync(join(pictures, 'a', 'three.jpg'), join(pictures, 'two.jpg'))
    renameSync(join(pictures, 'swap'), join(pictures, 'a', 'three.jpg'))
    expect(await library.rescan(folder)).toEqual({ ...nothing, seen: 3, moved: 3 })
    const after = await idsByPath()
    expect(after.get('a/b/first.jpg')).toBe(id)
    expect(after.get('a/three.jpg')).toBe(before.get('two.jpg'))
    expect(after.get('two.jpg')).toBe(before.get('a/three.jpg'))
    const moved = (await library.assets()).find((asset) => asset.id === id)
    expect(moved).toMatchObject({ rating: 5, file_name: 'first.jpg', space: 'library' })
    // Nothing that a person did, so nothing that undo would take back.
    expect((await library.engine.request('history.undo', undefined)).label).toContain('Undid: ')
    expect(await idsByPath()).toEqual(after)
  })

  it('follows a folder that is renamed with all that is in it, in one line of the history', async () => {
    for (let seed = 0; seed < 20; seed++) await picture(seed, 'a', 'b', `${seed}.jpg`)
    const folder = await watching()
    const before = await idsByPath()
    renameSync(join(pictures, 'a'), join(pictures, 'renamed'))
    expect(await library.rescan(folder)).toEqual({ ...nothing, seen: 20, moved: 20 })
    const after = await idsByPath()
    for (const [path, id] of before) expect(after.get(path.replace('a/b', 'renamed/b'))).toBe(id)
    const lines = await library.engine.request('history.list', { limit: 100 })
    expect(lines.filter(({ kind }) => kind === 'relink')).toMatchObject([{ count: 20 }])
  })

  it('finds a file again that moved to another watched folder, and one that was copied there and deleted here', async () => {
    await picture(1, 'one.jpg')
    await picture(2, 'two.jpg')
    const other = temporary.at('Elsewhere')
    mkdirSync(other)
    const [first, second] = [await watching(), (await library.add(other)).id]
    await library.rescan(second)
    const before = await idsByPath()
    renameSync(join(pictures, 'one.jpg'), join(other, 'one.jpg'))
    copyFileSync(join(pictures, 'two.jpg'), join(other, 'a copy.jpg'))
    utimesSync(join(other, 'a copy.jpg'), EARLIER, EARLIER)
    rmSync(join(pictures, 'two.jpg'))
    // Whichever is looked at first.
    await library.rescan(second)
    await library.rescan(first)
    await library.rescan(second)
    const paths = new Map((await library.assets()).map((asset) => [asset.id as string, asset.storage_path]))
    expect(paths.get(before.get('one.jpg')!)).toBe(join(other, 'one.jpg'))
    expect([...paths.values()].sort()).toEqual([join(other, 'a copy.jpg'), join(other, 'one.jpg')])
    expect(new Set(Object.values(await library.shown(other)))).not.toContain('missing')
  })

  it('reads a file again that was changed in place, and keeps what people gave its asset', async () => {
    const path = await picture(1, 'one.jpg')
    await picture(2, 'two.jpg')
    const folder = await watching()
    const [before] = (await library.assets()).filter(({ file_name }) => file_name === 'one.jpg')
    const bytes = await jpeg(9)
    writeFileSync(path, bytes)
    utimesSync(path, EARLIER, new Date(EARLIER.getTime() + 5_000))
    expect(await library.rescan(folder)).toEqual({ ...nothing, seen: 2, changed: 1 })
    const read = await until(
      () => library.engine.request('assets.get', { id: before!.id }),
      ({ status }) => status === 'available',
    )
    expect(read).toMatchObject({ sha256: sha256(bytes), file_size_bytes: bytes.length, error_code: null })
    expect(read.thumbnail_path).toContain(sha256(bytes))
    expect(read.history.map(({ kind }) => kind)).toContain('content')
    // Touched, but the same bytes: nothing to do.
    utimesSync(path, EARLIER, new Date(EARLIER.getTime() + 9_000))
    expect(await library.rescan(folder)).toEqual({ ...nothing, seen: 2 })
  })

  it('says that a file is missing that was deleted, and takes it back with everything when it returns', async () => {
    const path = await picture(1, 'one.jpg')
    const bytes = readFileSync(path)
    const folder = await watching()
    const [asset] = await library.assets()
    await until(
      () => library.shown(pictures),
      (shown) => shown['one.jpg'] === 'available',
    )
    rmSync(path)
    expect(await library.rescan(folder)).toEqual({ ...nothing, seen: 0, missing: 1 })
    expect(await library.engine.request('assets.get', { id: asset!.id })).toMatchObject({
      status: 'missing',
      error_code: 'file_vanished',
    })
    expect(await library.rescan(folder)).toEqual({ ...nothing, seen: 0 })
    put(bytes, 'a', 'back.jpg')
    expect(await library.rescan(folder)).toEqual({ ...nothing, seen: 1, returned: 1 })
    expect(await library.engine.request('assets.get', { id: asset!.id })).toMatchObject({
      status: 'available',
      error_code: null,
      error_message: null,
      storage_path: join(pictures, 'a', 'back.jpg'),
    })
  })

  it('has one asset for copies and hard links of a file, which lives as long as one of them', async () => {
    const path = await picture(1, 'one.jpg')
    const folder = await watching()
    copyFileSync(path, join(pictures, 'copy.jpg'))
    utimesSync(join(pictures, 'copy.jpg'), EARLIER, EARLIER)
    linkSync(path, join(pictures, 'a', 'link.jpg'))
    await library.rescan(folder)
    expect(await library.assets()).toHaveLength(1)
    rmSync(path)
    await library.rescan(folder)
    const [left] = Object.entries(await library.shown(pictures))
    expect(left?.[1]).not.toBe('missing')
    expect(['copy.jpg', 'a/link.jpg']).toContain(left?.[0])
    rmSync(join(pictures, 'copy.jpg'))
    rmSync(join(pictures, 'a', 'link.jpg'))
    await library.rescan(folder)
    expect(Object.values(await library.shown(pictures))).toEqual(['missing'])
  })

  it('makes an asset of its own of a copy that is changed', async () => {
    const path = await picture(1, 'one.jpg')
    const folder = await watching()
    const copy = put(readFileSync(path), 'two.jpg')
    await library.rescan(folder)
    expect(await library.assets()).toHaveLength(1)
    await picture(2, 'two.jpg')
    utimesSync(copy, EARLIER, new Date(EARLIER.getTime() + 1_000))
    expect(await library.rescan(folder)).toMatchObject({ added: 1, changed: 0 })
    expect(Object.keys(await library.shown(pictures)).sort()).toEqual(['one.jpg', 'two.jpg'])
  })

  it('makes an asset of a copy whose original is changed', async () => {
    const path = await picture(1, 'one.jpg')
    const folder = await watching()
    put(readFileSync(path), 'two.jpg')
    await library.rescan(folder)
    await picture(2, 'one.jpg')
    utimesSync(path, EARLIER, new Date(EARLIER.getTime() + 1_000))
    expect(await library.rescan(folder)).toMatchObject({ added: 1, changed: 1 })
    expect(Object.keys(await library.shown(pictures)).sort()).toEqual(['one.jpg', 'two.jpg'])
    expect(new Set((await library.assets()).map((asset) => asset.sha256))).toEqual(
      new Set([sha256(await jpeg(1)), sha256(await jpeg(2))]),
    )
  })

  it('does not bring back what a person has put into Trash, and leaves its file alone', async () => {
    const path = await picture(1, 'one.jpg')
    const folder = await watching()
    const ids = (await library.assets()).map(({ id }) => id)
    await library.engine.request('assets.trash', { assets: { ids } })
    expect(await library.rescan(folder)).toEqual({ ...nothing, seen: 1 })
    expect(await library.shown(pictures)).toEqual({})
    expect(readFileSync(path)).toEqual(await jpeg(1))
  })

  it('never touches a file, whatever becomes of its asset', async () => {
    const path = await picture(1, 'one.jpg')
    put('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', 'one.xmp')
    const before = [readFileSync(path), readFileSync(join(pictures, 'one.xmp'))]
    const { id } = await library.add(pictures, 'workspace')
    await library.rescan(id)
    const [asset] = await library.assets()
    expect(asset).toMatchObject({ space: 'workspace', storage_path: path })
    const assets = { ids: [asset!.id] }
    await library.engine.request('assets.discard', { assets })
    await library.engine.request('assets.restore', { assets })
    await library.engine.request('assets.keep', { assets })
    await library.engine.request('assets.trash', { assets })
    // The same bytes come from elsewhere, to be moved into the library.
    const copy = temporary.at('copy.jpg')
    copyFileSync(path, copy)
    for (const moved of [copy, path]) {
      const started = await library.engine.request('imports.start', {
        paths: [moved],
        options: { mode: 'move', onDuplicate: 'skip' },
        source: 'command-line',
      })
      await until(
        () => library.engine.request('imports.get', { id: started.id }),
        ({ finishedAt }) => finishedAt !== null,
      )
    }
    await library.engine.request('watchedFolders.remove', { id, assets: 'trash' })
    expect([readFileSync(path), readFileSync(join(pictures, 'one.xmp'))]).toEqual(before)
  })

  it('keeps what describes a file with it, wherever both go', async () => {
    await picture(1, 'one.jpg')
    put('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', 'one.xmp')
    const folder = await watching()
    const sidecars = async () => (await library.assets()).flatMap((asset) => asset.sidecars)
    expect(await library.assets()).toHaveLength(1)
    expect(await sidecars()).toMatchObject([{ name: 'one.xmp', path: join(pictures, 'one.xmp') }])
    renameSync(join(pictures, 'one.jpg'), join(pictures, 'a', 'one.jpg'))
    renameSync(join(pictures, 'one.xmp'), join(pictures, 'a', 'one.xmp'))
    await library.rescan(folder)
    expect(await sidecars()).toMatchObject([{ path: join(pictures, 'a', 'one.xmp') }])
    const edited = '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="edited"/>'
    put(edited, 'a', 'one.xmp')
    await library.rescan(folder)
    expect(await sidecars()).toMatchObject([{ sha256: sha256(Buffer.from(edited)) }])
    rmSync(join(pictures, 'a', 'one.xmp'))
    await library.rescan(folder)
    expect(await sidecars()).toEqual([])
    put(edited, 'a', 'one.xmp')
    await library.rescan(folder)
    expect(await sidecars()).toMatchObject([{ name: 'one.xmp' }])
    expect(await library.assets()).toHaveLength(1)
  })

  it('does not follow links to folders, nor lose itself in what can’t be read', async () => {
    await picture(1, 'one.jpg')
    await picture(2, 'a', 'two.jpg')
    symlinkSync(pictures, join(pictures, 'a', 'loop'))
    symlinkSync(join(pictures, 'nowhere'), join(pictures, 'broken.jpg'))
    const folder = await watching()
    expect(Object.keys(await library.shown(pictures)).sort()).toEqual(['a/two.jpg', 'one.jpg'])
    if (process.getuid?.() === 0) return
    chmodSync(join(pictures, 'a'), 0)
    expect(await library.rescan(folder)).toMatchObject({ missing: 0 })
    chmodSync(join(pictures, 'a'), 0o755)
  })
})

describe('a watched folder that is not there', () => {
  it('is away as a whole: no asset is missing, and everything is as it was when it is back', async () => {
    await picture(1, 'one.jpg')
    const folder = await watching()
    renameSync(pictures, temporary.at('unplugged'))
    expect(await library.rescan(folder)).toEqual({ ...nothing, seen: 0 })
    const list = () => library.engine.request('watchedFolders.list', undefined)
    expect(await list()).toMatchObject([{ state: 'away', problem: { code: 'not_found' }, files: 1 }])
    expect(Object.values(await library.shown(pictures))).not.toContain('missing')
    renameSync(temporary.at('unplugged'), pictures)
    expect(await library.rescan(folder)).toEqual({ ...nothing, seen: 1 })
    expect(await list()).toMatchObject([{ state: 'up-to-date', problem: null }])
  })

  it('says so too when a file stands in its place', async () => {
    const folder = await watching()
    rmSync(pictures, { recursive: true })
    writeFileSync(pictures, '')
    await library.rescan(folder)
    expect(await library.engine.request('watchedFolders.list', undefined)).toMatchObject([
      { state: 'away', problem: { code: 'not_a_file' } },
    ])
  })
})

describe('a catalogue that is lost', () => {
  it('is rebuilt with its watched folders, and every file is the asset that it was', async () => {
    const path = await picture(1, 'one.jpg')
    put(readFileSync(path), 'two.jpg')
    await picture(3, 'a', 'three.jpg')
    await watching()
    const before = await idsByPath()
    await library.close()
    for (const name of ['catalog.sqlite', 'catalog.sqlite-wal', 'catalog.sqlite-shm']) {
      rmSync(join(temporary.at('Library'), name), { force: true })
    }
    renameSync(join(pictures, 'a', 'three.jpg'), join(pictures, 'a', 'moved.jpg'))
    library = await openWatchedLibrary(temporary.at('Library'), false)
    const [folder] = await library.engine.request('watchedFolders.list', undefined)
    expect(folder).toMatchObject({ path: pictures, space: 'library' })
    await library.rescan(folder!.id)
    const after = await idsByPath()
    expect(after.get('one.jpg')).toBe(before.get('one.jpg'))
    expect(after.get('a/moved.jpg')).toBe(before.get('a/three.jpg'))
    expect(after.size).toBe(2)
  })
})

describe('a folder that is no longer watched', () => {
  it.each(['keep', 'trash'] as const)('leaves its files where they are; assets: %s', async (assets) => {
    const path = await picture(1, 'one.jpg')
    const id = await watching()
    await library.engine.request('watchedFolders.remove', { id, assets })
    expect(await library.engine.request('watchedFolders.list', undefined)).toEqual([])
    expect(Object.keys(await library.shown(pictures))).toEqual(assets === 'keep' ? ['one.jpg'] : [])
    expect(readFileSync(path)).toEqual(await jpeg(1))
    await expect(library.rescan(id)).rejects.toMatchObject({ code: 'not_found' })
    // Watched again, it is the same assets.
    const before = await library.assets()
    await watching()
    expect((await library.assets()).map((asset) => asset.id)).toEqual(before.map((asset) => asset.id))
  })
})
