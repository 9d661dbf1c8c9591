/** Values of a waveform, from 0 to 100, of a whole file from its beginning to its end. */
export type Waveform = readonly number[]

/** Values of one waveform. */
export const WAVEFORM_VALUES = 200
/** Files up to this length are decoded whole, seconds; of longer ones as much is decoded in equally spaced windows. */
export const DECODED_SECONDS = 40
/** Windows into a longer file; each gives as many values as it must for all to be enough. */
export const WINDOWS = 50

/** Sound under this loudness (of 1) is silence: the noise of a microphone is not drawn as large as music. */
const SILENCE = 0.001

/**
 * Loudness of consecutive parts of equal length: root mean square over all channels.
 *
 * @param channels samples from −1 to 1; channels of one length
 */
export function loudnessOf(channels: readonly Float32Array[], parts: number): number[] {
  const length = Math.min(...channels.map((samples) => samples.length))
  if (channels.length === 0 || length === 0) return new Array<number>(parts).fill(0)
  return Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * length) / parts)
    const to = Math.max(from + 1, Math.floor(((part + 1) * length) / parts))
    let sum = 0
    for (const samples of channels) {
      for (let index = from; index < to; index++) {
        const sample = samples[index] ?? 0
        // A decoder that lost its way may give anything.
        if (sample > -8 && sample < 8) sum += sample * sample
      }
    }
    return Math.sqrt(sum / ((to - from) * channels.length))
  })
}

/** Loudness values as a waveform: the loudest is 100, silence is 0. Stretched or shrunk to the number of values. */
export function waveformOf(loudness: readonly number[]): Waveform | null {
  if (loudness.length === 0) return null
  const loudest = loudness.reduce((most, value) => Math.max(most, value), 0)
  const scale = loudest < SILENCE ? 0 : 100 / loudest
  return Array.from({ length: WAVEFORM_VALUES }, (_, index) => {
    const value = loudness[Math.floor((index * loudness.length) / WAVEFORM_VALUES)] ?? 0
    return Math.round(value * scale)
  })
}
