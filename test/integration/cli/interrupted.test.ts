import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importReportSchema } from '../../../src/shared/domain/import.ts'
import {
  expectExactlyOnce,
  listSchema,
  makeLibrary,
  makeSlowPictures,
  startVitrine,
  temporaryPlace,
  until,
  vitrine,
  vitrineJson,
} from './vitrineProcess.ts'

const FILES = 50

describe('a command that is interrupted', () => {
  let place: ReturnType<typeof temporaryPlace>
  let at: string[]
  let files: string[]
  beforeEach(async () => {
    place = temporaryPlace()
    at = ['--library', place.library]
    files = await makeSlowPictures(place.files, FILES)
    makeLibrary(place.library)
  })
  afterEach(() => place.remove())

  const thumbnails = () => {
    const folder = join(place.library, 'cache', 'thumbs')
    return existsSync(folder)
      ? readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.webp')).length
      : 0
  }

  const ownerPid = (): number => JSON.parse(readFileSync(join(place.library, 'cache', 'engine.json'), 'utf8')).pid
  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }

  test('by SIGINT stops the import, prints what it did until then, and a second import makes it whole', async () => {
    const { child, ended } = startVitrine(['import', ...files, ...at, '--json'])
    await until(() => thumbnails() >= 9)
    child.kill('SIGINT')
    const { status, stdout, stderr } = await ended
    expect(status, stderr).toBe(1)
    const { imported, skipped, failed } = importReportSchema.parse(JSON.parse(stdout))
    expect(failed).toEqual([])
    expect(imported.length + skipped.length).toBe(FILES)
    expect(skipped.every(({ code }) => code === 'cancelled')).toBe(true)
    expect(stderr).toMatch(/Stopping/)

    const again = await vitrineJson(importReportSchema, 'import', ...files, ...at)
    expect(again.imported.length).toBe(skipped.length)
    expect(again.duplicates.length).toBe(imported.length)
    await expectExactlyOnce(place.library, files)
  })

  test('by SIGKILL loses nothing: after a second import every file is there exactly once', async () => {
    const { ended, child } = startVitrine(['import', ...files, ...at])
    await until(() => thumbnails() >= 9)
    process.kill(ownerPid(), 'SIGKILL')
    const { status } = await ended
    expect(status).not.toBe(0)
    expect(child.exitCode).toBe(128 + 9)

    const before = await vitrineJson(listSchema, 'list', ...at)
    const again = await vitrineJson(importReportSchema, 'import', ...files, ...at)
    expect(again.failed).toEqual([])
    expect(again.imported.length + again.duplicates.length).toBe(FILES)
    // What the first command had in the catalogue is still there and was not taken in a second time.
    expect(again.duplicates.length).toBeGreaterThanOrEqual(before.total)
    await expectExactlyOnce(place.library, files)
    const { assets } = await vitrineJson(listSchema, 'list', ...at)
    expect(assets.every(({ status: state }) => state === 'available')).toBe(true)

    // What the killed import had begun is finished by whoever serves the library next, and finds nothing to add.
    expect((await vitrine('watch', '--once', ...at)).status).toBe(0)
    await expectExactlyOnce(place.library, files)
  })

  test('because its launcher was killed ends by itself, cleanly', async () => {
    const { child, ended } = startVitrine(['import', ...files, ...at])
    await until(() => thumbnails() >= 9)
    const owner = ownerPid()
    child.kill('SIGKILL')
    await ended
    await until(() => !existsSync(join(place.library, 'cache', 'engine.json')))
    await until(() => !isAlive(owner))
    await vitrine('import', ...files, ...at)
    await expectExactlyOnce(place.library, files)
  })
})
