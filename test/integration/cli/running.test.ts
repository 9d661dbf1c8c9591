import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importReportSchema } from '../../../src/shared/domain/import.ts'
import {
  makeLibrary,
  makePictures,
  type Running,
  sha256Of,
  startVitrine,
  temporaryPlace,
  until,
  vitrine,
  vitrineJson,
} from './vitrineProcess.ts'

describe('commands that go on until they are stopped', () => {
  let place: ReturnType<typeof temporaryPlace>
  let at: string[]
  let running: Running | undefined
  beforeEach(() => {
    place = temporaryPlace()
    at = ['--library', place.library]
    makeLibrary(place.library)
  })
  afterEach(async () => {
    running?.child.kill('SIGKILL')
    await running?.ended
    place.remove()
  })

  test('watch takes in what is dropped while it runs, names it in its events, and ends on SIGINT', async () => {
    running = startVitrine(['watch', ...at])
    const { child, ended, output } = running
    await until(() => output.stdout.includes('"watching"'))
    const [picture] = await makePictures(place.files, 1)
    const hash = sha256Of(picture!)
    renameSync(picture!, join(place.library, 'drop', basename(picture!)))
    await until(() => output.stdout.includes('"available"'))
    child.kill('SIGINT')
    const { status, stdout, stderr } = await ended
    expect(status, stderr).toBe(0)
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const named = events.flatMap((event) => (event.event === 'catalog.changed' ? (event.assets ?? []) : []))
    expect(named).toContainEqual(expect.objectContaining({ sha256: hash, status: 'available', space: 'workspace' }))
  })

  test('sync goes on uploading what is kept, says where it stands, and ends on SIGTERM', async () => {
    const bucket = join(place.folder, 'bucket')
    mkdirSync(bucket)
    await vitrine('remote', 'add', '--role', 'library', '--folder', bucket, ...at)
    running = startVitrine(['sync', ...at])
    const { child, ended, output } = running
    await until(() => output.stderr.includes('Up to date'))
    const [picture] = await makePictures(place.files, 1)
    const hash = sha256Of(picture!)
    await vitrineJson(importReportSchema, 'import', picture!, '--space', 'library', ...at)
    const stored = () =>
      readdirSync(bucket, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.png'))
        .map((entry) => sha256Of(join(entry.parentPath, entry.name)))
    await until(() => stored().includes(hash))
    child.kill('SIGTERM')
    const { status, stderr } = await ended
    expect(status, stderr).toBe(0)
  })
})
