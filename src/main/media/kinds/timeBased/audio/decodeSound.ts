/** Sound as a decoder gives it. */
export interface DecodedSound {
  /** Samples of all channels from −1 to 1, of one length; none if nothing could be decoded. */
  readonly channelData: readonly Float32Array[]
  /** Hertz. */
  readonly sampleRate: number
}

/** Decodes parts of one compressed file, each by itself. */
export interface SoundDecoder {
  decode(part: Uint8Array): Promise<DecodedSound>
  free(): void
}

/**
 * The decoder of a codec; null if none is shipped. They are WebAssembly and need no more than memory.
 * To be called in the expendable thread only: some damaged parts send their parsers around in circles.
 */
export async function openDecoder(codec: string | null): Promise<SoundDecoder | null> {
  switch (codec) {
    case 'MP3':
    case 'MP2':
      return mpegDecoder()
    case 'FLAC': {
      const { FLACDecoder } = await import('@wasm-audio-decoders/flac')
      return fileDecoder(new FLACDecoder())
    }
    case 'Vorbis': {
      const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis')
      return fileDecoder(new OggVorbisDecoder())
    }
    case 'Opus': {
      const { OggOpusDecoder } = await import('ogg-opus-decoder')
      return fileDecoder(new OggOpusDecoder())
    }
    default:
      return null
  }
}

async function mpegDecoder(): Promise<SoundDecoder> {
  const { MPEGDecoder } = await import('mpg123-decoder')
  const decoder = new MPEGDecoder({ enableGapless: false })
  await decoder.ready
  return {
    async decode(part) {
      const sound = decoder.decode(part)
      // What is left of one part must not begin the next.
      await decoder.reset()
      return sound
    },
    free: () => decoder.free(),
  }
}

/** The packages' decoders of whole files; what they are given is a small file each time. */
interface FileDecoder {
  readonly ready: Promise<void>
  decodeFile(data: Uint8Array): Promise<DecodedSound>
  free(): void
}

async function fileDecoder(decoder: FileDecoder): Promise<SoundDecoder> {
  await decoder.ready
  return {
    decode: (part) => decoder.decodeFile(part),
    free: () => decoder.free(),
  }
}
