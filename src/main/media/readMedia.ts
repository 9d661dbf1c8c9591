import { statSync } from 'node:fs'
import type { MediaFactsMessage, MediaOutcomeMessage, MediaTaskMessage } from '../../shared/contract/mediaWire.ts'
import { type DecodedPicture, decodePicture } from './draw/decodePicture.ts'
import { writeThumbnails } from './draw/writeThumbnails.ts'
import { type KindFacts, type MediaSource, noFacts as noFactsOfKind, PixelLimitError } from './kinds/kindReader.ts'
import { readerFor } from './kinds/readerFor.ts'
import type { MediaLimits } from './limits.ts'
import { readDescriptions } from './readDescriptions.ts'

/**
 * Reads one file: what it is like, what describes it, how it was made; then draws its thumbnails. What the file does wrong
 * is in the outcome, with all that could be read nevertheless; what is thrown is a defect of ours.
 */
export async function readMedia(task: MediaTaskMessage, limits: MediaLimits): Promise<MediaOutcomeMessage> {
  let facts = noFacts
  try {
    const { size } = statSync(task.path)
    facts = { ...facts, ...(await readDescriptions(task, size, limits.pixels)) }
    const source: MediaSource = {
      path: task.path,
      mimeType: task.mimeType,
      size,
      side: Math.max(0, ...task.sizes),
      limits,
      poster: task.poster,
    }
    const kind = await readKind(source)
    facts = withKind(facts, kind)
    if (kind.picture === null) return withoutPicture(facts, kind.problem)
    if (task.sizes.length === 0) return { ok: true, facts: { ...facts, noThumbnail: kind.problem } }
    const decoded = await decodePicture(kind.picture, task.sizes, limits.pixels)
    return draw(task, facts, kind, decoded)
  } catch (error) {
    if (error instanceof PixelLimitError) return tooManyPixels(error, limits, facts)
    return readFailure(error, facts)
  }
}

/** Reads a file by the reader of its kind. */
export async function readKind(source: MediaSource): Promise<KindFacts> {
  const load = readerFor(source.mimeType)
  if (load === undefined) return unknownKind
  const read = await load()
  if (source.mimeType.startsWith('image/') && source.size > source.limits.fileBytes) return tooLarge
  return read(source)
}

function withKind(facts: MediaFactsMessage, kind: KindFacts): MediaFactsMessage {
  const { width, height, durationSeconds, frames, metadata } = kind
  const said = facts.capturedAt === null ? kind : null
  const zone = said?.capturedAtZone ?? null
  return {
    ...facts,
    width,
    height,
    durationSeconds,
    frames,
    capturedAt: facts.capturedAt ?? said?.capturedAt ?? null,
    gps: facts.gps ?? kind.gps ?? null,
    metadata: { ...metadata, ...(zone === null ? {} : { captured_at_zone: zone }), ...facts.metadata },
  }
}

function withoutPicture(facts: MediaFactsMessage, problem: KindFacts['problem']): MediaOutcomeMessage {
  if (problem?.code === 'decode_failed') return { ok: false, code: 'decode_failed', message: problem.message, facts }
  return { ok: true, facts: { ...facts, noThumbnail: problem } }
}

function draw(
  task: MediaTaskMessage,
  facts: MediaFactsMessage,
  kind: KindFacts,
  decoded: DecodedPicture,
): MediaOutcomeMessage {
  if (!decoded.ok) return { ok: false, code: 'decode_failed', message: UNDRAWABLE, facts }
  let thumbnails: number[]
  try {
    thumbnails = writeThumbnails(task.thumbnailFolder, task.sha256, decoded.thumbnails)
  } catch (error) {
    return writeFailure(error, facts)
  }
  const { thumbhash, dominantColors, perceptualHash } = decoded
  const damage = decoded.damaged ? ({ code: 'decode_failed', message: PARTLY_DRAWN } as const) : null
  // A drawing that stands for the kind says nothing about what the file looks like.
  const likeness = kind.symbolic ? {} : { dominantColors, perceptualHash }
  return { ok: true, facts: { ...facts, thumbhash, ...likeness, thumbnails, noThumbnail: kind.problem ?? damage } }
}

/** Said of a picture whose pixels can't be had. */
export const UNDRAWABLE = 'The picture is damaged or incomplete and can’t be drawn. The original is kept as it is.'
const PARTLY_DRAWN =
  'The picture is damaged or incomplete. The preview shows what can be read; the original is kept as it is.'

/** Facts of a file of which nothing is known. */
export const noFacts: MediaFactsMessage = {
  width: null,
  height: null,
  durationSeconds: null,
  frames: null,
  thumbhash: null,
  dominantColors: [],
  perceptualHash: null,
  capturedAt: null,
  gps: null,
  metadata: {},
  generation: null,
  thumbnails: [],
  noThumbnail: null,
}

const unknownKind: KindFacts = {
  ...noFactsOfKind,
  problem: { code: 'unsupported_type', message: 'Vitrine keeps this file, but can’t draw a preview of its kind.' },
}
const tooLarge: KindFacts = {
  ...noFactsOfKind,
  problem: { code: 'file_too_large', message: 'This picture is too large for Vitrine to draw a preview.' },
}

/** Says of how many pixels a picture is, and that it is too many. */
export function tooManyPixels(
  size: PixelLimitError,
  limits: MediaLimits,
  facts: MediaFactsMessage,
): MediaOutcomeMessage {
  const megapixels = (count: number) => Math.round(count / 1e6)
  return {
    ok: false,
    code: 'pixel_limit',
    message:
      `The picture has ${size.width} × ${size.height} pixels (${megapixels(size.width * size.height)} megapixels), ` +
      `more than the limit of ${megapixels(limits.pixels)}. The original is kept; it has no preview.`,
    facts: { ...facts, width: size.width, height: size.height },
  }
}

/** What the file system said when a file was to be read; throws what it did not say. */
export function readFailure(error: unknown, facts: MediaFactsMessage): MediaOutcomeMessage {
  const code = (error as NodeJS.ErrnoException).code
  if (typeof code !== 'string' || (error as NodeJS.ErrnoException).syscall === undefined) throw error
  if (code === 'ENOENT') {
    return { ok: false, code: 'file_vanished', message: 'The original is not in its place.', facts: null }
  }
  return { ok: false, code: 'io_error', message: `The original can't be read (${code}).`, facts }
}

/** What the file system said when a picture was to be written. */
export function writeFailure(error: unknown, facts: MediaFactsMessage): MediaOutcomeMessage {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return { ok: false, code: 'disk_full', message: 'The disk is full: no room for thumbnails.', facts }
  }
  return { ok: false, code: 'io_error', message: `Thumbnails can't be written (${code ?? 'unknown error'}).`, facts }
}
