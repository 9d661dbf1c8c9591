import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChokidarWatcher } from '../../../src/main/engine/adapters/chokidarWatcher.ts'
import { nodeClock } from '../../../src/main/engine/adapters/nodeClock.ts'
import type { Clock, MediaTask, WatchHandle } from '../../../src/main/engine/ports.ts'
import type { Asset } from '../../../src/shared/domain/asset.ts'
import {
  filesBelow,
  type ImportLibrary,
  inconsistencies,
  type LibrarySettings,
  openImportLibrary,
  sha256,
  temporaryFolder,
} from './support/importLibrary.ts'
import { jpeg } from './support/pictures.ts'

const PROMPT = 'a castle\nNegative prompt: fog\nSteps: 20, Sampler: Euler a, Seed: 7'
const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'

let temporary: ReturnType<typeof temporaryFolder>
let library: ImportLibrary
let source: string
let tasks: MediaTask[]
beforeEach(() => {
  temporary = temporaryFolder()
  source = join(temporary.path, 'source')
  mkdirSync(source)
  tasks = []
  library = open()
})
afterEach(async () => {
  expect(inconsistencies(library)).toEqual([])
  expect(library.defects).toEqual([])
  await library.close()
  temporary.remove()
})

function open(settings: LibrarySettings = {}): ImportLibrary {
  return openImportLibrary(join(temporary.path, 'library'), { ...settings, onTask: (task) => void tasks.push(task) })
}

function put(name: string, content: Buffer | string): string {
  const path = join(source, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

const named = (name: string): Asset => {
  const asset = library.assets().find(({ file_name }) => file_name === name)
  if (asset === undefined) throw new Error(`There is no asset ${name}`)
  return asset
}
/** What describes an asset, by name: the text that is stored. */
const described = (name: string): Record<string, string> =>
  Object.fromEntries(
    named(name).sidecars.map((sidecar) => [
      sidecar.name,
      readFileSync(join(library.folder.root, sidecar.path), 'utf8'),
    ]),
  )
const names = (): string[] =>
  library
    .assets()
    .map(({ file_name }) => file_name)
    .sort()
const left = (): string[] => filesBelow(source).map((path) => path.slice(source.length + 1))

describe('files that describe others', () => {
  it('are stored beside them and are no assets; a text that is no prompt is one', async () => {
    put('a.jpg', await jpeg(1))
    put('a.txt', PROMPT)
    put('a.jpg.xmp', XMP)
    put('deep/b.jpg', await jpeg(2))
    put('deep/b.swarm.json', '{}')
    put('readme.jpg', await jpeg(3))
    put('readme.txt', 'Read me first.')
    put('lonely.xmp', `${XMP} `)
    put('alone.txt', `${PROMPT} `)
    expect(await library.importer.preview([source])).toMatchObject({ files: 5, sidecars: 4 })

    const report = await library.import([source])
    expect(report.failed).toEqual([])
    expect(names()).toEqual(['a.jpg', 'alone.txt', 'b.jpg', 'lonely.xmp', 'readme.jpg', 'readme.txt'])
    expect(described('a.jpg')).toEqual({ 'a.jpg.xmp': XMP, 'a.txt': PROMPT })
    expect(described('b.jpg')).toEqual({ 'b.swarm.json': '{}' })
    expect(described('readme.jpg')).toEqual({})
    const { storage_path, sidecars } = named('a.jpg')
    expect(sidecars.map(({ path }) => path).sort()).toEqual([`${storage_path}.txt`, `${storage_path}.xmp`])
    expect(report.sidecars.map(({ path, of }) => [basename(path), of]).sort()).toEqual([
      ['a.jpg.xmp', named('a.jpg').id],
      ['a.txt', named('a.jpg').id],
      ['b.swarm.json', named('b.jpg').id],
    ])
    expect(library.importer.list()[0]).toMatchObject({ found: 9, imported: 6, sidecars: 3, skipped: 0, failed: 0 })
    expect(left()).toHaveLength(9)
  })

  it('are read together with them', async () => {
    put('a.jpg', await jpeg(1))
    put('a.txt', PROMPT)
    await library.import([source])
    expect(tasks.map(({ sidecars }) => sidecars)).toEqual([
      [join(library.folder.root, `${named('a.jpg').storage_path}.txt`)],
    ])
  })

  it('come along with a file that is named alone, but are files of their own when they are', async () => {
    const path = put('a.jpg', await jpeg(1))
    const text = put('a.txt', PROMPT)
    await library.import([path])
    expect(described('a.jpg')).toEqual({ 'a.txt': PROMPT })
    await library.import([text])
    expect(names()).toEqual(['a.jpg', 'a.txt'])
  })

  it('belong to their files whichever is named first', async () => {
    const report = await library.import([put('a.txt', PROMPT), put('a.jpg', await jpeg(1))])
    expect([report.imported.length, report.sidecars.length]).toEqual([1, 1])
    expect(described('a.jpg')).toEqual({ 'a.txt': PROMPT })
  })

  it('may describe several files: each has its own copy', async () => {
    put('raw and picture.jpg', await jpeg(1))
    put('raw and picture.tif', await jpeg(2))
    put('raw and picture.xmp', XMP)
    const report = await library.import([source], { mode: 'move' })
    expect(report.sidecars).toHaveLength(1)
    expect(described('raw and picture.jpg')).toEqual({ 'raw and picture.xmp': XMP })
    expect(described('raw and picture.tif')).toEqual({ 'raw and picture.xmp': XMP })
    expect(left()).toEqual([])
  })

  it('are taken by an asset that exists, which is read again; a newer version counts', async () => {
    const path = put('a.jpg', await jpeg(1))
    await library.import([path])
    for (const text of [PROMPT, PROMPT, `${PROMPT}8`]) {
      put('a.txt', text)
      const report = await library.import([path], { mode: 'copy' })
      expect([report.duplicates.length, report.sidecars.length]).toEqual([1, 1])
    }
    expect(named('a.jpg').sidecars.map(({ sha256: hash }) => hash)).toEqual([
      sha256(Buffer.from(PROMPT)),
      sha256(Buffer.from(`${PROMPT}8`)),
    ])
    expect(tasks.map(({ sidecars }) => sidecars.map((file) => readFileSync(file, 'utf8')))).toEqual([
      [],
      [PROMPT],
      [`${PROMPT}8`],
    ])
    expect(library.assets()).toMatchObject([{ status: 'available' }])
  })

  it('are files of their own when they are huge', async () => {
    put('a.jpg', await jpeg(1))
    put('a.txt', `${PROMPT}\n${'x'.repeat(1024 * 1024)}`)
    put('a.xmp', Buffer.alloc(17 * 1024 * 1024, 'x'))
    await library.import([source])
    expect(names()).toEqual(['a.jpg', 'a.txt', 'a.xmp'])
    expect(described('a.jpg')).toEqual({})
  })

  it('beside an original that has no extension can be told from documents', async () => {
    put('thing', Buffer.from([0, 1, 2, 3, 254, 255, 0, 0, 7]))
    put('thing.xmp', XMP)
    await library.import([source])
    expect(described('thing')).toEqual({ 'thing.xmp': XMP })
    expect(await library.importer.sweepUnregistered()).toBe(0)
    expect(names()).toEqual(['thing'])
  })

  it('survive a rebuild from the journal', async () => {
    put('a.jpg', await jpeg(1))
    put('a.txt', PROMPT)
    await library.import([source])
    put('a.xmp', XMP)
    await library.import([join(source, 'a.jpg')])
    const before = named('a.jpg').sidecars
    expect(before).toHaveLength(2)
    await library.close()
    renameSync(library.folder.catalog, `${library.folder.catalog}.old`)
    library = open()
    expect(await library.importer.sweepUnregistered()).toBe(0)
    expect(named('a.jpg').sidecars).toEqual(before)
  })
})

describe('moving', () => {
  it('takes what describes a file along', async () => {
    put('a.jpg', await jpeg(1))
    put('a.txt', PROMPT)
    put('a.xmp', XMP)
    await library.import([source], { mode: 'move' })
    expect(left()).toEqual([])
    expect(Object.keys(described('a.jpg')).sort()).toEqual(['a.txt', 'a.xmp'])
  })

  it('leaves it beside a file that failed, and takes both when that is tried again', async () => {
    const path = put('a.jpg', '')
    put('a.txt', PROMPT)
    const report = await library.import([source], { mode: 'move' })
    expect([report.failed.length, report.imported.length]).toEqual([1, 0])
    expect(report.sidecars).toMatchObject([{ of: null }])
    expect(left().sort()).toEqual(['a.jpg', 'a.txt'])
    writeFileSync(path, await jpeg(1))
    const [summary] = library.importer.list()
    library.importer.retry(summary!.id)
    await library.importer.whenSettled(summary!.id)
    expect(described('a.jpg')).toEqual({ 'a.txt': PROMPT })
    expect(left()).toEqual([])
  })

  it('goes on after a kill between the commit and the removal', async () => {
    put('a.jpg', await jpeg(1))
    const text = put('a.txt', PROMPT)
    const { id } = library.importer.start([source], { space: 'workspace', mode: 'move' }, 'command-line')
    await library.importer.whenSettled(id)
    writeFileSync(text, PROMPT)
    library.catalog.imports.setState(id, 'running', null)
    library.importer.resumeUnfinished()
    await library.importer.whenSettled(id)
    expect(left()).toEqual([])
  })
})

describe('linking', () => {
  it('refers to what describes a file where it is', async () => {
    const path = put('a.jpg', await jpeg(1))
    const text = put('a.txt', PROMPT)
    await library.import([source], { mode: 'link' })
    expect(named('a.jpg')).toMatchObject({ storage_path: path, sidecars: [{ name: 'a.txt', path: text }] })
    expect(filesBelow(library.folder.originals)).toEqual([])
  })
})

describe('what is left of a crash', () => {
  it('an original and its sidecar without a row become one asset', async () => {
    put('a.jpg', await jpeg(1))
    await library.import([source])
    const folder = dirname(join(library.folder.root, named('a.jpg').storage_path))
    const lost = await jpeg(2)
    const name = `lost.${sha256(lost).slice(0, 12)}.jpg`
    writeFileSync(join(folder, name), lost)
    writeFileSync(join(folder, `${name}.txt`), PROMPT)
    expect(await library.importer.sweepUnregistered()).toBe(1)
    await Promise.all(library.importer.list().map(({ id }) => library.importer.whenSettled(id)))
    expect(names()).toEqual(['a.jpg', 'lost.jpg'])
    expect(described('lost.jpg')).toEqual({ 'lost.jpg.txt': PROMPT })
  })

  it('a sidecar that its asset has already, under another name, goes', async () => {
    put('a.jpg', await jpeg(1))
    put('a.txt', PROMPT)
    await library.import([source])
    const [sidecar] = named('a.jpg').sidecars
    const path = join(library.folder.root, sidecar!.path)
    writeFileSync(path.replace('.txt', `-${sha256(Buffer.from(PROMPT)).slice(0, 12)}.txt`), PROMPT)
    expect(await library.importer.sweepUnregistered()).toBe(0)
    expect(existsSync(path)).toBe(true)
  })

  it('a sidecar whose original is nowhere is left alone, and is no asset', async () => {
    put('a.jpg', await jpeg(1))
    await library.import([source])
    const folder = dirname(join(library.folder.root, named('a.jpg').storage_path))
    const stray = join(folder, 'gone.0123456789ab.jpg.txt')
    writeFileSync(stray, PROMPT)
    expect(await library.importer.sweepUnregistered()).toBe(0)
    expect(names()).toEqual(['a.jpg'])
    expect(existsSync(stray)).toBe(true)
    rmSync(stray)
  })
})

describe('in the drop folder', () => {
  let drop: string
  let handle: WatchHandle
  /** Twenty times as fast, so that waiting takes half a second. */
  const start = Date.now()
  const hurried: Clock = {
    now: () => start + (Date.now() - start) * 20,
    after: (ms, callback) => nodeClock.after(ms / 20, callback),
  }
  beforeEach(async () => {
    drop = join(temporary.path, 'drop')
    mkdirSync(drop)
    await library.close()
    await serve(nodeClock)
  })
  afterEach(() => handle.close())

  async function serve(clock: Clock): Promise<void> {
    library = open({ dropFolder: drop, clock })
    library.importer.resumeUnfinished()
    const opened = library
    handle = await createChokidarWatcher({ clock: nodeClock, ignore: () => false }).start(drop, {
      onStable: (file) => opened.importer.importDropped(file),
      onProblem: () => {},
    })
  }
  const isOver = (): boolean =>
    !library.importer.holding && library.importer.list().every(({ finishedAt }) => finishedAt !== null)
  async function until(reached: () => boolean): Promise<void> {
    while (!reached()) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const drained = (): Promise<void> => until(() => filesBelow(drop).length === 0 && isOver())
  const write = (name: string, content: Buffer | string): void => {
    mkdirSync(dirname(join(drop, name)), { recursive: true })
    writeFileSync(join(drop, name), content)
  }

  it('comes together with its picture', async () => {
    for (let seed = 0; seed < 10; seed++) {
      write(`job/${seed}.jpg`, await jpeg(seed))
      write(`job/${seed}.txt`, `${seed} ${PROMPT}`)
    }
    await drained()
    expect(library.assets()).toHaveLength(10)
    for (let seed = 0; seed < 10; seed++)
      expect(described(`${seed}.jpg`)).toEqual({ [`${seed}.txt`]: `${seed} ${PROMPT}` })
  })

  it('comes after its picture, which is then read again', async () => {
    write('a.jpg', await jpeg(1))
    await until(() => library.assets()[0]?.status === 'available' && isOver())
    write('a.txt', PROMPT)
    await drained()
    expect(names()).toEqual(['a.jpg'])
    expect(described('a.jpg')).toEqual({ 'a.txt': PROMPT })
    expect(tasks.map(({ sidecars }) => sidecars.length)).toEqual([0, 1])
  })

  it('comes after its picture although the engine was started anew in between', async () => {
    write('a.jpg', await jpeg(1))
    await until(() => library.assets()[0]?.status === 'available' && isOver())
    await handle.close()
    await library.close()
    write('a.txt', PROMPT)
    await serve(nodeClock)
    await drained()
    expect(described('a.jpg')).toEqual({ 'a.txt': PROMPT })
  })

  it('comes before its picture, and waits for it', async () => {
    write('a.txt', PROMPT)
    await until(() => library.importer.holding)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(filesBelow(drop)).toHaveLength(1)
    write('a.jpg', await jpeg(1))
    await drained()
    expect(described('a.jpg')).toEqual({ 'a.txt': PROMPT })
    expect(names()).toEqual(['a.jpg'])
  })

  it('is a file of its own when no picture comes; a text that is no prompt does not wait', async () => {
    await handle.close()
    await library.close()
    await serve(hurried)
    write('a.txt', PROMPT)
    write('b.xmp', XMP)
    write('notes.txt', 'Notes')
    await until(() => names().includes('notes.txt'))
    expect(names()).toEqual(['notes.txt'])
    await drained()
    expect(names()).toEqual(['a.txt', 'b.xmp', 'notes.txt'])
  })

  it('stays with a picture that failed, and follows it when that is mended', async () => {
    write('a.jpg', '')
    write('a.txt', PROMPT)
    await until(() => library.importer.list().some(({ failed }) => failed === 1) && isOver())
    expect(filesBelow(drop)).toHaveLength(2)
    write('a.jpg', await jpeg(1))
    await drained()
    expect(described('a.jpg')).toEqual({ 'a.txt': PROMPT })
  })

  it('belongs to the picture it came with, however often names are used again', async () => {
    for (let seed = 0; seed < 4; seed++) {
      write('output.jpg', await jpeg(seed))
      write('output.txt', `${seed} ${PROMPT}`)
      await drained()
    }
    const texts = library
      .assets()
      .map(({ sidecars }) => readFileSync(join(library.folder.root, sidecars[0]!.path), 'utf8'))
    expect(texts.sort()).toEqual([0, 1, 2, 3].map((seed) => `${seed} ${PROMPT}`))
  })
})
