/** A text that a file carries, with its bytes as they stand there (after decompression, before any decoding). */
export interface CarrierText {
  /**
   * Kind of place: `png:tEXt`, `png:zTXt`, `png:iTXt`, `png:comf`, `exif`, `xmp`, `jpeg:COM`, `gif:comment`,
   * `mp4:ilst`, `mp4:udta`, `mp4:comf`, `matroska:tag`, `vorbis`, `id3`, `riff:info`, `aiff:text`, `stealth:alpha`,
   * `stealth:rgb`, `sidecar`.
   */
  readonly carrier: string
  /**
   * PNG keyword, EXIF tag name (`UserComment`, `ImageDescription`, `Make`, …), tag name, file extension of a sidecar;
   * '' for none.
   */
  readonly key: string
  /**
   * The bytes as text, by the encoding that the carrier declares or, where files in the wild disobey, the one that
   * fits.
   */
  readonly text: string
  readonly bytes: Uint8Array
}

/** What a C2PA manifest store says about the origin of a file. Read, not verified: signatures are not checked. */
export interface ContentCredentials {
  /** Program that made the claim (`claim_generator`), e.g. `OpenAI-API`, null if it does not say. */
  readonly claimGenerator: string | null
  /** `softwareAgent` of the actions, e.g. `GPT-4o`, `Google Generative AI`. */
  readonly softwareAgents: readonly string[]
  /** IPTC digital source types of the actions, last path segment, e.g. `trainedAlgorithmicMedia`. */
  readonly digitalSourceTypes: readonly string[]
}

/** A text that a file carries but that is not handed on, and why. */
export interface DroppedText {
  readonly carrier: string
  readonly key: string
  /** `too_large`: over a limit of carrierLimits.ts; `damaged`: cut off, or its compression is broken. */
  readonly reason: 'too_large' | 'damaged'
}

/** Everything in a file beside its pixels and samples, as bytes; what it means is read by others. */
export interface Carriers {
  /** In the order of the file. */
  readonly texts: readonly CarrierText[]
  /** TIFF structure of the EXIF block, without `Exif\0\0`; null if there is none. */
  readonly exif: Uint8Array | null
  /** XMP packets as text: the main one first, then extended ones already merged in where the file splits it. */
  readonly xmp: readonly string[]
  /** IPTC-IIM records (Photoshop resource 0x0404 or TIFF tag 33723), null if there are none. */
  readonly iptc: Uint8Array | null
  readonly credentials: ContentCredentials | null
  readonly dropped: readonly DroppedText[]
}

/** A file that carries nothing. */
export const noCarriers: Carriers = { texts: [], exif: null, xmp: [], iptc: null, credentials: null, dropped: [] }
