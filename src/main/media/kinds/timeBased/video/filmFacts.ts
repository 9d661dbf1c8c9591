import type { Json } from '../../kindReader.ts'
import type { CaptureTime } from '../captureTime.ts'
import type { GeographicPoint } from '../geographicPoint.ts'

/** What the pictures of a film are like. */
export interface FilmPictures {
  /** As people call it; null if the file names one that nobody knows. */
  readonly codec: string | null
  /** With profile and level, as web pages write it (RFC 6381): `avc1.64001f`. */
  readonly codecString: string | null
  /** Pixels as shown: square and upright. */
  readonly width: number | null
  readonly height: number | null
  /** Degrees clockwise by which the stored pictures are turned to be upright. */
  readonly rotation: number
  /** Frames a second. */
  readonly frameRate: number | null
  readonly highDynamicRange: boolean
  /** `primaries`, `transfer`, `matrix`, `fullRange` as the file names them, null if it does not. */
  readonly color: Readonly<Record<string, Json>> | null
}

export interface FilmSound {
  readonly codec: string | null
  readonly channels: number | null
  /** Hertz. */
  readonly sampleRate: number | null
}

/** What the container of a film says about it; null for what it does not say. */
export interface FilmFacts {
  readonly durationSeconds: number | null
  readonly pictures: FilmPictures | null
  readonly sound: FilmSound | null
  readonly tags: Readonly<Record<string, Json>> | null
  readonly captured: CaptureTime | null
  readonly gps: GeographicPoint | null
  /** A picture file that the container carries to stand for the film. */
  readonly cover: Uint8Array | null
}

/** The codec of films whose frames are JPEG pictures. */
export const MOTION_JPEG = 'Motion JPEG'

/** Bytes of the frame near a second of a film, null if there is none. */
export type FrameAt = (second: number) => Promise<Uint8Array | null>

/** A film of which nothing is known. */
export const unknownFilm: FilmFacts = {
  durationSeconds: null,
  pictures: null,
  sound: null,
  tags: null,
  captured: null,
  gps: null,
  cover: null,
}
