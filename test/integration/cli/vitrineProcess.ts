import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { expect } from 'vitest'
import { z } from 'zod'
import { createLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { assetSchema } from '../../../src/shared/domain/asset.ts'

const launcher = fileURLToPath(new URL('../../../bin/vitrine.mjs', import.meta.url))

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** What it has printed so far. */
  readonly output: { stdout: string; stderr: string }
}
export interface SpawnOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly uid?: number
}

/** Starts the real command through its launcher, as `npx vitrine` does. */
export function startVitrine(args: readonly string[], { cwd, env, uid }: SpawnOptions = {}): Running {
  const { VITRINE_LIBRARY: _chosen, NODE_OPTIONS: _options, ...inherited } = process.env
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: cwd ?? tmpdir(),
    env: { ...inherited, VITRINE_NODE: process.execPath, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, ...output }))
  })
  return { child, ended, output }
}

export function vitrine(...args: string[]): Promise<Ended> {
  return startVitrine(args).ended
}

/** Runs a command that must succeed, and parses its one JSON document. */
export async function vitrineJson<S extends z.ZodType>(schema: S, ...args: string[]): Promise<z.output<S>> {
  const { status, stdout, stderr } = await vitrine(...args, '--json')
  expect(stderr, 'stderr of a command that is done').not.toMatch(/error:/)
  expect(status, stderr).toBe(0)
  return schema.parse(JSON.parse(stdout))
}

export const listSchema = z.object({ total: z.number().int(), assets: z.array(assetSchema) })

/** A temporary folder with a library in it and a place for files, removed by `remove`. */
export function temporaryPlace() {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-cli-'))
  const files = join(folder, 'files')
  mkdirSync(files)
  return {
    folder,
    library: join(folder, 'library'),
    files,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** A new library, for tests that are not about making one. */
export function makeLibrary(root: string): void {
  mkdirSync(root, { recursive: true })
  createLibrary(root, undefined, Date.now())
}

/** PNG pictures of 40 × 30 pixels, each of another colour. Returns their paths. */
export function makePictures(folder: string, count: number, first = 0): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const number = first + index
      const path = join(folder, `picture-${number}.png`)
      const background = { r: number & 255, g: (number >> 8) & 255, b: 128 }
      await sharp({ create: { width: 40, height: 30, channels: 3, background } })
        .png()
        .toFile(path)
      return path
    }),
  )
}

/** JPEG pictures that take a decoder a noticeable while, made quickly: one picture, each copy with another tail. */
export async function makeSlowPictures(folder: string, count: number): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const picture = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#888', noise } })
    .jpeg({ quality: 80 })
    .toBuffer()
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `slow-${index}.jpg`)
    writeFileSync(path, Buffer.concat([picture, Buffer.from(`tail ${index}`)]))
    return path
  })
}

export function sha256Of(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** Every file is in the library exactly once, and what is stored is what was given. */
export async function expectExactlyOnce(library: string, paths: readonly string[]): Promise<void> {
  const { total, assets } = await vitrineJson(listSchema, 'list', '--library', library)
  expect(assets.map(({ sha256 }) => sha256 as string).sort()).toEqual(paths.map(sha256Of).sort())
  expect(total).toBe(paths.length)
  for (const { storage_path, sha256 } of assets) expect(sha256Of(join(library, storage_path))).toBe(sha256)
}

/** Resolves when `condition` holds. The test's own time limit is the only one. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}
