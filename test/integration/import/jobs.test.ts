import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChokidarWatcher } from '../../../src/main/engine/adapters/chokidarWatcher.ts'
import { nodeClock } from '../../../src/main/engine/adapters/nodeClock.ts'
import { skipCode } from '../../../src/main/engine/library/import/skipList.ts'
import { trackJobs } from '../../../src/main/engine/library/trackJobs.ts'
import type { Clock } from '../../../src/main/engine/ports.ts'
import type { GenerationJob } from '../../../src/shared/domain/collection.ts'
import { type ImportLibrary, openImportLibrary, temporaryFolder } from './support/importLibrary.ts'
import { jpeg } from './support/pictures.ts'

/** Thirty times as fast: half a minute of quiet takes a second. */
const start = Date.now()
const hurried: Clock = {
  now: () => start + (Date.now() - start) * 30,
  after: (ms, callback) => nodeClock.after(ms / 30, callback),
}

let temporary: ReturnType<typeof temporaryFolder>
let drop: string
let library: ImportLibrary
let stop: () => Promise<void>
beforeEach(async () => {
  temporary = temporaryFolder()
  drop = join(temporary.path, 'drop')
  mkdirSync(drop)
  await serve()
})
afterEach(async () => {
  await stop()
  expect(library.defects).toEqual([])
  temporary.remove()
})

async function serve(): Promise<void> {
  const opened = openImportLibrary(join(temporary.path, 'library'), { dropFolder: drop })
  library = opened
  opened.importer.resumeUnfinished()
  const handle = await createChokidarWatcher({
    clock: nodeClock,
    ignore: (name, isDirectory) => skipCode(name, isDirectory) !== null,
  }).start(drop, { onStable: (file) => opened.importer.importDropped(file), onProblem: () => {} })
  const jobs = trackJobs({
    catalog: opened.catalog,
    clock: hurried,
    dropFolder: drop,
    onDefect(error) {
      throw error
    },
  })
  stop = async () => {
    await handle.close()
    await jobs.close()
    await opened.close()
  }
}

async function write(name: string, content: Buffer | string): Promise<void> {
  mkdirSync(join(drop, name, '..'), { recursive: true })
  writeFileSync(join(drop, name), content)
}
const job = (folder = 'castles'): GenerationJob | undefined =>
  library.catalog.jobs.list().find((one) => one.folder === folder)
async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('a subfolder of the drop folder', () => {
  it('is a job that runs while its files come, is complete when none came for a while, and then goes', async () => {
    await write('castles/1.jpg', await jpeg(1))
    await write('castles/deep/2.jpg', await jpeg(2))
    await until(() => job() !== undefined)
    expect(job()?.status).toBe('running')
    await until(() => job()?.status === 'completed')
    expect(job()).toMatchObject({ progress: 1, error: null, counts: { imported: 2, processing: 0, failed: 0 } })
    await until(() => !existsSync(join(drop, 'castles')))
    expect(existsSync(drop)).toBe(true)
  })

  it('runs again when it gets another file', async () => {
    await write('castles/1.jpg', await jpeg(1))
    await until(() => job()?.status === 'completed')
    await write('castles/2.jpg', await jpeg(2))
    await until(() => job()?.status === 'running')
    await until(() => job()?.status === 'completed')
    expect(job()).toMatchObject({ counts: { imported: 2 } })
  })

  it('has failed when nothing of it could be taken in; its folder stays, and it goes on when that is mended', async () => {
    await write('castles/1.jpg', '')
    await until(() => job()?.status === 'failed')
    expect(job()).toMatchObject({ error: 'The file is empty.', counts: { imported: 0, failed: 1 } })
    expect(existsSync(join(drop, 'castles/1.jpg'))).toBe(true)
    await write('castles/1.jpg', await jpeg(1))
    await until(() => job()?.status === 'completed')
    expect(job()).toMatchObject({ error: null, counts: { imported: 1, failed: 0 } })
  })

  it('is complete also when the engine was ended before', async () => {
    await write('castles/1.jpg', await jpeg(1))
    await until(() => library.assets()[0]?.status === 'available')
    await stop()
    await serve()
    expect(job()?.status).toBe('running')
    await until(() => job()?.status === 'completed')
  })

  it('stays while there is anything in it', async () => {
    await write('castles/1.jpg', await jpeg(1))
    await write('castles/notes/.hidden', 'x')
    await until(() => job()?.status === 'completed')
    await write('towers/2.jpg', await jpeg(2))
    await until(() => job('towers')?.status === 'completed' && !existsSync(join(drop, 'towers')))
    expect(existsSync(join(drop, 'castles/notes/.hidden'))).toBe(true)
  })

  it('that is a link to somewhere else is never removed', async () => {
    const elsewhere = join(temporary.path, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(elsewhere, join(drop, 'castles'))
    library.catalog.jobs.ensure('castles', Date.now())
    library.catalog.jobs.ensure('..', Date.now())
    library.catalog.jobs.ensure('../elsewhere', Date.now())
    await until(() => library.catalog.jobs.list().every(({ status }) => status === 'completed'))
    expect(existsSync(elsewhere) && existsSync(join(drop, 'castles'))).toBe(true)
    rmSync(join(drop, 'castles'))
  })
})
