import type { BoundedFile } from '../boundedFile.ts'
import { audioTypeOf } from './audioTypes.ts'
import { type CompressedLayout, flacLayout, mpegLayout, oggLayout, PAGE_MARGIN, wholePages } from './compressedSound.ts'
import { type DecodedSound, openDecoder, type SoundDecoder } from './decodeSound.ts'
import { DECODED_SECONDS, loudnessOf, WAVEFORM_VALUES, type Waveform, WINDOWS, waveformOf } from './loudness.ts'
import { aiffLayout, frameCount, type PcmLayout, readPcm, waveLayout } from './pcmFile.ts'

/** Values that one window gives. */
const WINDOW_VALUES = WAVEFORM_VALUES / WINDOWS
const WINDOW_SECONDS = DECODED_SECONDS / WINDOWS
/** Bytes of one window that are read at most; compressed sound has fewer, whatever a file declares. */
const LARGEST_WINDOW = 1024 ** 2
/** Bytes of two frames of MP3 or a small one of FLAC, which a window must hold whole. */
const FRAME_MARGIN = 8192
/** A file that is decoded whole; with 40 s of it there is hardly one that is longer. */
const LARGEST_WHOLE = 32 * 1024 ** 2
/** What a decoder gives first out of the middle of a stream is not yet the sound, seconds; so much more is decoded. */
const SETTLING_SECONDS = 0.1
/** The last frame of a window is cut off; so much more is read, seconds. */
const CUT_SECONDS = 0.15

/** What must be known of a sound to draw it. */
export interface SoundShape {
  readonly mimeType: string
  readonly codec: string | null
  readonly durationSeconds: number | null
}

/**
 * The waveform of a file whose samples can be had without help from outside; null for any other. A file of up to 40 s is
 * decoded whole, of a longer one as much in equally spaced windows, so the work is bounded whatever its length. A window
 * into compressed sound is found by its place among the bytes, which is its place in time where the bit rate is even.
 *
 * To be called in the expendable thread only.
 * @throws {ReadBudgetError} or the file system's error
 */
export async function readWaveform(file: BoundedFile, sound: SoundShape): Promise<Waveform | null> {
  switch (audioTypeOf(sound.mimeType).samples) {
    case 'wave':
      return pcmWaveform(file, await waveLayout(file))
    case 'aiff':
      return pcmWaveform(file, await aiffLayout(file))
    case 'mpeg':
      return compressedWaveform(file, sound, await mpegLayout(file))
    case 'flac':
      return compressedWaveform(file, sound, await flacLayout(file))
    case 'ogg':
      return compressedWaveform(file, sound, await oggLayout(file))
    case 'ffmpeg':
      return null
  }
}

async function pcmWaveform(file: BoundedFile, pcm: PcmLayout | null): Promise<Waveform | null> {
  const frames = pcm === null ? 0 : frameCount(pcm)
  if (pcm === null || frames === 0) return null
  const windows = frames / pcm.sampleRate <= DECODED_SECONDS ? 1 : WINDOWS
  // A sampling rate that is out of this world makes a window shorter, not the work longer.
  const window = Math.min(Math.ceil(windows === 1 ? frames : WINDOW_SECONDS * pcm.sampleRate), 500_000)
  const loudness: number[] = []
  for (let index = 0; index < windows; index++) {
    if (windows === 1) loudness.push(...(await wholePcm(file, pcm, frames)))
    else {
      const from = Math.floor((index * frames) / windows)
      loudness.push(...loudnessOf(await readPcm(file, pcm, from, window), WINDOW_VALUES))
    }
  }
  return waveformOf(loudness)
}

/** Each value by itself, so that no more than one two-hundredth of the samples is in memory. */
async function wholePcm(file: BoundedFile, pcm: PcmLayout, frames: number): Promise<number[]> {
  const values = Math.min(WAVEFORM_VALUES, frames)
  const loudness: number[] = []
  for (let value = 0; value < values; value++) {
    const from = Math.floor((value * frames) / values)
    const to = Math.floor(((value + 1) * frames) / values)
    loudness.push(...loudnessOf(await readPcm(file, pcm, from, to - from), 1))
  }
  return loudness
}

async function compressedWaveform(
  file: BoundedFile,
  { codec, durationSeconds }: SoundShape,
  layout: CompressedLayout | null,
): Promise<Waveform | null> {
  if (layout === null || durationSeconds === null || layout.start >= layout.end) return null
  const decoder = await openDecoder(codec)
  if (decoder === null) return null
  try {
    const bytes = layout.end - layout.start
    return durationSeconds <= DECODED_SECONDS && bytes <= LARGEST_WHOLE
      ? await decodeWhole(file, layout, decoder)
      : await decodeWindows(file, layout, decoder, bytes / durationSeconds)
  } finally {
    decoder.free()
  }
}

async function decodeWhole(
  file: BoundedFile,
  { start, end, headers }: CompressedLayout,
  decoder: SoundDecoder,
): Promise<Waveform | null> {
  const sound = await file.read(start, end - start)
  const { channelData } = await decoder.decode(Buffer.concat([headers, sound]))
  return hasSamples(channelData) ? waveformOf(loudnessOf(channelData, WAVEFORM_VALUES)) : null
}

async function decodeWindows(
  file: BoundedFile,
  layout: CompressedLayout,
  decoder: SoundDecoder,
  bytesPerSecond: number,
): Promise<Waveform | null> {
  const { start, end, headers } = layout
  const paged = headers.length > 0
  const wanted = (SETTLING_SECONDS + WINDOW_SECONDS + CUT_SECONDS) * bytesPerSecond
  const length = Math.ceil(Math.min(wanted + (paged ? PAGE_MARGIN : FRAME_MARGIN), LARGEST_WINDOW))
  const loudness: number[] = []
  let heard = false
  for (let index = 0; index < WINDOWS; index++) {
    const part = await file.read(Math.floor(start + (index * (end - start)) / WINDOWS), length)
    const decoded = await decoder.decode(paged ? Buffer.concat([headers, wholePages(part, wanted)]) : part)
    heard ||= hasSamples(decoded.channelData)
    loudness.push(...loudnessOf(windowOf(decoded, index), WINDOW_VALUES))
  }
  return heard ? waveformOf(loudness) : null
}

/** The window itself: without what comes before the decoder has found into the sound, which a beginning has not. */
function windowOf({ channelData, sampleRate }: DecodedSound, index: number): readonly Float32Array[] {
  const from = index === 0 ? 0 : Math.round(SETTLING_SECONDS * sampleRate)
  return channelData.map((channel) => channel.subarray(from, from + Math.round(WINDOW_SECONDS * sampleRate)))
}

function hasSamples(samples: readonly Float32Array[]): boolean {
  return samples.length > 0 && samples.every((channel) => channel.length > 0)
}
