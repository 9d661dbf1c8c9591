import { randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { VitrineError } from '../../../../../shared/contract/errors.ts'
import { fileError } from '../../../disk/fileError.ts'
import { makeFolder } from '../../../disk/makeFolder.ts'
import type { LibraryFolder } from '../../libraryFolder.ts'
import { HEAD_BYTES, identifyType } from '../identifyType.ts'
import { bytesOfDataUrl } from './dataUrl.ts'
import { explained, failed, openAddress } from './openAddress.ts'
import { webFileName } from './webFileName.ts'

/** What a page shows is smaller than this; a film that is larger is downloaded by the browser. */
export const FETCHED_BYTES = 256 * 1024 * 1024
/** However slowly it comes, it has come by then (milliseconds). */
const LONGEST_MS = 5 * 60_000

export interface FetchLimits {
  readonly bytes: number
  readonly milliseconds: number
}

/**
 * Fetches a picture, film or sound from the web and keeps it for an import with `mode: move`, as `stageFile` keeps what another
 * program hands over. What it is, its content says and not the server.
 *
 * @param address `https:`, `http:` or `data:`
 * @returns its absolute path
 * @throws {VitrineError} `invalid_request`, `download_failed`, `file_too_large`, `empty_file`, `unsupported_type`, and errors of the
 * disk; nothing is left then
 */
export async function fetchPicture(
  folder: LibraryFolder,
  address: string,
  limits: FetchLimits = { bytes: FETCHED_BYTES, milliseconds: LONGEST_MS },
): Promise<string> {
  makeFolder(folder.incoming)
  const half = join(folder.incoming, randomUUID())
  try {
    const { fileName, from } = await receive(address, half, limits)
    await checkKind(half, fileName, from)
    const own = join(folder.staged, randomUUID())
    makeFolder(folder.staged)
    mkdirSync(own)
    const path = join(own, fileName)
    renameSync(half, path)
    return path
  } catch (error) {
    rmSync(half, { force: true })
    throw fileError(error, folder.staged)
  }
}

interface Received {
  readonly fileName: string
  /** Who gave it, for a sentence. */
  readonly from: string
}

async function receive(address: string, path: string, limits: FetchLimits): Promise<Received> {
  const file = await open(path, 'wx')
  try {
    const received = /^data:/i.test(address)
      ? await writeData(address, file, limits.bytes)
      : await download(address, file, limits)
    await file.sync()
    return received
  } finally {
    await file.close()
  }
}

async function writeData(address: string, file: FileHandle, limit: number): Promise<Received> {
  const bytes = bytesOfDataUrl(address, limit)
  if (bytes === null) throw new VitrineError('invalid_request', 'The picture in this address is damaged or too large.')
  await file.writeFile(bytes)
  return { fileName: webFileName(address, undefined), from: 'The address' }
}

async function download(address: string, file: FileHandle, { bytes, milliseconds }: FetchLimits): Promise<Received> {
  const { body, url } = await openAddress(address, AbortSignal.timeout(milliseconds))
  const tooLarge = () =>
    new VitrineError(
      'file_too_large',
      `What ${url.hostname} gives is too large to be taken from a page. Download it first.`,
    )
  try {
    if (Number(body.headers['content-length'] ?? 0) > bytes) throw tooLarge()
    let written = 0
    for await (const chunk of body as AsyncIterable<Buffer>) {
      written += chunk.length
      if (written > bytes) throw tooLarge()
      await file.writeFile(chunk)
    }
    if (!body.complete) throw failed(url, 'broke off before the picture was whole')
  } catch (error) {
    if (error instanceof VitrineError || (error as NodeJS.ErrnoException).syscall === 'write') throw error
    throw explained(url, error as Error)
  } finally {
    body.destroy()
  }
  return { fileName: webFileName(url.href, body.headers['content-disposition']), from: url.hostname }
}

async function checkKind(path: string, fileName: string, from: string): Promise<void> {
  const file = await open(path, 'r')
  let size: number
  let head: Buffer
  try {
    size = (await file.stat()).size
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(Math.min(size, HEAD_BYTES)),
      0,
      Math.min(size, HEAD_BYTES),
      0,
    )
    head = buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
  if (size === 0) throw new VitrineError('empty_file', `${from} gave nothing.`)
  const { assetType } = await identifyType(head, size, path, fileName)
  if (assetType !== 'image' && assetType !== 'video' && assetType !== 'audio')
    throw new VitrineError('unsupported_type', `${from} gave something else than a picture, a film or a sound.`)
}
