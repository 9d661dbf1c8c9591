import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { libraryPresence } from './libraryPresence.ts'
import { LibraryWatch } from './libraryWatch.ts'

let folder = ''
let path = ''
let told: string[] = []
let watch: LibraryWatch
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-watch-'))
  path = join(folder, 'library')
  mkdirSync(path)
  writeFileSync(join(path, 'library.json'), '{"id":"one","name":"Mine"}')
  told = []
  watch = new LibraryWatch({
    presence: libraryPresence,
    onGone: () => told.push('gone'),
    onBack: () => told.push('back'),
    everyMs: 5,
  })
})
afterEach(() => {
  watch.stop()
  rmSync(folder, { recursive: true })
})

const says = (expected: readonly string[]) => vi.waitFor(() => expect(told).toEqual(expected), { timeout: 10_000 })
const looks = () => new Promise((resolve) => setTimeout(resolve, 60))

describe('whether a library is there', () => {
  it('is read from its manifest', async () => {
    expect(await libraryPresence(path)).toEqual({ is: 'there', id: 'one' })
  })

  it('is no where its folder, or the folder around it, is not', async () => {
    expect(await libraryPresence(join(folder, 'nowhere'))).toEqual({ is: 'gone' })
    expect(await libraryPresence(join(path, 'library.json', 'below a file'))).toEqual({ is: 'gone' })
  })

  it.each(['', '{"id":', '[]', '{"id":7}'])('is unknown while the manifest says %j', async (text) => {
    writeFileSync(join(path, 'library.json'), text)
    expect(await libraryPresence(path)).toEqual({ is: 'unknown' })
  })

  // A pipe that nobody writes to answers as little as a network drive without its network.
  it.skipIf(process.platform === 'win32')('is unknown where the disk does not answer', async () => {
    const manifest = join(path, 'library.json')
    rmSync(manifest)
    execFileSync('mkfifo', [manifest])
    expect(await libraryPresence(path, 20)).toEqual({ is: 'unknown' })
    writeFileSync(manifest, '')
  })
})

describe('an open library', () => {
  it('that stays is not spoken of', async () => {
    watch.guard(path, 'one')
    await looks()
    expect(told).toEqual([])
  })

  it('that is moved away is told of once', async () => {
    watch.guard(path, 'one')
    renameSync(path, join(folder, 'elsewhere'))
    await says(['gone'])
    await looks()
    expect(told).toEqual(['gone'])
  })

  it('is gone when another one has taken its place', async () => {
    watch.guard(path, 'one')
    writeFileSync(join(path, 'library.json'), '{"id":"two"}')
    await says(['gone'])
  })

  it('whose manifest is being written is not gone', async () => {
    watch.guard(path, 'one')
    writeFileSync(join(path, 'library.json'), '{"id":')
    await looks()
    expect(told).toEqual([])
  })
})

describe('a missing library', () => {
  it('is told of when it is back', async () => {
    renameSync(path, join(folder, 'elsewhere'))
    watch.await(path, 'one')
    await looks()
    expect(told).toEqual([])
    renameSync(join(folder, 'elsewhere'), path)
    await says(['back'])
  })

  it('is not another one at the same place', async () => {
    watch.await(path, 'two')
    await looks()
    expect(told).toEqual([])
    watch.await(path, null)
    await says(['back'])
  })
})
