import sharp from 'sharp'
import { posterMoments } from '../../../../../shared/domain/poster.ts'
import type { MediaSource, Picture } from '../../kindReader.ts'
import { findFfmpeg } from '../ffmpeg.ts'
import type { FilmFacts, FrameAt } from '../video/filmFacts.ts'
import { ffmpegFrame } from './ffmpegFrame.ts'
import { isBlankPicture } from './isBlankPicture.ts'
import { wholeJpeg } from './jpegTables.ts'

/** The picture that stands for a film, and where it comes from. */
export interface Poster {
  readonly picture: Picture
  /** `window`: a frame that Chromium drew; `cover`: carried by the file; `frame`: found by ourselves or ffmpeg. */
  readonly from: 'window' | 'cover' | 'frame'
}

/**
 * The poster of a film: the one that a window made, the cover in the file, a frame that is a JPEG picture as it stands,
 * or a frame by ffmpeg if this machine has it. Null if none of that is to be had.
 * @param frameAt finds frames that are JPEG pictures; null if the film has none
 */
export async function findPoster(
  source: MediaSource,
  facts: FilmFacts,
  frameAt: FrameAt | null,
): Promise<Poster | null> {
  if (source.poster !== undefined) return { picture: encoded(source.poster), from: 'window' }
  if (facts.cover !== null) return { picture: encoded(Buffer.from(facts.cover)), from: 'cover' }
  const picture = (await jpegFrame(source, facts, frameAt)) ?? (await frameByFfmpeg(source, facts))
  return picture === null ? null : { picture, from: 'frame' }
}

function encoded(input: string | Buffer): Picture {
  return { kind: 'encoded', input, vector: false }
}

async function jpegFrame(source: MediaSource, facts: FilmFacts, frameAt: FrameAt | null): Promise<Picture | null> {
  if (frameAt === null) return null
  const frame = await firstTelling(source, facts.durationSeconds, async (second) => {
    const bytes = await frameAt(second)
    return bytes === null ? null : wholeJpeg(bytes)
  })
  return frame === null ? null : drawn(frame, source, facts)
}

/**
 * A frame in the shape that the film is shown in: one of two fields has half the rows. Cameras end their frames sloppily,
 * which says nothing about the film.
 */
async function drawn(frame: Buffer, { side, limits }: MediaSource, { pictures }: FilmFacts): Promise<Picture | null> {
  const [width, height] = [pictures?.width ?? null, pictures?.height ?? null]
  const shrink = width === null || height === null ? 1 : Math.min(1, side / Math.max(width, height))
  try {
    const image = sharp(frame, { failOn: 'none', limitInputPixels: limits.pixels })
    if (width === null || height === null) image.resize(side, side, { fit: 'inside', withoutEnlargement: true })
    else image.resize(atLeastOne(width * shrink), atLeastOne(height * shrink), { fit: 'fill' })
    const { data, info } = await image.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const channels = info.channels === 1 || info.channels === 3 ? info.channels : null
    return channels === null ? null : { kind: 'pixels', data, width: info.width, height: info.height, channels }
  } catch {
    // libvips has only prose for errors. There is no picture in what should be one.
    return null
  }
}

function atLeastOne(pixels: number): number {
  return Math.max(1, Math.round(pixels))
}

async function frameByFfmpeg(source: MediaSource, { durationSeconds }: FilmFacts): Promise<Picture | null> {
  const program = findFfmpeg()
  if (program === null) return null
  const { path, mimeType, side, limits } = source
  const frame = await firstTelling(source, durationSeconds, (second) =>
    ffmpegFrame(program, { path, mimeType, side, second, pixelLimit: limits.pixels }),
  )
  return frame === null ? null : encoded(frame)
}

/** The frame of the first moment at which there is something to be seen; else the first frame at all. */
async function firstTelling(
  { limits }: MediaSource,
  durationSeconds: number | null,
  frameAt: (second: number) => Promise<Buffer | null>,
): Promise<Buffer | null> {
  let first: Buffer | null = null
  for (const second of posterMoments(durationSeconds)) {
    const frame = await frameAt(second)
    if (frame === null) continue
    if (!(await isBlankPicture(frame, limits.pixels))) return frame
    first ??= frame
  }
  return first
}
