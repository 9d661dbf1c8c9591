import {
  ALL_FORMATS,
  CustomSource,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  Logging,
  LogLevel,
  type MetadataTags,
  MPEG_TS,
} from 'mediabunny'
import { ebmlElements, matroska } from '../../../../../shared/containers/ebml.ts'
import { findBox } from '../../../../../shared/containers/isoBoxes.ts'
import type { Json } from '../../kindReader.ts'
import type { BoundedFile } from '../boundedFile.ts'
import { type CaptureTime, isoTime, matroskaTime, quickTimeTime } from '../captureTime.ts'
import { codecNameOf, knownCodecName, streamTypeName } from '../codecNames.ts'
import { type GeographicPoint, geographicPoint } from '../geographicPoint.ts'
import { known, oneLine, plainTags } from '../plainTags.ts'
import { type FilmFacts, type FilmPictures, type FilmSound, unknownFilm } from './filmFacts.ts'
import { avchdTime, h264Size } from './h264Stream.ts'

// What it has to say about a file, the answer says.
Logging.level = LogLevel.Silent

/** Frames whose times are looked at for the frame rate: more than the pattern of any film that was slowed down for TV. */
const TIMED_FRAMES = 48
/** A cover is a picture, not a second film. */
const LARGEST_COVER = 32 * 1024 ** 2
/**
 * What an MP4, MOV, M4V, 3GP, Matroska, WebM or MPEG transport stream says about the film in it; null if it is none that
 * can be read. Only headers and the index are read, and of a transport stream (which has neither) its two ends.
 *
 * Some damaged files send mediabunny around in circles for ever: to be called in the expendable thread only.
 * @throws {ReadBudgetError} or the file system's error; whatever else goes wrong is damage.
 */
export function readContainer(file: BoundedFile): Promise<FilmFacts | null> {
  return withInput(file, (input) => readInput(input, file))
}

/** Bytes of the frame near a second of such a film, null if there is none. The same caution applies. */
export function readContainerFrame(file: BoundedFile, second: number): Promise<Uint8Array | null> {
  return withInput(file, async (input) => {
    const track = await orNull(input.getPrimaryVideoTrack())
    return track === null ? null : ((await orNull(new EncodedPacketSink(track).getPacket(second)))?.data ?? null)
  })
}

async function withInput<T>(file: BoundedFile, use: (input: Input) => Promise<T>): Promise<T> {
  const source = new CustomSource({
    getSize: () => file.size,
    read: (start, end) => file.read(start, end - start),
    maxCacheSize: 16 * 1024 ** 2,
    prefetchProfile: 'fileSystem',
    handleUnhandledError: () => {}, // the file remembers its own
  })
  const input = new Input({ formats: ALL_FORMATS, source })
  try {
    return await use(input)
  } finally {
    input.dispose()
  }
}

async function readInput(input: Input, file: BoundedFile): Promise<FilmFacts | null> {
  const format = await orNull(input.getFormat())
  if (format === null) return null
  const isStream = format === MPEG_TS
  // Before anything that may use up what may be read.
  const header = isStream ? null : await orNull(movieHeader(file))
  const made = header?.created ?? (isStream ? null : await orNull(matroskaDate(file)))
  const video = await orNull(input.getPrimaryVideoTrack())
  const audio = await orNull(input.getPrimaryAudioTrack())
  if (video === null && audio === null) return null
  const start = isStream && video !== null ? await firstFrame(video) : null
  const pictures = video === null ? null : await picturesOf(video, start)
  const tags = (await orNull(input.getMetadataTags())) ?? {}
  const raw = tags.raw ?? {}
  return {
    ...unknownFilm,
    durationSeconds: header?.durationSeconds ?? (await durationOf(input, isStream)),
    pictures,
    sound: audio === null ? null : await soundOf(audio),
    tags: tagsOf(tags),
    captured: appleTime(raw) ?? made ?? (start === null ? null : avchdTime(start)),
    gps: pointOf(raw),
    cover: coverOf(tags),
  }
}

/** Null for whatever is thrown: mediabunny has prose for damaged content, and the file keeps its own errors. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch {
    return null
  }
}

async function picturesOf(track: InputVideoTrack, start: Uint8Array | null): Promise<FilmPictures> {
  const codec = await orNull(track.getCodec())
  const size = start !== null && codec === 'avc' ? h264Size(start) : null
  const shown = {
    width: size?.width ?? (await orNull(track.getDisplayWidth())),
    height: size?.height ?? (await orNull(track.getDisplayHeight())),
  }
  const rate = await orNull(track.computeFrameRateMetrics({ targetPacketCount: TIMED_FRAMES }))
  const frameRate = rate === null ? null : (rate.bestGuessFrameRate ?? rate.averageFrameRate)
  const color = await orNull(track.getColorSpace())
  const named = known({ ...color })
  return {
    codec: knownCodecName(codec) ?? (await internalName(track)),
    codecString: await orNull(track.getCodecParameterString()),
    width: side(shown.width),
    height: side(shown.height),
    rotation: (await orNull(track.getRotation())) ?? 0,
    frameRate: frameRate !== null && frameRate > 0 && frameRate <= 1000 ? Math.round(frameRate * 1000) / 1000 : null,
    highDynamicRange: (await orNull(track.hasHighDynamicRange())) ?? false,
    color: 'primaries' in named || 'transfer' in named || 'matrix' in named ? named : null,
  }
}

async function soundOf(track: InputAudioTrack): Promise<FilmSound> {
  const channels = await orNull(track.getNumberOfChannels())
  const sampleRate = await orNull(track.getSampleRate())
  return {
    codec: knownCodecName(await orNull(track.getCodec())) ?? (await internalName(track)),
    channels: channels !== null && channels > 0 && channels <= 255 ? channels : null,
    sampleRate: sampleRate !== null && sampleRate > 0 && sampleRate < 1e7 ? Math.round(sampleRate) : null,
  }
}

async function internalName(track: InputVideoTrack | InputAudioTrack): Promise<string | null> {
  const identifier = await orNull(track.getInternalCodecId())
  if (typeof identifier === 'string') return codecNameOf(identifier)
  return typeof identifier === 'number' ? streamTypeName(identifier) : null
}

async function firstFrame(track: InputVideoTrack): Promise<Uint8Array | null> {
  return (await orNull(new EncodedPacketSink(track).getFirstPacket()))?.data ?? null
}

function side(pixels: number | null): number | null {
  return pixels !== null && pixels >= 1 && pixels <= 1_000_000 ? Math.round(pixels) : null
}

async function durationOf(input: Input, isStream: boolean): Promise<number | null> {
  const declared = isStream ? null : await orNull(input.getDurationFromMetadata())
  const end = declared ?? (await orNull(input.computeDuration()))
  if (end === null) return null
  // A transport stream counts from wherever its recorder did.
  const from = isStream ? ((await orNull(input.getFirstTimestamp())) ?? 0) : 0
  return seconds(end - from)
}

function seconds(value: number): number | null {
  return Number.isFinite(value) && value > 0 && value < 1e9 ? value : null
}

interface MovieHeader {
  readonly durationSeconds: number | null
  readonly created: CaptureTime | null
}

/** How long the film is shown and when it was made. Source: ISO/IEC 14496-12 §8.2.2 (`mvhd`). */
async function movieHeader({ read, size }: BoundedFile): Promise<MovieHeader | null> {
  const moov = await findBox(read, { start: 0, end: size }, 'moov')
  const box = moov === null ? null : await findBox(read, moov, 'mvhd')
  if (box === null) return null
  const bytes = await read(box.start, 32)
  if (bytes.length < 32) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const long = view.getUint8(0) === 1
  const created = long ? Number(view.getBigUint64(4)) : view.getUint32(4)
  const timescale = view.getUint32(long ? 20 : 12)
  const duration = long ? Number(view.getBigUint64(24)) : view.getUint32(16)
  const unknown = duration >= (long ? 2 ** 63 : 2 ** 32 - 1)
  return {
    durationSeconds: timescale === 0 || unknown ? null : seconds(duration / timescale),
    created: quickTimeTime(created),
  }
}

/** Source: RFC 9559 §5.1.2 (`Info`). */
async function matroskaDate({ read, size }: BoundedFile): Promise<CaptureTime | null> {
  for await (const top of ebmlElements(read, 0, size)) {
    if (top.id !== matroska.segment) continue
    for await (const part of ebmlElements(read, top.start, top.end)) {
      if (part.id === matroska.cluster) return null
      if (part.id !== matroska.info) continue
      for await (const field of ebmlElements(read, part.start, part.end)) {
        if (field.id !== matroska.dateUtc) continue
        const bytes = await read(field.start, 8)
        return bytes.length === 8 ? matroskaTime(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0)) : null
      }
      return null
    }
    return null
  }
  return null
}

type RawTags = NonNullable<MetadataTags['raw']>

/** Phones write when the recording began, with its zone; the movie header has when the file was finished. */
function appleTime(raw: RawTags): CaptureTime | null {
  const text = raw['com.apple.quicktime.creationdate']
  return typeof text === 'string' ? isoTime(text) : null
}

/** Source: QuickTime File Format, “Location” of metadata keys; `©xyz` of user data (Android). */
function pointOf(raw: RawTags): GeographicPoint | null {
  for (const key of ['com.apple.quicktime.location.ISO6709', '©xyz', 'LOCATION']) {
    const text = raw[key]
    const point = typeof text === 'string' ? geographicPoint(text) : null
    if (point !== null) return point
  }
  return null
}

function tagsOf(tags: MetadataTags): Record<string, Json> | null {
  const { images: _, raw = {}, lyrics: __, date, ...rest } = tags
  const device = ['make', 'model', 'software'].map((name): [string, Json | null] => {
    const value = raw[`com.apple.quicktime.${name}`]
    return [name, typeof value === 'string' ? oneLine(value) : null]
  })
  return plainTags({ ...rest, date, ...Object.fromEntries(device) })
}

function coverOf({ images = [] }: MetadataTags): Uint8Array | null {
  const image = images.find(({ kind }) => kind === 'coverFront') ?? images[0]
  const bytes = image?.data
  return bytes !== undefined && bytes.length > 0 && bytes.length <= LARGEST_COVER ? bytes : null
}
