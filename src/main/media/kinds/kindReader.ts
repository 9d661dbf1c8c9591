import type { z } from 'zod'
import type { MediaFactsMessage } from '../../../shared/contract/mediaWire.ts'
import type { MediaLimits } from '../limits.ts'

export type Json = z.infer<ReturnType<typeof z.json>>

/** One file to be read. */
export interface MediaSource {
  readonly path: string
  readonly mimeType: string
  /** Bytes. */
  readonly size: number
  /** Side of the largest thumbnail wanted, pixels; a vector drawing or a page is drawn at this size. */
  readonly side: number
  readonly limits: MediaLimits
  /** Absolute path of a picture that was made of the file elsewhere, to stand for it. */
  readonly poster?: string | undefined
  /** The page to draw of a document that has several, from 0; the first unless said otherwise. */
  readonly page?: number | undefined
}

/** Pixels for the thumbnails, or where they can be had. */
export type Picture =
  /** For sharp: a path or the bytes of a picture file, decoded while it is shrunk. `vector`: drawn at the size asked for. */
  | { readonly kind: 'encoded'; readonly input: string | Buffer; readonly vector: boolean }
  /** sRGB, upright, 8 bits a channel, rows without padding. */
  | {
      readonly kind: 'pixels'
      readonly data: Buffer
      readonly width: number
      readonly height: number
      readonly channels: 1 | 3 | 4
    }

/** What a reader of one kind of file found. */
export interface KindFacts {
  /** Of what the file shows, after orientation; of one frame or page. */
  readonly width: number | null
  readonly height: number | null
  readonly durationSeconds: number | null
  /** Of an animation; null for what does not move. */
  readonly frames: number | null
  /** When it was recorded, for kinds that say so outside of EXIF: milliseconds since the Unix epoch. */
  readonly capturedAt?: number | null
  /** `offset` if the file names the zone of that time, `assumed-utc` if it does not. */
  readonly capturedAtZone?: 'offset' | 'assumed-utc' | null
  /** Where it was recorded, for kinds that say so outside of EXIF: degrees. */
  readonly gps?: { readonly latitude: number; readonly longitude: number } | null
  /** Plain JSON of this kind: `pages`, `layers`, `codec`, `family`, … with `format` always. */
  readonly metadata: Readonly<Record<string, Json>>
  readonly picture: Picture | null
  /** Why there is no picture, or what is wrong with it. `decode_failed` without a picture makes the file an `error`. */
  readonly problem: NonNullable<MediaFactsMessage['noThumbnail']> | null
  /** A colour of thumbnails that stands for the kind and not the content (a specimen, a waveform) is no palette. */
  readonly symbolic: boolean
}

/** What is known of a file before anything in it has been understood. */
export const noFacts: KindFacts = {
  width: null,
  height: null,
  durationSeconds: null,
  frames: null,
  metadata: {},
  picture: null,
  problem: null,
  symbolic: false,
}

/**
 * Reads one kind of file. What is wrong with the file is in the answer (`problem`); an `ErrnoException` of the file system
 * may be thrown and is told to the person as such. A `PixelLimitError` stops at a declared size over the limit.
 */
export type KindReader = (source: MediaSource) => Promise<KindFacts>

/** Loads a reader when the first file of its kind comes, so that no decoder is in memory that nobody needs. */
export type LoadReader = () => Promise<KindReader>

/** The declared size of a picture is over the limit; nothing was decoded. */
export class PixelLimitError extends Error {
  readonly width: number
  readonly height: number

  constructor(width: number, height: number) {
    super(`${width} × ${height} pixels`)
    this.width = width
    this.height = height
  }
}
