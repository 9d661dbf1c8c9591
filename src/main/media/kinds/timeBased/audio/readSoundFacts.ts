import { type IAudioMetadata, type ICommonTagsResult, type IFormat, parseFile, selectCover } from 'music-metadata'
import type { Json } from '../../kindReader.ts'
import { withBoundedFile } from '../boundedFile.ts'
import { codecNameOf } from '../codecNames.ts'
import { plainTags } from '../plainTags.ts'
import type { FilmFacts } from '../video/filmFacts.ts'
import { readContainer } from '../video/readContainer.ts'
import { audioTypeOf } from './audioTypes.ts'
import type { SoundFacts } from './soundFacts.ts'

/** A cover is a picture, not a whole booklet. */
const LARGEST_COVER = 32 * 1024 ** 2
/** Files up to this size are gone through for their exact duration where nothing declares it, bytes. */
const GONE_THROUGH = 64 * 1024 ** 2

/** What people call the codecs that music-metadata names otherwise. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^MPEG \d(\.\d)? Layer 3$/, 'MP3'],
  [/^MPEG \d(\.\d)? Layer 2$/, 'MP2'],
  [/^MPEG-4\/AAC|^AAC/, 'AAC'],
  [/^Vorbis/i, 'Vorbis'],
  [/^Opus/i, 'Opus'],
  [/^Speex/i, 'Speex'],
  [/^FLAC/i, 'FLAC'],
  [/^(non-PCM \(65534\)|PCM)/, 'PCM'],
  [/^Windows Media Audio/, 'Windows Media Audio'],
  [/^ALAW$/, 'A-law'],
  [/^MULAW$/, 'µ-law'],
]

/**
 * What a sound file says about itself; null if it is none that can be read. To be called in the expendable thread only.
 *
 * @throws the file system's error; whatever else goes wrong is damage.
 */
export async function readSoundFacts(path: string, mimeType: string, size: number): Promise<SoundFacts | null> {
  const film = audioTypeOf(mimeType).isContainer ? await withBoundedFile(path, readContainer) : null
  const music = await parse(path, size)
  if (film === null && music === null) return null
  const format: Partial<IFormat> = music?.format ?? {}
  const codec = film?.sound?.codec ?? codecName(format.codec)
  const lossless = codec === 'PCM' ? true : (format.lossless ?? null)
  return {
    durationSeconds: film?.durationSeconds ?? positive(format.duration, 1e9),
    codec,
    channels: film?.sound?.channels ?? whole(format.numberOfChannels, 255),
    sampleRate: film?.sound?.sampleRate ?? whole(format.sampleRate, 1e7),
    bitsPerSample: lossless === true ? whole(format.bitsPerSample, 64) : null,
    lossless,
    tags: tagsOf(music?.common ?? null, film),
    captured: film?.captured ?? null,
    gps: film?.gps ?? null,
    cover: coverOf(music, film),
  }
}

async function parse(path: string, size: number): Promise<IAudioMetadata | null> {
  try {
    const music = await parseFile(path, { duration: size <= GONE_THROUGH, includeChapters: false })
    return music.format.hasAudio === true || music.format.codec !== undefined ? music : null
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall === 'string') throw error
    // music-metadata has only prose for damage, and for the few kinds that it does not know.
    return null
  }
}

function codecName(codec: string | undefined): string | null {
  if (codec === undefined) return null
  return NAMES.find(([pattern]) => pattern.test(codec))?.[1] ?? codecNameOf(codec)
}

function tagsOf(common: ICommonTagsResult | null, film: FilmFacts | null): Record<string, Json> | null {
  if (common === null) return film?.tags === null || film === null ? null : { ...film.tags }
  const { track, disk } = common
  return plainTags({
    title: common.title,
    artist: common.artist,
    album: common.album,
    albumArtist: common.albumartist,
    composer: common.composer,
    genre: common.genre,
    date: common.date ?? common.year,
    track: track.no,
    tracks: track.of,
    disc: disk.no,
    bpm: common.bpm,
    comment: common.comment?.map(({ text }) => text ?? ''),
    copyright: common.copyright,
    encodedBy: common.encodedby,
  })
}

function coverOf(music: IAudioMetadata | null, film: FilmFacts | null): Uint8Array | null {
  const bytes = selectCover(music?.common.picture)?.data ?? film?.cover ?? null
  return bytes !== null && bytes.length > 0 && bytes.length <= LARGEST_COVER ? bytes : null
}

function positive(value: number | undefined, below: number): number | null {
  return value !== undefined && value > 0 && value < below ? value : null
}

function whole(value: number | undefined, most: number): number | null {
  const rounded = value === undefined ? 0 : Math.round(value)
  return rounded > 0 && rounded <= most ? rounded : null
}
