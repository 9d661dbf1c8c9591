import { createHash } from 'node:crypto'
import { mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { type ErrorData, toErrorData, VitrineError } from '../../../shared/contract/errors.ts'
import { sha256Schema } from '../../../shared/domain/ids.ts'
import { findSidecars, folderNames } from '../../../shared/domain/sidecarNames.ts'
import { createMediaPool } from '../../engine/adapters/mediaPool.ts'
import { fileError } from '../../engine/disk/fileError.ts'
import { HEAD_BYTES, identifyType } from '../../engine/library/import/identifyType.ts'
import type { MediaDecoder } from '../../engine/ports.ts'
import type { CommandContext } from '../commandContext.ts'
import { type InspectedGeneration, inspectedGeneration } from './inspectedGeneration.ts'

/** What an import would read from a file. */
export interface InspectedFile {
  readonly path: string
  /** As in an asset: image, video, … */
  readonly type: string
  readonly mime_type: string
  readonly extension: string
  readonly file_size_bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly duration_seconds: number | null
  readonly frames: number | null
  readonly captured_at: string | null
  readonly gps: { readonly latitude: number; readonly longitude: number } | null
  readonly exif: unknown
  /** How it was made; null unless the file, or a sidecar beside it, says so. */
  readonly generation: InspectedGeneration | null
  /** What is wrong with the file although something can be shown of it, or why nothing can. */
  readonly problem: { readonly code: string; readonly message: string } | null
  readonly metadata: Readonly<Record<string, unknown>>
}
export interface FailedFile {
  readonly path: string
  readonly error: ErrorData
}

/** Reads files as an import would, several at once, in the order in which they were named. */
export async function inspectFiles(
  { cwd, mediaProgram, interrupted }: CommandContext,
  files: readonly string[],
): Promise<(InspectedFile | FailedFile)[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'vitrine-inspect-'))
  const pool = createMediaPool({ nodePath: process.execPath, workerPath: mediaProgram })
  const results: (InspectedFile | FailedFile)[] = new Array(files.length)
  const queue = files.entries()
  const worker = async () => {
    for (const [index, file] of queue) {
      if (interrupted.aborted) throw new VitrineError('cancelled', 'Stopped.')
      results[index] = await inspectFile(pool, scratch, file, resolve(cwd, file))
    }
  }
  try {
    await Promise.all(Array.from({ length: pool.concurrency }, worker))
    return results
  } finally {
    await pool.close()
    await rm(scratch, { recursive: true, force: true })
  }
}

async function inspectFile(
  pool: MediaDecoder,
  scratch: string,
  path: string,
  absolute: string,
): Promise<InspectedFile | FailedFile> {
  try {
    const { head, size } = await readHead(absolute)
    const { mimeType, extension, assetType } = await identifyType(head, size, absolute, basename(absolute))
    // Names the thumbnail that proves that the file can be decoded; the content's own hash is not needed for that.
    const sha256 = sha256Schema.parse(createHash('sha256').update(absolute).digest('hex'))
    const sidecars = await sidecarsBeside(absolute)
    const outcome = await pool.process({
      path: absolute,
      sha256,
      mimeType,
      thumbnailFolder: scratch,
      sizes: [150],
      sidecars,
    })
    if (!outcome.ok && outcome.facts === null) throw new VitrineError(outcome.code, outcome.message)
    const facts = outcome.facts
    if (facts === null) throw new VitrineError('internal', 'Nothing was read from the file.')
    const { width, height, durationSeconds, frames, capturedAt, gps, metadata } = facts
    return {
      path,
      type: assetType,
      mime_type: mimeType,
      extension,
      file_size_bytes: size,
      width,
      height,
      duration_seconds: durationSeconds,
      frames,
      captured_at: capturedAt === null ? null : new Date(capturedAt).toISOString(),
      gps,
      exif: metadata.exif ?? null,
      generation: facts.generation === null ? null : inspectedGeneration(facts.generation),
      problem: outcome.ok ? facts.noThumbnail : { code: outcome.code, message: outcome.message },
      metadata,
    }
  } catch (error) {
    const typed = fileError(error, path)
    if (typed instanceof VitrineError) return { path, error: toErrorData(typed) }
    throw error
  }
}

/** Files that describe this one and stand beside it; none if the folder can't be listed. */
async function sidecarsBeside(path: string): Promise<string[]> {
  const folder = dirname(path)
  const names = await readdir(folder).catch(() => [])
  return findSidecars(basename(path), folderNames(names)).map((name) => join(folder, name))
}

/** @throws {VitrineError} for what is no file with content, and whatever the file system says. */
async function readHead(path: string): Promise<{ head: Buffer; size: number }> {
  const file = await open(path)
  try {
    const found = await file.stat()
    if (!found.isFile()) throw new VitrineError('not_a_file', `“${path}” is not a file.`)
    if (found.size === 0) throw new VitrineError('empty_file', `“${path}” is empty.`)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(HEAD_BYTES, found.size)), 0)
    return { head: buffer.subarray(0, bytesRead), size: found.size }
  } finally {
    await file.close()
  }
}
