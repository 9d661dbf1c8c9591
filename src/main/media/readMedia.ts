import { stat } from 'node:fs/promises'
import type { MediaFactsMessage, MediaOutcomeMessage, MediaTaskMessage } from '../../shared/contract/mediaWire.ts'
import { decodeImage } from './decodeImage.ts'
import { canDraw, readImageHeader } from './imageHeader.ts'
import type { MediaLimits } from './limits.ts'
import { readExif } from './readExif.ts'
import { writeThumbnails } from './writeThumbnails.ts'

const CANNOT_DRAW = 'No preview of this kind of file yet.'

/**
 * Reads one file: dimensions, EXIF, thumbnails, thumbhash, colours. What the file does wrong is in the outcome; what
 * is thrown is a defect of ours.
 */
export async function readMedia(task: MediaTaskMessage, limits: MediaLimits): Promise<MediaOutcomeMessage> {
  let size: number
  try {
    size = (await stat(task.path)).size
  } catch (error) {
    return readFailure(error)
  }
  if (!task.mimeType.startsWith('image/')) return withoutPicture(CANNOT_DRAW)
  const isSvg = task.mimeType === 'image/svg+xml'
  if (size > (isSvg ? limits.svgBytes : limits.fileBytes)) {
    return {
      ok: true,
      facts: {
        ...noFacts,
        noThumbnail: { code: 'file_too_large', message: 'This picture is too large for Vitrine to draw a preview.' },
      },
    }
  }

  const header = await readImageHeader(task.path, isSvg)
  const exif = await readExif(task.path, task.mimeType, header?.exif ?? null)
  const facts: MediaFactsMessage = {
    ...noFacts,
    width: header?.width ?? null,
    height: header?.height ?? null,
    frames: header?.frames ?? null,
    capturedAt: exif?.capturedAt ?? null,
    gps: exif?.gps ?? null,
    metadata: { ...(header === null ? {} : { format: header.format, image: header.details }), ...exif?.metadata },
  }
  if (!canDraw(task.mimeType)) {
    return { ok: true, facts: { ...facts, noThumbnail: { code: 'unsupported_type', message: CANNOT_DRAW } } }
  }
  if (header === null) return damaged(null)
  const pixels = header.width * header.height
  if (pixels > limits.pixels) {
    const megapixels = (count: number) => Math.round(count / 1e6)
    return {
      ok: false,
      code: 'pixel_limit',
      message:
        `The picture has ${header.width} × ${header.height} pixels (${megapixels(pixels)} megapixels), ` +
        `more than the limit of ${megapixels(limits.pixels)}. The original is kept; it has no preview.`,
    }
  }

  const decoded = await decodeImage(header.input, header.isVector, task.sizes, limits.pixels)
  if (!decoded.ok) return damaged(decoded.detail)
  try {
    const thumbnails = await writeThumbnails(task.thumbnailFolder, task.sha256, decoded.thumbnails)
    const { thumbhash, dominantColors, damage } = decoded
    const noThumbnail = damage === null ? null : ({ code: 'decode_failed', message: partly(damage) } as const)
    return { ok: true, facts: { ...facts, thumbhash, dominantColors, thumbnails, noThumbnail } }
  } catch (error) {
    return writeFailure(error)
  }
}

const noFacts: MediaFactsMessage = {
  width: null,
  height: null,
  durationSeconds: null,
  frames: null,
  thumbhash: null,
  dominantColors: [],
  capturedAt: null,
  gps: null,
  metadata: {},
  thumbnails: [],
  noThumbnail: null,
}

function withoutPicture(message: string): MediaOutcomeMessage {
  return { ok: true, facts: { ...noFacts, noThumbnail: { code: 'unsupported_type', message } } }
}

function damaged(detail: string | null): MediaOutcomeMessage {
  const reason = detail === null ? '' : ` (${detail})`
  return {
    ok: false,
    code: 'decode_failed',
    message: `The picture is damaged or incomplete and can't be drawn${reason}. The original is kept as it is.`,
  }
}

function partly(damage: string): string {
  return `The picture is damaged or incomplete (${damage}). The preview shows what can be read; the original is kept as it is.`
}

function readFailure(error: unknown): MediaOutcomeMessage {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return { ok: false, code: 'file_vanished', message: 'The original is not in its place.' }
  return { ok: false, code: 'io_error', message: `The original can't be read (${code ?? 'unknown error'}).` }
}

function writeFailure(error: unknown): MediaOutcomeMessage {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return { ok: false, code: 'disk_full', message: 'The disk is full: no room for thumbnails.' }
  }
  return { ok: false, code: 'io_error', message: `Thumbnails can't be written (${code ?? 'unknown error'}).` }
}
