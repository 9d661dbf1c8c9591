import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { VitrineError } from '../../shared/contract/errors.ts'
import type { AssetDetail } from '../../shared/contract/requests/assetRequests.ts'
import type { DrawnSide } from '../../shared/domain/drawing.ts'
import type { AssetId, Sha256 } from '../../shared/domain/ids.ts'
import { parseAssetUrl } from './assetUrl.ts'
import { ORIGINAL_POLICY } from './contentPolicy.ts'
import { answerWithFile } from './fileAnswer.ts'
import type { Log } from './log.ts'

interface AssetAnswerOptions {
  /** Absolute path of the open library, null while none is. */
  readonly library: () => string | null
  /** Asks the engine for one asset. */
  readonly asset: (id: AssetId) => Promise<AssetDetail>
  /** Has the engine bring an original here that is only in the bucket. Rejects if it can't be had now. */
  readonly fetchOriginal: (id: AssetId) => Promise<void>
  /** Somebody reads an original, so that it is not taken for one that nobody needs here. */
  readonly used?: (id: AssetId) => void
  /** Has the engine draw an original; gives the absolute path of the picture. */
  readonly draw: (drawing: { readonly id: AssetId; readonly page: number; readonly side: DrawnSide }) => Promise<string>
  readonly log: Log
}

const NOT_STORED = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }
/** A thumbnail's address is the hash of what it shows, so it can never change. */
const FOR_EVER = 'public, max-age=31536000, immutable'
/** What opening a thumbnail may not do: follow a link that took its place, or wait for a pipe that did. */
const READ_PLAIN = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** The file is not there, or is nothing that can be read as one. */
const NO_FILE = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENXIO'])

/** Answers `asset://` requests: thumbnails out of the library's cache, originals by way of the catalogue. */
export function createAssetAnswer({ library, asset, fetchOriginal, used, draw, log }: AssetAnswerOptions) {
  /** Whoever wants to see an original that is only in the bucket waits for it. */
  async function here(id: AssetId, method: string): Promise<AssetDetail> {
    const detail = await asset(id)
    if (method === 'GET') used?.(id)
    const isElsewhere = detail.sync_state === 'cloud-only' || detail.sync_state === 'downloading'
    if (!isElsewhere || method === 'HEAD') return detail
    await fetchOriginal(id)
    return asset(id)
  }

  return async (request: Request): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { ...NOT_STORED, Allow: 'GET, HEAD' } })
    }
    const url = parseAssetUrl(request.url)
    if (url === null) {
      log.warn('asset', `Refused ${request.url.slice(0, 200)}`)
      return empty(400)
    }
    const root = library()
    if (root === null) return empty(503)
    try {
      switch (url.kind) {
        case 'thumb':
          return await answerThumbnail(request, root, url.sha256, url.size)
        case 'original':
          return await answerOriginal(request, root, await here(url.id, request.method))
        case 'drawn':
          return await answerDrawing(request, root, await draw(url))
      }
    } catch (error) {
      const status = statusOf(error)
      if (status >= 500) log.error('asset', `${request.url} can't be read`, error)
      return empty(status)
    }
  }
}

async function answerThumbnail(request: Request, root: string, sha256: Sha256, size: number): Promise<Response> {
  const handle = await open(join(root, 'cache', 'thumbs', sha256.slice(0, 2), `${sha256}-${size}.webp`), READ_PLAIN)
  try {
    if (!(await handle.stat()).isFile()) return empty(404)
    const body = await handle.readFile()
    // Being written just now; the next request finds it whole.
    if (body.length === 0) return empty(404)
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
      headers: {
        'Content-Type': 'image/webp',
        'Content-Length': String(body.length),
        'Cache-Control': FOR_EVER,
        'X-Content-Type-Options': 'nosniff',
      },
    })
  } finally {
    await handle.close()
  }
}

async function answerOriginal(request: Request, root: string, detail: AssetDetail): Promise<Response> {
  const path = await realpath(detail.original_path)
  if (!mayRead(detail, path, await realpath(root))) {
    throw new VitrineError('permission_denied', `The original of ${detail.id} is outside of the library: ${path}`)
  }
  return answerWithFile(request, {
    path,
    etag: `"${detail.sha256}"`,
    headers: {
      'Content-Type': detail.mime_type,
      // The same id can get a new version, so it is asked for each time and answered with 304.
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': ORIGINAL_POLICY,
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

async function answerDrawing(request: Request, root: string, drawing: string): Promise<Response> {
  const path = await realpath(drawing)
  if (!isInside(path, join(await realpath(root), 'cache', 'drawn'))) {
    throw new VitrineError('permission_denied', `A drawing is outside of the library’s cache: ${path}`)
  }
  return answerWithFile(request, {
    path,
    // Content, page and size are what the path is made of.
    etag: `"${relative(root, drawing).split(sep).slice(-2).join('-')}"`,
    headers: { 'Content-Type': 'image/webp', 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' },
  })
}

/** A copy must really be inside of the library, links followed; a linked original is the very file it refers to. */
function mayRead(detail: AssetDetail, realFile: string, realRoot: string): boolean {
  if (isAbsolute(detail.storage_path)) return resolve(detail.storage_path) === resolve(detail.original_path)
  return isInside(realFile, realRoot)
}

function isInside(realFile: string, realFolder: string): boolean {
  const inside = relative(realFolder, realFile)
  return inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)
}

/** Reasons for which there is no drawing. They are the file's, and stand in the catalogue already. */
const NOT_DRAWN: ReadonlySet<string> = new Set([
  'decode_failed',
  'pixel_limit',
  'decoder_crashed',
  'decoder_timeout',
  'decoder_memory',
  'file_vanished',
  'cancelled',
])

function statusOf(error: unknown): number {
  if (error instanceof VitrineError) {
    if (error.code === 'not_found') return 404
    // It is in the bucket, which can't be reached or does not give it.
    if (error.code.startsWith('remote_')) return 504
    if (NOT_DRAWN.has(error.code)) return 422
    return error.code === 'engine_restarting' || error.code === 'engine_unavailable' ? 503 : 500
  }
  return NO_FILE.has((error as NodeJS.ErrnoException).code ?? '') ? 404 : 500
}

function empty(status: number): Response {
  return new Response(null, { status, headers: NOT_STORED })
}
