import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../../src/main/engine/engine.ts'
import type { LocalEngine } from '../../../src/main/engine/host/engineDoor.ts'
import type { ImportReport } from '../../../src/shared/domain/import.ts'
import { mediaProgram, temporaryFolder } from './support/importLibrary.ts'
import { jpeg } from './support/pictures.ts'

let temporary: ReturnType<typeof temporaryFolder>
let engine: LocalEngine
let source: string
let root: string
beforeEach(async () => {
  temporary = temporaryFolder()
  source = join(temporary.path, 'source')
  root = join(temporary.path, 'library')
  mkdirSync(source)
  mkdirSync(root)
  engine = await createEngine({ root, create: { name: 'Test' }, serving: false, mediaProgram })
})
afterEach(async () => {
  await engine.close()
  temporary.remove()
})

async function put(name: string, content: Buffer | string = name): Promise<string> {
  const path = join(source, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

async function take(paths: readonly string[], ignore?: string[]): Promise<ImportReport> {
  const { id } = await engine.request('imports.start', {
    paths: [...paths],
    options: { space: 'workspace', mode: 'copy', ...(ignore && { ignore }) },
    source: 'command-line',
  })
  while ((await engine.request('imports.get', { id })).finishedAt === null) await pause(10)
  return engine.request('imports.report', { id })
}
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const imported = (report: ImportReport): string[] => report.imported.map(({ path }) => basename(path)).sort()
const ignored = (report: ImportReport): string[] =>
  report.skipped
    .filter(({ code }) => code === 'ignored')
    .map(({ path }) => path.slice(source.length + 1))
    .sort()

describe('patterns of what is left out', () => {
  it('of one import: files are counted as skipped, folders are not entered', async () => {
    for (const name of [
      'a.md',
      'b_mask.md',
      'cache/c.md',
      'deep/cache/d.md',
      'deep/x.md',
      'drafts/y.md',
      'deep/drafts/z.md',
    ])
      await put(name)
    const report = await take([source], ['*_mask.*', 'CACHE/', '/drafts/*.md'])
    expect(imported(report)).toEqual(['a.md', 'x.md', 'z.md'])
    expect(ignored(report)).toEqual(['b_mask.md', 'cache', 'deep/cache', 'drafts/y.md'])
    expect(report.failed).toEqual([])
  })

  it('hold for files that are named, not for a folder that is', async () => {
    const report = await take(
      [await put('a_mask.md'), await put('b.md'), dirname(await put('cache/c.md'))],
      ['*_mask.md', 'cache'],
    )
    expect(imported(report)).toEqual(['b.md', 'c.md'])
    expect(ignored(report)).toEqual(['a_mask.md'])
  })

  it('hold for what describes a file', async () => {
    await put('a.jpg', await jpeg(1))
    await put('a.txt', 'Steps: 1, Seed: 1')
    await put('a.xmp')
    const report = await take([source], ['*.txt'])
    expect([imported(report), ignored(report)]).toEqual([['a.jpg'], ['a.txt']])
    expect(report.sidecars.map(({ path }) => basename(path))).toEqual(['a.xmp'])
  })

  it('of the library hold for every import and preview, in addition to those of the import', async () => {
    expect(await engine.request('imports.settings', undefined)).toMatchObject({ ignore: [], onDuplicate: 'skip' })
    await engine.request('imports.configure', { ignore: ['*.psd', ' *.blend1 '] })
    expect(await engine.request('imports.settings', undefined)).toMatchObject({ ignore: ['*.psd', '*.blend1'] })
    for (const name of ['a.md', 'b.psd', 'c.blend1', 'd.bak']) await put(name)
    expect(await engine.request('imports.preview', { paths: [source] })).toMatchObject({ files: 2, skipped: 2 })
    const report = await take([source], ['*.bak'])
    expect([imported(report), ignored(report)]).toEqual([['a.md'], ['b.psd', 'c.blend1', 'd.bak']])
  })

  it('of the library survive a restart, and hold for the drop folder from the moment they are set', async () => {
    const drop = join(root, 'drop')
    await engine.startServing()
    await engine.request('imports.configure', { ignore: ['*.part*', 'previews/'] })
    mkdirSync(join(drop, 'previews'))
    for (const name of ['a.part1', 'previews/b.md', 'c.md']) writeFileSync(join(drop, name), name)
    while (existsSync(join(drop, 'c.md'))) await pause(20)
    await engine.request('imports.drained', undefined)
    await engine.close()
    engine = await createEngine({ root, serving: false, mediaProgram })
    await engine.startServing()
    writeFileSync(join(drop, 'd.md'), 'd')
    while (existsSync(join(drop, 'd.md'))) await pause(20)
    await engine.request('imports.drained', undefined)
    expect([existsSync(join(drop, 'a.part1')), existsSync(join(drop, 'previews/b.md'))]).toEqual([true, true])
    expect(await engine.request('library.counts', undefined)).toMatchObject({ workspace: 2 })
  })

  it.each([
    ['a[b'],
    ['!a'],
    ['{a,b}'.repeat(7)],
    ['x'.repeat(201)],
    Array.from({ length: 201 }, (_, index) => `${index}`),
  ])('that mean nothing are refused, and nothing changes: %s', async (...ignore) => {
    await put('a.md')
    const refused = expect.objectContaining({ code: 'invalid_request' })
    await expect(engine.request('imports.configure', { ignore })).rejects.toEqual(refused)
    await expect(take([source], ignore)).rejects.toEqual(refused)
    expect(await engine.request('imports.settings', undefined)).toMatchObject({ ignore: [] })
    expect(await engine.request('imports.list', undefined)).toEqual([])
  })
})

describe('the policy on duplicates', () => {
  it('of the library holds unless the import has its own', async () => {
    await engine.request('imports.configure', { onDuplicate: 'keep-both' })
    const path = await put('a.md')
    expect(await take([path])).toMatchObject({ imported: [{ path }], duplicates: [] })
    expect(await take([path])).toMatchObject({ imported: [{ path }], duplicates: [] })
    const { id } = await engine.request('imports.start', {
      paths: [path],
      options: { onDuplicate: 'skip' },
      source: 'window',
    })
    while ((await engine.request('imports.get', { id })).finishedAt === null) await pause(10)
    expect(await engine.request('imports.report', { id })).toMatchObject({ imported: [], duplicates: [{ path }] })
  })
})
