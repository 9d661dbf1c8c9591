import type { Json } from '../../kindReader.ts'
import type { CaptureTime } from '../captureTime.ts'
import type { GeographicPoint } from '../geographicPoint.ts'

/** What a sound file says about itself; null for what it does not say. */
export interface SoundFacts {
  readonly durationSeconds: number | null
  /** As people call it. */
  readonly codec: string | null
  readonly channels: number | null
  /** Hertz. */
  readonly sampleRate: number | null
  readonly bitsPerSample: number | null
  readonly lossless: boolean | null
  readonly tags: Readonly<Record<string, Json>> | null
  readonly captured: CaptureTime | null
  readonly gps: GeographicPoint | null
  /** A picture file that the sound file carries. */
  readonly cover: Uint8Array | null
}
