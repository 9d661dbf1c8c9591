import type { BoundedFile } from '../boundedFile.ts'
import { aviTime, type CaptureTime } from '../captureTime.ts'
import { codecNameOf, waveCodecName } from '../codecNames.ts'
import { plainTags } from '../plainTags.ts'
import { type RiffChunk, riffChunks } from '../riffChunks.ts'
import {
  type FilmFacts,
  type FilmPictures,
  type FilmSound,
  type FrameAt,
  MOTION_JPEG,
  unknownFilm,
} from './filmFacts.ts'

/** One frame of a film that is made of JPEG pictures. */
const LARGEST_FRAME = 32 * 1024 ** 2
/** Entries of an index that are read at once. */
const INDEX_BLOCK = 16 * 4096
/** Chunks that are stepped over in a film without an index. */
const MOST_STEPS = 20_000
/** Texts in a list of facts, bytes; the whole list is no longer than a page. */
const LARGEST_TEXT = 4096

/** Keys of RIFF's INFO list that people know by a name. Source: Multimedia Programming Interface 1.0, §2.4 (INFO). */
const INFO_NAMES: Readonly<Record<string, string>> = {
  INAM: 'title',
  IART: 'artist',
  ICMT: 'comment',
  ICOP: 'copyright',
  ICRD: 'date',
  IGNR: 'genre',
  IPRD: 'album',
  ISBJ: 'description',
  ISFT: 'software',
  IMAK: 'make',
  IMOD: 'model',
  IKEY: 'keywords',
}

interface Found {
  frameMicroseconds: number
  totalFrames: number
  video: VideoStream | null
  audio: FilmSound | null
  tags: Record<string, string>
  captured: CaptureTime | null
}

interface VideoStream {
  /** Position among the streams: chunks of the first are `00dc`. */
  readonly index: number
  readonly codec: string | null
  readonly frameRate: number | null
  readonly frames: number
  readonly width: number | null
  readonly height: number | null
}

export interface AviFile {
  readonly facts: FilmFacts
  /** Null unless the frames are JPEG pictures. To be used while the file is open. */
  readonly frameAt: FrameAt | null
}

/**
 * What an AVI file says about itself, null if it has no header that can be read. Headers only, and the index when a
 * frame is asked for.
 *
 * Source: AVI RIFF File Reference (Microsoft), OpenDML AVI File Format Extensions 1.02 (`dmlh`).
 */
export async function readAvi(file: BoundedFile): Promise<AviFile | null> {
  const found: Found = { frameMicroseconds: 0, totalFrames: 0, video: null, audio: null, tags: {}, captured: null }
  let movie: RiffChunk | null = null
  let index: RiffChunk | null = null
  let hasHeader = false
  for await (const chunk of riffChunks(file, 12, file.size)) {
    if (chunk.list === 'hdrl') {
      hasHeader = true
      await readHeaders(file, chunk, found)
    } else if (chunk.list === 'INFO') await readInfo(file, chunk, found)
    else if (chunk.list === 'movi') movie = chunk
    else if (chunk.id === 'idx1') index = chunk
    // Further parts of a film over 1 GB repeat the same structure; the first tells all that is asked.
    else if (chunk.list === 'AVIX') break
  }
  if (!hasHeader || (found.video === null && found.audio === null)) return null
  const { video, audio } = found
  const facts: FilmFacts = {
    ...unknownFilm,
    durationSeconds: durationOf(found),
    pictures: video === null ? null : picturesOf(video),
    sound: audio,
    tags: plainTags(found.tags),
    captured: found.captured,
  }
  if (video?.codec !== MOTION_JPEG || movie === null) return { facts, frameAt: null }
  return { facts, frameAt: jpegFrames(file, video, movie, index, found) }
}

function picturesOf({ codec, frameRate, width, height }: VideoStream): FilmPictures {
  return { codec, codecString: null, width, height, rotation: 0, frameRate, highDynamicRange: false, color: null }
}

function durationOf({ video, totalFrames, frameMicroseconds }: Found): number | null {
  if (video !== null && video.frameRate !== null && video.frames > 0) return video.frames / video.frameRate
  return totalFrames > 0 && frameMicroseconds > 0 ? (totalFrames * frameMicroseconds) / 1e6 : null
}

async function readHeaders(file: BoundedFile, headers: RiffChunk, found: Found): Promise<void> {
  let index = 0
  for await (const chunk of riffChunks(file, headers.start, headers.end)) {
    if (chunk.id === 'avih') {
      const view = viewOf(await file.read(chunk.start, 40))
      if (view.byteLength < 20) continue
      found.frameMicroseconds = view.getUint32(0, true)
      found.totalFrames = view.getUint32(16, true)
    } else if (chunk.list === 'strl') await readStream(file, chunk, index++, found)
    else if (chunk.id === 'IDIT') found.captured ??= aviTime(await textOf(file, chunk))
    else if (chunk.list === 'INFO') await readInfo(file, chunk, found)
  }
}

async function readStream(file: BoundedFile, stream: RiffChunk, index: number, found: Found): Promise<void> {
  let header: DataView | null = null
  for await (const chunk of riffChunks(file, stream.start, stream.end)) {
    if (chunk.id === 'strh') header = viewOf(await file.read(chunk.start, Math.min(chunk.end - chunk.start, 56)))
    if (chunk.id !== 'strf' || header === null || header.byteLength < 36) continue
    const format = viewOf(await file.read(chunk.start, Math.min(chunk.end - chunk.start, 40)))
    const kind = fourCharacters(header, 0)
    if (kind === 'vids' && found.video === null) found.video = videoStream(header, format, index)
    if (kind === 'auds' && found.audio === null) found.audio = audioStream(format)
  }
}

function videoStream(header: DataView, format: DataView, index: number): VideoStream {
  const scale = header.getUint32(20, true)
  const rate = header.getUint32(24, true)
  const frameRate = scale > 0 && rate > 0 && rate / scale <= 1000 ? rate / scale : null
  const hasFormat = format.byteLength >= 20
  const compression = hasFormat ? fourCharacters(format, 16) : ''
  return {
    index,
    codec:
      compression === '\0\0\0\0'
        ? 'Uncompressed'
        : (codecNameOf(compression) ?? codecNameOf(fourCharacters(header, 4))),
    frameRate: frameRate === null ? null : Math.round(frameRate * 1000) / 1000,
    frames: header.getUint32(32, true),
    width: hasFormat ? side(format.getInt32(4, true)) : null,
    // Negative where the rows go from the top down.
    height: hasFormat ? side(Math.abs(format.getInt32(8, true))) : null,
  }
}

function audioStream(format: DataView): FilmSound | null {
  if (format.byteLength < 14) return null
  const channels = format.getUint16(2, true)
  const sampleRate = format.getUint32(4, true)
  return {
    codec: waveCodecName(format.getUint16(0, true)),
    channels: channels > 0 && channels <= 255 ? channels : null,
    sampleRate: sampleRate > 0 && sampleRate < 1e7 ? sampleRate : null,
  }
}

async function readInfo(file: BoundedFile, list: RiffChunk, found: Found): Promise<void> {
  for await (const chunk of riffChunks(file, list.start, list.end)) {
    const name = Object.hasOwn(INFO_NAMES, chunk.id) ? INFO_NAMES[chunk.id] : undefined
    if (name !== undefined) found.tags[name] ??= await textOf(file, chunk)
  }
}

async function textOf(file: BoundedFile, chunk: RiffChunk): Promise<string> {
  const bytes = Buffer.from(await file.read(chunk.start, Math.min(chunk.end - chunk.start, LARGEST_TEXT)))
  const end = bytes.indexOf(0)
  const text = end < 0 ? bytes : bytes.subarray(0, end)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text)
  } catch {
    // Written by an older program, in its own code page.
    return text.toString('latin1')
  }
}

/** Finds frames by the index, or by going from chunk to chunk where there is none. */
function jpegFrames(
  file: BoundedFile,
  video: VideoStream,
  movie: RiffChunk,
  index: RiffChunk | null,
  found: Found,
): FrameAt {
  const rate = video.frameRate ?? (found.frameMicroseconds > 0 ? 1e6 / found.frameMicroseconds : 25)
  const prefix = String(video.index).padStart(2, '0')
  return async (second) => {
    const wanted = Math.max(0, Math.floor(second * rate))
    const frame =
      (index === null ? null : await frameByIndex(file, index, movie, prefix, wanted)) ??
      (await frameBySteps(file, movie, prefix, wanted))
    return frame === null ? null : file.read(frame.start, Math.min(frame.end - frame.start, LARGEST_FRAME))
  }
}

type Range = Pick<RiffChunk, 'start' | 'end'>

/** An entry: chunk id, flags, offset, length. */
async function frameByIndex(
  file: BoundedFile,
  index: RiffChunk,
  movie: RiffChunk,
  prefix: string,
  wanted: number,
): Promise<Range | null> {
  let base: number | null = null
  let frame = 0
  let found: Range | null = null
  for (let at = index.start; at + 16 <= index.end; at += INDEX_BLOCK) {
    const view = viewOf(await file.read(at, Math.min(INDEX_BLOCK, index.end - at)))
    for (let entry = 0; entry + 16 <= view.byteLength; entry += 16) {
      const offset = view.getUint32(entry + 8, true)
      // Offsets count from the list's type; some writers count from the file's start, which the first entry shows.
      base ??= offset >= movie.start ? 0 : movie.start - 4
      if (!isFrame(fourCharacters(view, entry), prefix)) continue
      const start = base + offset + 8
      const length = view.getUint32(entry + 12, true)
      // A frame of no length repeats the one before it.
      if (length > 0 && start + length <= file.size) found = { start, end: start + length }
      if (frame++ >= wanted && found !== null) return found
    }
    if (view.byteLength < 16) break
  }
  return found
}

async function frameBySteps(
  file: BoundedFile,
  movie: RiffChunk,
  prefix: string,
  wanted: number,
): Promise<Range | null> {
  let found: Range | null = null
  let frame = 0
  let steps = 0
  for await (const chunk of riffChunks(file, movie.start, movie.end)) {
    if (++steps > MOST_STEPS) break
    if (!isFrame(chunk.id, prefix) || chunk.end === chunk.start) continue
    found = chunk
    if (frame++ >= wanted) break
  }
  return found
}

function isFrame(id: string, prefix: string): boolean {
  return id === `${prefix}dc` || id === `${prefix}db`
}

function side(pixels: number): number | null {
  return pixels >= 1 && pixels <= 1_000_000 ? pixels : null
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

function fourCharacters(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(at + index)))
}
