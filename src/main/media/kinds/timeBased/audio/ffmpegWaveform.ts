import { inputArguments, runFfmpeg } from '../ffmpeg.ts'
import { DECODED_SECONDS, loudnessOf, WAVEFORM_VALUES, type Waveform, WINDOWS, waveformOf } from './loudness.ts'

/** Samples a second that are asked for: loudness needs no more. */
const SAMPLE_RATE = 4000
const MOST_BYTES = (DECODED_SECONDS + WINDOWS) * SAMPLE_RATE * 2

/**
 * The waveform of a file by ffmpeg: of up to 40 s whole, of a longer one as much in equally spaced windows; of one whose
 * length nobody knows its beginning. Null if ffmpeg can't decode it.
 */
export async function ffmpegWaveform(
  program: string,
  { path, mimeType, durationSeconds }: { path: string; mimeType: string; durationSeconds: number | null },
): Promise<Waveform | null> {
  const windows = durationSeconds === null || durationSeconds <= DECODED_SECONDS ? 1 : WINDOWS
  const inputs = Array.from({ length: windows }, (_, index) => ({
    path,
    mimeType,
    from: ((durationSeconds ?? 0) * index) / windows,
    length: DECODED_SECONDS / windows,
  }))
  const input = inputArguments(inputs, 1)
  if (input === null) return null
  const join = inputs.map((_, index) => `[${index}:a:0]`).join('')
  const graph = `${join}concat=n=${windows}:v=0:a=1,aresample=${SAMPLE_RATE}`
  const output = ['-filter_complex', graph, '-ac', '1', '-f', 's16le', '-c:a', 'pcm_s16le']
  const bytes = await runFfmpeg(program, [...input, ...output], MOST_BYTES)
  if (bytes === null || bytes.length < 2) return null
  const samples = Float32Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readInt16LE(index * 2) / 32_768)
  return waveformOf(loudnessOf([samples], WAVEFORM_VALUES))
}
