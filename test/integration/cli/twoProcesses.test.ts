import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { importReportSchema } from '../../../src/shared/domain/import.ts'
import {
  expectExactlyOnce,
  listSchema,
  makeLibrary,
  makePictures,
  makeSlowPictures,
  sha256Of,
  startVitrine,
  temporaryPlace,
  until,
  vitrine,
  vitrineJson,
} from './vitrineProcess.ts'
import { startEngine } from './windowEngine.ts'

const ownerSchema = z.object({ pid: z.number() })
function ownerOf(library: string): number | null {
  const file = join(library, 'cache', 'engine.json')
  return existsSync(file) ? ownerSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).pid : null
}

describe('one library in several processes', () => {
  let place: ReturnType<typeof temporaryPlace>
  let at: string[]
  const children: ChildProcess[] = []
  const track = <T extends { child: ChildProcess }>(started: T): T => {
    children.push(started.child)
    return started
  }
  beforeEach(() => {
    place = temporaryPlace()
    at = ['--library', place.library]
    makeLibrary(place.library)
  })
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const exited = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await exited
    }
    place.remove()
  })

  test('six commands that start at the same instant all succeed', async () => {
    const pictures = await makePictures(place.files, 6)
    const ends = await Promise.all(pictures.map((path) => vitrine('import', path, ...at, '--json')))
    for (const { status, stdout, stderr } of ends) {
      expect(status, stderr).toBe(0)
      expect(importReportSchema.parse(JSON.parse(stdout)).imported).toHaveLength(1)
    }
    await expectExactlyOnce(place.library, pictures)
  })

  test('two imports at once, of overlapping files, leave every file there exactly once', async () => {
    const pictures = await makePictures(place.files, 30)
    const [first, second] = await Promise.all([
      vitrine('import', ...pictures.slice(0, 20), ...at, '--json'),
      vitrine('import', ...pictures.slice(10), ...at, '--json'),
    ])
    expect([first.status, second.status], first.stderr + second.stderr).toEqual([0, 0])
    const reports = [first, second].map(({ stdout }) => importReportSchema.parse(JSON.parse(stdout)))
    for (const { imported, duplicates } of reports) expect(imported.length + duplicates.length).toBe(20)
    await expectExactlyOnce(place.library, pictures)
  })

  test('the command line works through the engine of a window, which hears of every change', async () => {
    const engine = track(startEngine(place.library))
    await engine.opened
    expect(ownerOf(place.library)).toBe(engine.child.pid)
    const pictures = await makePictures(place.files, 3)
    const report = await vitrineJson(importReportSchema, 'import', ...pictures, ...at)
    await vitrine('keep', report.imported[0]!.id, ...at)
    expect(ownerOf(place.library)).toBe(engine.child.pid)
    await until(() => engine.events('catalog.changed').length > 0 && engine.events('imports.changed').length > 0)
    const counts = await engine.request('library.counts', undefined)
    expect(counts).toMatchObject({ type: 'answer', value: { workspace: 2, library: 1 } })

    engine.close()
    expect(await engine.exited).toBe(0)
    expect(ownerOf(place.library)).toBeNull()
    await expectExactlyOnce(place.library, pictures)
  })

  test('a window that opens while a command owns the library joins it, watches, and takes over when it ends', async () => {
    const slow = await makeSlowPictures(place.files, 60)
    const command = track(startVitrine(['import', place.files, ...at, '--json']))
    await until(() => ownerOf(place.library) !== null)
    const commandOwner = ownerOf(place.library)
    const engine = track(startEngine(place.library))
    await engine.opened
    expect(engine.child.pid).not.toBe(commandOwner)
    expect(engine.received[0]).toMatchObject({ type: 'opened', library: { path: place.library } })

    // The drop folder is watched on the window's behalf although the command is the owner.
    const [outside] = await makePictures(join(place.folder, 'outside'), 1, 500)
    const hash = sha256Of(outside!)
    renameSync(outside!, join(place.library, 'drop', basename(outside!)))
    const inLibrary = async () => {
      const answer = await engine.request('assets.find', { reference: basename(outside!) })
      return answer.type === 'answer' && (answer.value as unknown[]).length === 1
    }
    await until(inLibrary)

    const { status, stdout, stderr } = await command.ended
    expect(status, stderr).toBe(0)
    expect(importReportSchema.parse(JSON.parse(stdout)).imported).toHaveLength(60)
    await until(() => ownerOf(place.library) === engine.child.pid)
    expect(await engine.request('library.counts', undefined)).toMatchObject({
      type: 'answer',
      value: { workspace: 61 },
    })
    expect(await engine.request('assets.find', { reference: 'slow-0.jpg' })).toMatchObject({ type: 'answer' })

    const { assets } = await vitrineJson(listSchema, 'list', ...at)
    expect(assets.map(({ sha256 }) => sha256 as string).sort()).toEqual([...slow.map(sha256Of), hash].sort())
  })

  test('a command that has joined takes over from an owner that is killed, and its import is whole', async () => {
    const engine = track(startEngine(place.library))
    await engine.opened
    const slow = await makeSlowPictures(place.files, 60)
    const command = track(startVitrine(['import', ...slow, ...at, '--json']))
    await until(async () => {
      const answer = await engine.request('library.counts', undefined)
      return answer.type === 'answer' && (answer.value as { workspace: number }).workspace > 5
    })
    engine.child.kill('SIGKILL')
    const { status, stdout, stderr } = await command.ended
    expect(status, stderr).toBe(0)
    const { imported, duplicates, failed } = importReportSchema.parse(JSON.parse(stdout))
    expect(failed).toEqual([])
    expect(imported.length + duplicates.length).toBe(60)
    expect(imported.every((item) => item.status === 'available')).toBe(true)
    await expectExactlyOnce(place.library, slow)
  })

  test('a window that has joined another takes over when that one is killed, and goes on answering', async () => {
    const first = track(startEngine(place.library))
    await first.opened
    const second = track(startEngine(place.library))
    await second.opened
    expect(ownerOf(place.library)).toBe(first.child.pid)
    first.child.kill('SIGKILL')
    expect(await second.request('library.counts', undefined)).toMatchObject({ type: 'answer' })
    await until(() => ownerOf(place.library) === second.child.pid)
    await until(() => second.events('catalog.changed').length > 0)
    const [picture] = await makePictures(join(place.folder, 'outside'), 1)
    const job = join(place.library, 'drop', 'job')
    mkdirSync(job)
    renameSync(picture!, join(job, 'dropped.png'))
    await until(async () => {
      const answer = await second.request('assets.find', { reference: 'dropped.png' })
      return answer.type === 'answer' && (answer.value as unknown[]).length === 1
    })
  })

  test('requests to a window are answered as the contract says, or refused with a code', async () => {
    const engine = track(startEngine(place.library))
    await engine.opened
    expect(await engine.request('no.such.request', undefined)).toMatchObject({
      type: 'refusal',
      error: { code: 'unknown_request' },
    })
    expect(await engine.request('toString', undefined)).toMatchObject({
      type: 'refusal',
      error: { code: 'unknown_request' },
    })
    expect(await engine.request('assets.cards', { rowIds: ['1'] })).toMatchObject({
      type: 'refusal',
      error: { code: 'invalid_request', details: { field: 'rowIds.0' } },
    })
    const vector = await engine.request('assets.query', { view: { kind: 'everything' } })
    expect(vector).toMatchObject({ type: 'answer', value: { rowIds: new Int32Array(), aspects: new Float32Array() } })
  })

  test('an engine ends cleanly when the process that drives it is gone', async () => {
    const engine = startEngine(place.library)
    await engine.opened
    engine.child.disconnect()
    expect(await engine.exited).toBe(0)
    expect(ownerOf(place.library)).toBeNull()
  })
})
