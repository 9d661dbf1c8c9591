import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChokidarWatcher } from '../../../src/main/engine/adapters/chokidarWatcher.ts'
import { nodeClock } from '../../../src/main/engine/adapters/nodeClock.ts'
import { skipCode } from '../../../src/main/engine/library/import/skipList.ts'
import type { WatchedFile, WatchHandle } from '../../../src/main/engine/ports.ts'
import {
  filesBelow,
  type ImportLibrary,
  inconsistencies,
  openImportLibrary,
  temporaryFolder,
} from './support/importLibrary.ts'
import { jpeg } from './support/pictures.ts'

let temporary: ReturnType<typeof temporaryFolder>
let drop: string
let handle: WatchHandle | null = null
let library: ImportLibrary | null = null
beforeEach(() => {
  temporary = temporaryFolder()
  drop = join(temporary.path, 'drop')
  mkdirSync(drop)
})
afterEach(async () => {
  await handle?.close()
  handle = null
  await library?.close()
  library = null
  temporary.remove()
})

const reported: WatchedFile[] = []
const problems: (string | null)[] = []

async function watch(onStable: (file: WatchedFile) => void = () => {}, reconcileMs = 30_000): Promise<void> {
  reported.length = 0
  problems.length = 0
  const watcher = createChokidarWatcher({
    clock: nodeClock,
    ignore: (name, isDirectory) => skipCode(name, isDirectory) !== null,
    presenceMs: 100,
    reconcileMs,
  })
  handle = await watcher.start(drop, {
    onStable(file) {
      reported.push(file)
      onStable(file)
    },
    onProblem: (problem) => void problems.push(problem?.code ?? null),
  })
}

const names = (): string[] => reported.map(({ path }) => path.slice(drop.length + 1)).sort()

/** Waits without a limit of its own; the test's limit is the limit. */
async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('the watcher', () => {
  it('reports what was there before, and what comes later, at any depth', async () => {
    mkdirSync(join(drop, 'job'))
    writeFileSync(join(drop, 'job/early.png'), 'early')
    await watch()
    expect(handle?.settling).toBe(true)
    writeFileSync(join(drop, 'late.png'), 'late')
    mkdirSync(join(drop, 'new/deep'), { recursive: true })
    writeFileSync(join(drop, 'new/deep/nested.png'), 'nested')
    await until(() => reported.length >= 3)
    await until(() => handle?.settling === false)
    expect(names()).toEqual(['job/early.png', 'late.png', 'new/deep/nested.png'])
    expect(reported.find(({ path }) => basename(path) === 'late.png')?.size).toBe(4)
  })

  it('leaves out what is not finished or not a person’s', async () => {
    await watch()
    for (const name of ['.DS_Store', 'a.crdownload', 'b.part', '~$c.docx', '.hidden', 'd.tmp'])
      writeFileSync(join(drop, name), 'x')
    writeFileSync(join(drop, 'e.png'), 'x')
    await until(() => reported.length > 0)
    renameSync(join(drop, 'b.part'), join(drop, 'b.mp4'))
    await until(() => reported.length > 1)
    expect(names()).toEqual(['b.mp4', 'e.png'])
  })

  it.skipIf(process.platform !== 'linux')(
    'waits for a writer that pauses, as long as it has the file open',
    async () => {
      await watch()
      const path = join(drop, 'slow.bin')
      const writer = spawn(process.execPath, [
        '-e',
        `const fs = require('node:fs'); const fd = fs.openSync(${JSON.stringify(path)}, 'w')
       fs.writeSync(fd, 'first'); process.stdin.once('data', () => { fs.writeSync(fd, ' second'); fs.closeSync(fd); process.exit() })`,
      ])
      await until(() => existsSync(path) && readFileSync(path, 'utf8') === 'first')
      writeFileSync(join(drop, 'quick.bin'), 'quick')
      await until(() => names().includes('quick.bin'))
      await new Promise((resolve) => setTimeout(resolve, 700))
      expect(names()).toEqual(['quick.bin'])
      expect(handle?.settling).toBe(true)
      writer.stdin.write('go\n')
      await until(() => reported.length > 1)
      expect(reported.at(-1)).toMatchObject({ path, size: 12 })
    },
  )

  it('reports a file again when it has changed or has been replaced, and only then', async () => {
    const path = join(drop, 'a.png')
    writeFileSync(path, 'one')
    utimesSync(path, 1_000_000, 1_000_000)
    await watch(undefined, 150)
    await until(() => reported.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(reported).toHaveLength(1)
    // Same size, same time, another file.
    writeFileSync(join(temporary.path, 'b.png'), 'two')
    utimesSync(join(temporary.path, 'b.png'), 1_000_000, 1_000_000)
    renameSync(join(temporary.path, 'b.png'), path)
    await until(() => reported.length === 2)
  })

  it('says that the folder is gone, makes it again, and goes on', async () => {
    await watch()
    rmSync(drop, { recursive: true })
    await until(() => problems.includes('not_found') && problems.at(-1) === null)
    expect(existsSync(drop)).toBe(true)
    writeFileSync(join(drop, 'after.png'), 'x')
    await until(() => names().includes('after.png'))
  })

  it('waits for a folder that can not be made, and recovers by itself', async () => {
    const parent = join(temporary.path, 'disk')
    drop = join(parent, 'drop')
    await watch()
    expect(problems).toEqual(['not_found'])
    mkdirSync(drop, { recursive: true })
    writeFileSync(join(drop, 'a.png'), 'x')
    await until(() => problems.at(-1) === null && names().includes('a.png'))
  })
})

describe('the drop folder', () => {
  async function serve(): Promise<ImportLibrary> {
    const opened = openImportLibrary(join(temporary.path, 'library'), { dropFolder: drop })
    library = opened
    opened.importer.resumeUnfinished()
    await watch((file) => opened.importer.importDropped(file), 200)
    return opened
  }
  const over = ({ importer }: ImportLibrary): boolean => importer.list().every(({ finishedAt }) => finishedAt !== null)

  it('drains: each file becomes an asset of its job, and is gone from the folder', async () => {
    const opened = await serve()
    mkdirSync(join(drop, 'castles'))
    for (let seed = 0; seed < 20; seed++) {
      writeFileSync(join(drop, seed % 2 === 0 ? 'castles' : '.', `${seed}.jpg`), await jpeg(seed))
    }
    await until(() => opened.assets().length === 20 && over(opened))
    expect(filesBelow(drop)).toEqual([])
    expect(existsSync(join(drop, 'castles'))).toBe(true)
    const [job] = opened.catalog.jobs.list()
    expect(job).toMatchObject({ folder: 'castles', asset_count: 10 })
    expect(opened.assets().filter(({ job_id }) => job_id === job?.id)).toHaveLength(10)
    expect(opened.assets().every(({ space, status }) => space === 'workspace' && status === 'available')).toBe(true)
    expect(inconsistencies(opened)).toEqual([])
    expect(opened.importer.list().reduce((failed, summary) => failed + summary.failed, 0)).toBe(0)
  })

  it('takes every file that comes under the same name', async () => {
    const opened = await serve()
    for (let seed = 0; seed < 4; seed++) {
      writeFileSync(join(drop, 'output.jpg'), await jpeg(seed))
      await until(() => !existsSync(join(drop, 'output.jpg')))
    }
    await until(() => opened.assets().length === 4 && over(opened))
    expect(opened.importer.list().flatMap(({ id }) => opened.importer.failures(id))).toEqual([])
  })

  it('leaves a file that failed where it is, and takes it when it has changed', async () => {
    const opened = await serve()
    const path = join(drop, 'empty.jpg')
    writeFileSync(path, '')
    await until(() => opened.importer.list().some(({ failed }) => failed === 1) && over(opened))
    const imports = opened.importer.list().length
    await new Promise((resolve) => setTimeout(resolve, 800))
    expect(opened.importer.list()).toHaveLength(imports)
    expect(existsSync(path)).toBe(true)
    writeFileSync(path, await jpeg(1))
    await until(() => opened.assets().length === 1 && !existsSync(path) && over(opened))
  })

  it('drains duplicates too', async () => {
    const opened = await serve()
    const bytes = await jpeg(1)
    writeFileSync(join(drop, 'a.jpg'), bytes)
    await until(() => opened.assets().length === 1)
    writeFileSync(join(drop, 'b.jpg'), bytes)
    await until(() => filesBelow(drop).length === 0 && over(opened))
    expect(opened.assets()).toHaveLength(1)
  })
})
