import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { sha256Schema } from '../../../shared/domain/ids.ts'
import { createClamdScanner } from '../../engine/adapters/clamdScanner.ts'
import { createMediaPool } from '../../engine/adapters/mediaPool.ts'
import { sqliteVersion } from '../../engine/catalog/sqliteVersion.ts'
import { decoderSamples } from './decoderSamples.ts'

/** Free space under which imports are likely to fail soon, bytes. */
const LITTLE_SPACE = 2_000_000_000

/** Something that is missing or broken. Only `required` ones keep Vitrine from working. */
export interface Problem {
  readonly what: string
  readonly how: string
  readonly required: boolean
}

export interface MachineReport {
  readonly vitrine: string
  readonly platform: string
  readonly node: { readonly version: string; readonly path: string }
  readonly sqlite: string | null
  readonly media: {
    readonly program: string
    /** By format: null when a picture of it was decoded just now, else why not. */
    readonly formats: Readonly<Record<string, string | null>>
  }
  readonly electron: { readonly path: string | null; readonly from: string }
  /** Programs that are used when they are there. */
  readonly ffmpeg: string | null
  readonly clamd: string | null
  readonly disk: { readonly path: string; readonly freeBytes: number; readonly totalBytes: number }
  readonly library: { readonly path: string } | { readonly problem: string }
  readonly problems: readonly Problem[]
}

export interface MachineOptions {
  readonly version: string
  readonly mediaProgram: string
  readonly env: NodeJS.ProcessEnv
  readonly library: MachineReport['library']
}

/** Tries everything that Vitrine needs on this machine, and looks for what it can use. */
export async function checkMachine({ version, mediaProgram, env, library }: MachineOptions): Promise<MachineReport> {
  const problems: Problem[] = []
  const sqlite = checkSqlite(problems)
  const formats = await checkDecoders(mediaProgram)
  for (const [format, reason] of Object.entries(formats)) {
    if (reason === null) continue
    problems.push({ what: `${format} pictures can't be decoded: ${reason}`, how: 'Run: npm ci', required: true })
  }
  const electron = findElectron(mediaProgram, env)
  if (!electron.path) {
    problems.push({
      what: 'The electron package has no program yet. Only the window needs it.',
      how: 'Run: npm start (it gets one), or set ELECTRON_OVERRIDE_DIST_PATH to the folder of one',
      required: false,
    })
  }
  const place = 'path' in library ? library.path : homedir()
  const { bavail, blocks, bsize } = await statfs(place)
  const disk = { path: place, freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  if (disk.freeBytes < LITTLE_SPACE) {
    problems.push({ what: `The disk of ${place} is almost full.`, how: 'Free some space on it.', required: false })
  }
  return {
    vitrine: version,
    platform: `${process.platform}-${process.arch}`,
    node: { version: process.version, path: process.execPath },
    sqlite,
    media: { program: mediaProgram, formats },
    electron,
    ffmpeg: findProgram('ffmpeg', env),
    clamd: await findClamd(),
    disk,
    library,
    problems,
  }
}

function checkSqlite(problems: Problem[]): string | null {
  try {
    return sqliteVersion()
  } catch (error) {
    problems.push({ what: `SQLite can't be loaded: ${messageOf(error)}`, how: 'Run: npm ci', required: true })
    return null
  }
}

/** Decodes one small picture of each format, the way an import does. */
async function checkDecoders(mediaProgram: string): Promise<Record<string, string | null>> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-doctor-'))
  const pool = createMediaPool({ nodePath: process.execPath, workerPath: mediaProgram, size: 1, timeoutMs: 20_000 })
  const results: Record<string, string | null> = {}
  try {
    for (const { format, mimeType, bytes } of decoderSamples) {
      const path = join(folder, format)
      await writeFile(path, bytes)
      const sha256 = sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
      try {
        const outcome = await pool.process({
          path,
          sha256,
          mimeType,
          thumbnailFolder: folder,
          sizes: [150],
          sidecars: [],
        })
        if (!outcome.ok) results[format] = outcome.message
        else results[format] = outcome.facts.thumbnails.length > 0 ? null : (outcome.facts.noThumbnail?.message ?? null)
      } catch (error) {
        results[format] = messageOf(error) // no decoder can be started at all
      }
    }
  } finally {
    await pool.close()
    await rm(folder, { recursive: true, force: true })
  }
  return results
}

function findProgram(name: string, env: NodeJS.ProcessEnv): string | null {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const candidates = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return candidates.map((folder) => join(folder, name + suffix)).find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false // not there, or not for us: the next folder is looked at
  }
}

/** Where one listens, with what it says it is. */
async function findClamd(): Promise<string | null> {
  const sockets = [
    '/run/clamav/clamd.ctl',
    '/var/run/clamav/clamd.ctl',
    '/tmp/clamd.socket',
    '/run/clamd.scan/clamd.sock',
  ]
  const address = sockets.find((path) => existsSync(path))
  if (address === undefined) return null
  try {
    return `${await createClamdScanner({ address }).version()} (${address})`
  } catch (error) {
    return messageOf(error)
  }
}

/** In the order in which `npm start` looks; a package brings its own and this program beside it. */
function findElectron(mediaProgram: string, env: NodeJS.ProcessEnv): MachineReport['electron'] {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return { path: existsSync(override) ? override : null, from: 'ELECTRON_OVERRIDE_DIST_PATH' }
  const checkout = mediaProgram.replace(/[\\/](src|out)[\\/]main[\\/].*$/, '')
  const installed = join(checkout, 'node_modules', 'electron', 'dist')
  if (existsSync(installed)) return { path: installed, from: 'the electron package' }
  return { path: null, from: 'npm start downloads it, or uses the runtime in the cache folder' }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
