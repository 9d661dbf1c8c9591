import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createClamdScanner } from '../../../src/main/engine/adapters/clamdScanner.ts'
import { changeImportSettings } from '../../../src/main/engine/library/importSettings.ts'
import type { ImportReport, ImportSummary } from '../../../src/shared/domain/import.ts'
import { describeUnless } from '../support/describeUnless.ts'
import {
  filesBelow,
  type ImportLibrary,
  inconsistencies,
  openImportLibrary,
  sha256,
  temporaryFolder,
} from './support/importLibrary.ts'
import { runKilled } from './support/killedImport.ts'
import { jpeg } from './support/pictures.ts'
import { eicar, SIGNATURE, scannerObstacle, testClamd } from './support/testClamd.ts'

const never = new AbortController().signal
const outside = temporaryFolder()
afterAll(() => outside.remove())

describeUnless(scannerObstacle, 'with a real clamd', () => {
  const clamd = testClamd(join(outside.path, 'clamd'), {
    streamBytes: 1_000_000,
    port: 40_000 + (process.pid % 20_000),
  })
  beforeAll(() => clamd.start(), 60_000)
  afterAll(() => clamd.stop())

  let temporary: ReturnType<typeof temporaryFolder>
  let library: ImportLibrary
  let source: string
  beforeEach(() => {
    temporary = temporaryFolder()
    source = join(temporary.path, 'source')
    mkdirSync(source)
    library = openImportLibrary(join(temporary.path, 'library'))
    changeImportSettings(library.catalog, { scan: { enabled: true, address: clamd.socket } })
  })
  afterEach(async () => {
    expect(inconsistencies(library)).toEqual([])
    expect(library.defects.map(codeOf).filter((code) => code !== 'scanner_unreachable')).toEqual([])
    await library.close()
    temporary.remove()
  })
  const put = (name: string, content: Buffer | string): string => {
    writeFileSync(join(source, name), content)
    return join(source, name)
  }
  const quarantined = (): string[] => filesBelow(library.folder.quarantine).map((path) => basename(path))
  const hash = sha256(eicar())

  describe('the scanner', () => {
    it('says what it is, over its socket and its port', async () => {
      for (const address of [clamd.socket, `127.0.0.1:${clamd.port}`, `localhost:${clamd.port}`]) {
        expect(await createClamdScanner({ address }).version()).toMatch(/^ClamAV \d/)
      }
    })

    it('tells clean files from infected ones, of any size up to its limit', async () => {
      const scanner = createClamdScanner({ address: clamd.socket })
      for (const bytes of [1, 262_144, 262_145, 999_999]) {
        expect(await scanner.scan(put('clean', Buffer.alloc(bytes, 'a')), never)).toEqual({ kind: 'clean' })
      }
      const padded = Buffer.concat([Buffer.alloc(600_000, ' '), eicar(), Buffer.alloc(600, ' ')])
      for (const content of [eicar(), padded])
        expect(await scanner.scan(put('infected', content), never)).toEqual({ kind: 'found', signature: SIGNATURE })
    })

    it('says of a file beyond its limit that it is too large, however often', async () => {
      const scanner = createClamdScanner({ address: clamd.socket })
      const path = put('large', Buffer.alloc(8_000_000, 'a'))
      for (let again = 0; again < 20; again++) expect(await scanner.scan(path, never)).toEqual({ kind: 'too-large' })
      const tcp = createClamdScanner({ address: `127.0.0.1:${clamd.port}` })
      for (let again = 0; again < 20; again++) expect(await tcp.scan(path, never)).toEqual({ kind: 'too-large' })
    })
  })

  describe('an import', () => {
    it('puts an infected file into quarantine with a note, makes no asset of it, and takes the others', async () => {
      const infected = put('invoice.jpg', eicar())
      put('clean.jpg', await jpeg(1))
      const report = await library.import([source])
      expect(report.imported.map(({ path }) => basename(path))).toEqual(['clean.jpg'])
      expect(report.failed).toMatchObject([{ path: infected, code: 'infected' }])
      const [file] = report.quarantined
      expect(file).toMatchObject({ path: infected, signature: SIGNATURE })
      for (const part of [SIGNATURE, file?.file]) expect(report.failed[0]?.message).toContain(part)
      expect(readFileSync(join(library.folder.root, file?.file ?? ''))).toEqual(eicar())
      expect(JSON.parse(readFileSync(join(library.folder.root, `${file?.file}.json`), 'utf8'))).toMatchObject({
        reason: 'infected',
        signature: SIGNATURE,
        source_path: infected,
        sha256: hash,
        bytes: eicar().length,
      })
      expect(library.assets()).toHaveLength(1)
      expect(filesBelow(library.folder.originals)).toHaveLength(1)
      expect(existsSync(infected)).toBe(true)
    })

    it('that moves removes the infected file, once it is in quarantine', async () => {
      put('a.jpg', eicar())
      put('b.jpg', eicar())
      await library.import([source], { mode: 'move' })
      expect(filesBelow(source)).toEqual([])
      expect(quarantined().filter((name) => name.endsWith('.quarantined'))).toHaveLength(2)
    })

    it('that was killed before it could remove the infected file removes it', async () => {
      const path = put('a.jpg', eicar())
      const { id } = library.importer.start([source], { space: 'workspace', mode: 'move' }, 'command-line')
      await library.importer.whenSettled(id)
      writeFileSync(path, eicar())
      library.catalog.imports.setState(id, 'running', null)
      library.importer.resumeUnfinished()
      await library.importer.whenSettled(id)
      expect(existsSync(path)).toBe(false)
    })

    it('that is killed again and again has every file in its place in the end', { timeout: 240_000 }, async () => {
      for (let seed = 0; seed < 80; seed++) put(`${seed}.jpg`, seed % 8 === 0 ? eicarWith(seed) : await jpeg(seed))
      await library.close()
      await runKilled(library.folder.root, { mode: 'move' }, source)
      library = openImportLibrary(library.folder.root)
      expect(library.assets()).toHaveLength(70)
      expect(filesBelow(source)).toEqual([])
      const files = quarantined()
      expect(files.filter((name) => name.endsWith('.quarantined'))).toHaveLength(10)
      expect(files.filter((name) => name.endsWith('.quarantined.json'))).toHaveLength(10)
    })

    it('that links leaves an infected file where it is', async () => {
      const path = put('a.jpg', eicar())
      const report = await library.import([source], { mode: 'link' })
      expect(report.quarantined).toEqual([{ path, signature: SIGNATURE, file: null }])
      expect(existsSync(path)).toBe(true)
      expect([quarantined(), library.assets()]).toEqual([[], []])
    })

    it('takes a file that is too large for the scanner, and says so', async () => {
      put('large.bin', Buffer.alloc(2_000_000, 1))
      const report = await library.import([source])
      expect(report.imported).toMatchObject([{ notice: { code: 'not_scanned' } }])
    })

    it('does not attach what describes a file when it is infected', async () => {
      put('a.jpg', await jpeg(1))
      put('a.xmp', Buffer.concat([Buffer.from('<x/>'), eicar()]))
      const report = await library.import([source], { mode: 'move' })
      expect(report.imported).toHaveLength(1)
      expect(report.failed).toMatchObject([{ code: 'infected' }])
      expect(library.assets()[0]?.sidecars).toEqual([])
      expect(filesBelow(source)).toEqual([])
    })

    it('does not ask the scanner when scanning is off', async () => {
      changeImportSettings(library.catalog, { scan: { enabled: false, address: clamd.socket } })
      put('a.com', eicar())
      expect((await library.import([source])).imported).toHaveLength(1)
    })
  })

  describe('without a scanner that answers', () => {
    afterEach(() => clamd.start(), 60_000)

    it('every file waits with a visible problem; nothing is copied; it goes on when the scanner is back', async () => {
      await clamd.stop()
      put('a.jpg', await jpeg(1))
      put('b.jpg', eicar())
      const id = start()
      await until(() => summary(id).problem !== null)
      expect(summary(id)).toMatchObject({
        state: 'running',
        imported: 0,
        failed: 0,
        problem: { code: 'scanner_unreachable' },
      })
      expect(summary(id).problem?.message).toContain(clamd.socket)
      expect(filesBelow(library.folder.incoming)).toEqual([])
      await clamd.start()
      expect(await library.importer.whenSettled(id)).toMatchObject({ imported: 1, failed: 1, problem: null })
      await clamd.stop()
    }, 60_000)

    it('it goes on when the person turns scanning off', async () => {
      await clamd.stop()
      put('a.jpg', await jpeg(1))
      const id = start()
      await until(() => summary(id).problem !== null)
      changeImportSettings(library.catalog, { scan: { enabled: false, address: clamd.socket } })
      expect(await library.importer.whenSettled(id)).toMatchObject({ imported: 1, problem: null })
    }, 60_000)

    it('a scanner that is killed in the middle loses nothing, and lets nothing through', async () => {
      for (let seed = 0; seed < 60; seed++) put(`${seed}.jpg`, seed % 10 === 0 ? eicar() : await jpeg(seed))
      const id = start('move')
      await until(() => summary(id).imported > 5)
      await clamd.stop('SIGKILL')
      await until(() => summary(id).problem !== null || summary(id).finishedAt !== null)
      await clamd.start()
      const { imported } = await library.importer.whenSettled(id)
      const report = library.importer.report(id)
      expect([imported, report.quarantined.length, failures(report)]).toEqual([54, 6, ['infected']])
      expect(filesBelow(source)).toEqual([])
      await clamd.stop()
    }, 120_000)

    const start = (mode: 'copy' | 'move' = 'copy') =>
      library.importer.start([source], { space: 'workspace', mode }, 'window').id
    const summary = (id: ImportSummary['id']): ImportSummary => library.importer.get(id)
    const failures = ({ failed }: ImportReport): string[] => [...new Set(failed.map(({ code }) => code))]
  })
})

describe('what is no clamd', () => {
  const socket = join(outside.path, 'other.sock')
  const file = join(outside.path, 'file')
  writeFileSync(file, Buffer.alloc(3_000_000, 1))
  let server: Server | null = null
  afterEach(() => {
    server?.close()
    server = null
    rmSync(socket, { force: true })
  })
  const serve = (answer: (received: Buffer) => string | null): Promise<void> =>
    new Promise((resolve) => {
      server = createServer((connection) => {
        connection.on('error', () => {})
        connection.on('data', (bytes: Buffer) => {
          const text = answer(bytes)
          if (text !== null) connection.end(text)
        })
      }).listen(socket, resolve)
    })
  const limits = { connectMs: 300, sendMs: 300, answerMs: 300 }
  const scanner = createClamdScanner({ address: socket, ...limits })
  const unreachable = expect.objectContaining({ code: 'scanner_unreachable' })

  it('is said to be unreachable when nobody is there, or something else', async () => {
    await expect(scanner.version()).rejects.toEqual(unreachable)
    await expect(scanner.scan(file, never)).rejects.toEqual(unreachable)
    for (const address of ['127.0.0.1:1', 'example.org:3310', '', 'relative/path']) {
      await expect(createClamdScanner({ address, ...limits }).version()).rejects.toEqual(unreachable)
    }
    await serve(() => 'HTTP/1.1 400 Bad Request\r\n\r\n')
    await expect(scanner.version()).rejects.toEqual(unreachable)
  })

  it('never passes for a clean answer', async () => {
    await serve(() => null)
    await expect(scanner.version()).rejects.toEqual(unreachable)
    // It takes everything and says nothing.
    expect(await scanner.scan(file, never)).toMatchObject({ kind: 'failed' })
    for (const answer of [
      '',
      'OK\0',
      'stream: OK but\0',
      'stream: OK',
      'stream: A FOUND',
      'x'.repeat(100_000),
      'UNKNOWN COMMAND\0',
    ]) {
      server?.close()
      rmSync(socket, { force: true })
      await serve((bytes) => (bytes.includes('VERSION') ? 'ClamAV 1\0' : answer))
      const verdict = await scanner.scan(file, never)
      expect(verdict.kind, answer.slice(0, 20)).toBe('failed')
    }
  })

  it('stops when the import is cancelled', async () => {
    await serve(() => null)
    await expect(scanner.scan(file, AbortSignal.abort())).rejects.toEqual(
      expect.objectContaining({ code: 'cancelled' }),
    )
  })
})

function eicarWith(seed: number): Buffer {
  return Buffer.concat([eicar(), Buffer.from(` ${seed}`)])
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 10))
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error
}
