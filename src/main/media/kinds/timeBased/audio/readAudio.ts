import { type Json, type KindFacts, type MediaSource, noFacts, type Picture } from '../../kindReader.ts'
import { findFfmpeg } from '../ffmpeg.ts'
import { known } from '../plainTags.ts'
import { inThread } from '../thread/expendableThread.ts'
import { audioTypeOf } from './audioTypes.ts'
import { drawWaveform } from './drawWaveform.ts'
import { ffmpegWaveform } from './ffmpegWaveform.ts'
import type { Waveform } from './loudness.ts'
import type { SoundFacts } from './soundFacts.ts'

const DAMAGED = 'The sound file is damaged or incomplete: nothing says what is in it. The original is kept as it is.'

const SILENT = 'The sound file is damaged: no sound in it can be decoded. The original is kept as it is.'
/** Codecs for which a decoder is always there. */
const DECODED_HERE: ReadonlySet<string> = new Set(['PCM', 'MP2', 'MP3', 'FLAC', 'Vorbis', 'Opus'])

/**
 * Reads a sound: how long, made with what, its tags; and its cover, or its waveform where it has none. The waveform is in
 * `metadata.waveform` in any case that it can be had: 200 values of loudness from 0 to 100.
 */
export async function readAudio(source: MediaSource): Promise<KindFacts> {
  const { path, mimeType, size, limits } = source
  const { format } = audioTypeOf(mimeType)
  const facts = await inThread({ kind: 'sound', path, mimeType, size }, limits)
  if (facts === null) {
    // A kind that no reader of ours knows may be sound all the same.
    const waveform = audioTypeOf(mimeType).samples === 'ffmpeg' ? await waveformOf(source, noSound) : null
    if (waveform !== null) return withWaveform({ ...noFacts, metadata: { format, waveform: [...waveform] } }, waveform)
    return { ...noFacts, metadata: { format }, problem: { code: 'decode_failed', message: DAMAGED } }
  }
  const waveform = source.side === 0 ? null : await waveformOf(source, facts)
  const read: KindFacts = {
    ...noFacts,
    durationSeconds: facts.durationSeconds,
    capturedAt: facts.captured?.at ?? null,
    capturedAtZone: facts.captured?.zone ?? null,
    gps: facts.gps,
    metadata: metadataOf(source, format, facts, waveform),
  }
  if (facts.cover !== null) return { ...read, picture: encoded(Buffer.from(facts.cover), false) }
  if (waveform !== null) return withWaveform(read, waveform)
  return source.side === 0 ? read : { ...read, problem: problemOf(mimeType, facts) }
}

const noSound: Pick<SoundFacts, 'codec' | 'durationSeconds'> = { codec: null, durationSeconds: null }

async function waveformOf(
  { path, mimeType, limits }: MediaSource,
  { codec, durationSeconds }: Pick<SoundFacts, 'codec' | 'durationSeconds'>,
): Promise<Waveform | null> {
  const here = await inThread({ kind: 'waveform', path, sound: { mimeType, codec, durationSeconds } }, limits)
  if (here !== null) return here
  const program = findFfmpeg()
  return program === null ? null : ffmpegWaveform(program, { path, mimeType, durationSeconds })
}

function withWaveform(facts: KindFacts, waveform: Waveform): KindFacts {
  return { ...facts, symbolic: true, picture: encoded(Buffer.from(drawWaveform(waveform)), true) }
}

function encoded(input: Buffer, vector: boolean): Picture {
  return { kind: 'encoded', input, vector }
}

function problemOf(mimeType: string, { codec }: SoundFacts): NonNullable<KindFacts['problem']> {
  const { format, samples } = audioTypeOf(mimeType)
  if (samples !== 'ffmpeg' && codec !== null && DECODED_HERE.has(codec)) {
    return { code: 'decode_failed', message: SILENT }
  }
  const what = codec === null ? `sound in ${format.toUpperCase()} files` : `${codec} sound`
  return {
    code: 'unsupported_type',
    message: `This computer has no decoder for ${what}, so there is no waveform. Install ffmpeg and read the file again to get one.`,
  }
}

function metadataOf(
  { size }: MediaSource,
  format: string,
  facts: SoundFacts,
  waveform: Waveform | null,
): Record<string, Json> {
  const { codec, channels, sampleRate, bitsPerSample, lossless, tags, durationSeconds } = facts
  return known({
    format,
    codec,
    channels,
    sampleRate,
    bitsPerSample,
    lossless,
    bitRate: durationSeconds === null ? null : Math.round((size * 8) / durationSeconds),
    tags: tags === null ? null : { ...tags },
    waveform: waveform === null ? null : [...waveform],
  })
}
