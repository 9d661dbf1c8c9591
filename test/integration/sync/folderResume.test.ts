import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import type { Pace, PutFile } from '../../../src/main/engine/ports.ts'
import type { RemoteLocation } from '../../../src/shared/domain/remote.ts'
import { eventually, fileToPut, seededBytes, sha256Of, temporaryFolder } from './support/files.ts'
import { memoryNotes } from './support/memoryNotes.ts'
import { syncLibrary } from './support/syncLibrary.ts'

const MIB = 1024 * 1024
const SIZE = 20 * MIB
const KEY = 'videos/film.mp4'
const uploadProcess = fileURLToPath(new URL('./support/uploadProcess.ts', import.meta.url))

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})
let root: string
let location: RemoteLocation
beforeEach(() => {
  const folder = temporaryFolder()
  cleanups.push(() => folder.remove())
  root = join(folder.path, 'remote')
  mkdirSync(root)
  location = { kind: 'folder', path: root, prefix: '' }
})
const halfMade = () => readdirSync(join(root, '.vitrine-incoming')).map((name) => join(root, '.vitrine-incoming', name))

describe('a large file on its way to a folder', () => {
  const bytes = seededBytes(SIZE, 'film')
  const notes = memoryNotes()
  let source: PutFile
  beforeEach(() => {
    const folder = temporaryFolder()
    cleanups.push(() => folder.remove())
    notes.end()
    source = { ...fileToPut(folder.path, 'film.mp4', bytes), notes }
  })

  /** Copies until so many bytes were sent, then is stopped. Returns how many bytes were sent. */
  async function putUntil(most: number): Promise<number> {
    const stop = new AbortController()
    let sent = 0
    const pace: Pace = {
      async take(more) {
        if (sent + more > most) stop.abort()
        else sent += more
      },
    }
    await openStore(location, null)
      .putFile(KEY, { ...source, pace, signal: stop.signal })
      .catch((error: unknown) => expect(error).toMatchObject({ code: 'cancelled' }))
    return sent
  }
  const stored = () => readFileSync(join(root, KEY))

  it('goes on where it was cut, and sends only the rest', async () => {
    expect(await putUntil(8 * MIB)).toBe(8 * MIB)
    const [copy] = halfMade()
    // What was being written when it was stopped is there, too.
    const kept = statSync(copy ?? '').size
    expect(kept).toBeGreaterThanOrEqual(8 * MIB)
    expect(await putUntil(SIZE)).toBe(SIZE - kept)
    expect(stored().equals(bytes)).toBe(true)
    expect(halfMade()).toEqual([])
    expect(notes.present).toBeNull()
  })

  it('trusts nothing that is there without reading it', async () => {
    await putUntil(8 * MIB)
    const [copy = ''] = halfMade()
    const damaged = readFileSync(copy)
    damaged[5 * MIB + 7]! ^= 1
    writeFileSync(copy, damaged)
    expect(await putUntil(SIZE)).toBe(SIZE - 5 * MIB)
    expect(stored().equals(bytes)).toBe(true)
  })

  it('begins anew where the half-made copy is gone, longer than the file, or of another content', async () => {
    await putUntil(4 * MIB)
    rmSync(halfMade()[0] ?? '')
    await putUntil(4 * MIB)
    writeFileSync(halfMade()[0] ?? '', Buffer.concat([bytes, Buffer.from('more')]))
    expect(await putUntil(SIZE)).toBe(0)
    expect(stored().equals(bytes)).toBe(true)

    await putUntil(4 * MIB)
    const other = seededBytes(SIZE, 'another')
    writeFileSync(source.path, other)
    source = { ...fileToPut(join(source.path, '..'), 'film.mp4', other), notes }
    expect(await putUntil(SIZE)).toBe(SIZE)
    expect(stored().equals(other)).toBe(true)
    expect(halfMade()).toEqual([])
  })

  it('leaves nothing when the file is not the one that was to be sent, or nobody goes on', async () => {
    await putUntil(4 * MIB)
    writeFileSync(source.path, seededBytes(SIZE, 'changed meanwhile'))
    await expect(openStore(location, null).putFile(KEY, source)).rejects.toMatchObject({ code: 'io_error' })
    expect(halfMade()).toEqual([])
    expect(notes.present).toBeNull()

    writeFileSync(source.path, bytes)
    await putUntil(4 * MIB)
    await openStore(location, null).abandon(KEY, notes.present?.uploadId ?? '')
    expect(halfMade()).toEqual([])
    // An id from elsewhere leads nowhere.
    await openStore(location, null).abandon(KEY, '../videos/film')
    expect(statSync(join(root, KEY), { throwIfNoEntry: false })).toBeUndefined()
  })
})

it('goes on with the same copy after its process was killed', async () => {
  const library = syncLibrary()
  cleanups.push(() => library.close())
  const id = library.addKept('film', seededBytes(SIZE, 'film'))
  const adding = library.sync()
  await adding.remotes.add({ role: 'library', location })
  adding.transfers.configure({ uploadLimit: 16 * MIB })
  await adding.close()
  library.catalog.close()
  const child = spawn(process.execPath, [uploadProcess, library.root], { stdio: ['ignore', 'inherit', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await eventually('a part of it is there', () => {
    const [copy] = statSync(join(root, '.vitrine-incoming'), { throwIfNoEntry: false })
      ? halfMade().filter(isLasting)
      : []
    return copy !== undefined && statSync(copy).size > 2 * MIB
  })
  child.kill('SIGKILL')
  await ended
  const [copy = ''] = halfMade().filter(isLasting)
  expect(statSync(copy).size).toBeLessThan(SIZE)

  const after = syncLibrary(library.root)
  cleanups.push(() => after.close())
  const begun = vi.spyOn(after.catalog.begunUploads, 'begin')
  const sync = after.sync()
  sync.transfers.configure({ uploadLimit: null })
  expect(await sync.once()).toMatchObject({ pending: 0, errors: [] })
  const { key } = after.catalog.remotes.object(after.catalog.remotes.list()[0]!.id, id, 'original')!
  expect(begun).not.toHaveBeenCalled()
  expect(readFileSync(join(root, key)).equals(seededBytes(SIZE, 'film'))).toBe(true)
  expect(halfMade().filter(isLasting)).toEqual([])
})

it('goes on with an earlier version that was being sent when the connection ended', async () => {
  const library = syncLibrary()
  cleanups.push(() => library.close())
  const id = library.addKept('new', seededBytes(5000, 'new'))
  const first = library.sync()
  await first.remotes.add({ role: 'library', location })
  await first.once()
  const old = seededBytes(SIZE, 'old')
  const sha256 = sha256Of(old)
  const storagePath = `originals/2026/11/old.${sha256.slice(0, 12)}.bin`
  writeFileSync(join(library.root, storagePath), old)
  library.catalog.mutate({ kind: 'version', label: () => 'Old', undoable: false, now: Date.now() }, (writer) => {
    writer.set('assetVersion', randomUUID(), '', {
      asset_id: id,
      version_number: 0,
      sha256,
      storage_path: storagePath,
      file_name: 'old.bin',
      file_size_bytes: SIZE,
      mime_type: 'application/octet-stream',
      asset_type: 'other',
      change_description: null,
      device_id: library.catalog.deviceId,
      created_at: 1,
      deleted_at: null,
    })
  })
  first.transfers.configure({ uploadLimit: 16 * MIB })
  await first.close()
  const cut = library.sync()
  cut.start()
  cut.now()
  await eventually('a part of it is there', () =>
    halfMade().some((path) => isLasting(path) && statSync(path).size > 2 * MIB),
  )
  await cut.close()
  const begun = vi.spyOn(library.catalog.begunUploads, 'begin')

  const after = library.sync()
  after.transfers.configure({ uploadLimit: null })
  await after.once()
  const { key } = library.catalog.remotes.object(library.catalog.remotes.list()[0]!.id, id, 'version', sha256)!
  expect(begun).not.toHaveBeenCalled()
  expect(readFileSync(join(root, key)).equals(old)).toBe(true)
})

function isLasting(path: string): boolean {
  return path.endsWith('.part')
}
