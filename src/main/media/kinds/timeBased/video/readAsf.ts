import type { BoundedFile } from '../boundedFile.ts'
import { type CaptureTime, windowsTime } from '../captureTime.ts'
import { codecNameOf, waveCodecName } from '../codecNames.ts'
import { plainTags } from '../plainTags.ts'
import { type FilmFacts, type FilmPictures, type FilmSound, unknownFilm } from './filmFacts.ts'

/** The header object holds descriptions; with pictures in them it may be long, but not that long. */
const LARGEST_HEADER = 16 * 1024 ** 2
const MOST_OBJECTS = 1000

/** First eight bytes of the GUIDs of the objects that are read, as they stand in the file. */
const OBJECTS = {
  header: '3026b2758e66cf11',
  fileProperties: 'a1dcab8c47a9cf11',
  streamProperties: '9107dcb7b7a9cf11',
  contentDescription: '3326b2758e66cf11',
  videoStream: 'c0ef19bc4d5bcf11',
  audioStream: '409e69f84d5bcf11',
} as const

/**
 * What the header of a Windows Media file (ASF, WMV) says, null if it is none that can be read.
 *
 * Source: Advanced Systems Format (ASF) Specification 1.20.3, §3.1–3.10, §9.
 */
export async function readAsf({ read }: BoundedFile): Promise<FilmFacts | null> {
  const start = Buffer.from(await read(0, 30))
  if (start.length < 30 || start.toString('hex', 0, 8) !== OBJECTS.header) return null
  const length = Number(start.readBigUInt64LE(16))
  const header = Buffer.from(await read(30, Math.min(Math.max(0, length - 30), LARGEST_HEADER)))
  let facts = unknownFilm
  let position = 0
  for (let count = 0; count < MOST_OBJECTS && position + 24 <= header.length; count++) {
    const size = Number(header.readBigUInt64LE(position + 16))
    if (size < 24) break
    const body = header.subarray(position + 24, position + size)
    facts = withObject(facts, header.toString('hex', position, position + 8), body)
    position += size
  }
  return facts === unknownFilm ? null : facts
}

function withObject(facts: FilmFacts, type: string, body: Buffer): FilmFacts {
  switch (type) {
    case OBJECTS.fileProperties:
      return body.length < 68 ? facts : { ...facts, ...fileProperties(body) }
    case OBJECTS.streamProperties:
      return body.length < 54 ? facts : withStream(facts, body)
    case OBJECTS.contentDescription:
      return body.length < 10 ? facts : { ...facts, tags: plainTags(descriptions(body)) }
    default:
      return facts
  }
}

function fileProperties(body: Buffer): { durationSeconds: number | null; captured: CaptureTime | null } {
  // Tenths of microseconds, of which the first milliseconds are filled up before the film begins.
  const played = Number(body.readBigUInt64LE(40)) / 1e7 - Number(body.readBigUInt64LE(56)) / 1000
  return {
    durationSeconds: played > 0 && played < 1e9 ? played : null,
    captured: windowsTime(body.readBigUInt64LE(24)),
  }
}

function withStream(facts: FilmFacts, body: Buffer): FilmFacts {
  const specific = body.subarray(54)
  switch (body.toString('hex', 0, 8)) {
    case OBJECTS.videoStream:
      return facts.pictures === null && specific.length >= 31 ? { ...facts, pictures: pictures(specific) } : facts
    case OBJECTS.audioStream:
      return facts.sound === null && specific.length >= 14 ? { ...facts, sound: sound(specific) } : facts
    default:
      return facts
  }
}

function pictures(specific: Buffer): FilmPictures {
  const side = (at: number): number | null => {
    const pixels = specific.readUInt32LE(at)
    return pixels >= 1 && pixels <= 1_000_000 ? pixels : null
  }
  return {
    // A bitmap header follows size and flags.
    codec: codecNameOf(specific.toString('latin1', 27, 31)),
    codecString: null,
    width: side(0),
    height: side(4),
    rotation: 0,
    frameRate: null,
    highDynamicRange: false,
    color: null,
  }
}

function sound(specific: Buffer): FilmSound {
  const channels = specific.readUInt16LE(2)
  const sampleRate = specific.readUInt32LE(4)
  return {
    codec: waveCodecName(specific.readUInt16LE(0)),
    channels: channels > 0 && channels <= 255 ? channels : null,
    sampleRate: sampleRate > 0 && sampleRate < 1e7 ? sampleRate : null,
  }
}

function descriptions(body: Buffer): Record<string, string> {
  const found: Record<string, string> = {}
  let position = 10
  for (const [index, name] of ['title', 'artist', 'copyright', 'description', 'rating'].entries()) {
    const length = body.readUInt16LE(index * 2)
    found[name] = body.toString('utf16le', position, Math.min(position + length, body.length)).replace(/\0.*$/s, '')
    position += length
  }
  return found
}
