/** Decoded pixels as a decoder gives them: 8 bits a channel, rows without padding. */
export interface RawPixels {
  readonly data: Buffer
  readonly width: number
  readonly height: number
  /** CMYK: 255 is full ink. */
  readonly layout: 'RGB' | 'RGBA' | 'CMYK'
  /** ICC profile of the pixels. */
  readonly profile: Uint8Array | null
  /** Brightness is proportional to light, as in the formats of high dynamic range. */
  readonly isLinear?: boolean
}
