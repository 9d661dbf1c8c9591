/** Names that people know, by mediabunny's names of codecs. */
const BY_CODEC: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'H.265',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
  aac: 'AAC',
  opus: 'Opus',
  mp3: 'MP3',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  ac3: 'AC-3',
  eac3: 'E-AC-3',
  dts: 'DTS',
  ulaw: 'µ-law',
  alaw: 'A-law',
}

/**
 * By four-character codes of QuickTime and AVI, in lower case, and by Matroska's codec identifiers. A name that ends
 * with `*` stands for all that begin so.
 */
const BY_IDENTIFIER: readonly (readonly [string, string])[] = [
  ['avc', 'H.264'],
  ['h264', 'H.264'],
  ['x264', 'H.264'],
  ['davc', 'H.264'],
  ['hvc1', 'H.265'],
  ['hev1', 'H.265'],
  ['hevc', 'H.265'],
  ['jpeg', 'Motion JPEG'],
  ['mjp*', 'Motion JPEG'],
  ['dmb1', 'Motion JPEG'],
  ['v_mjpeg', 'Motion JPEG'],
  ['mp4v', 'MPEG-4'],
  ['xvid', 'MPEG-4'],
  ['divx', 'MPEG-4'],
  ['dx50', 'MPEG-4'],
  ['fmp4', 'MPEG-4'],
  ['v_mpeg4*', 'MPEG-4'],
  ['mp42', 'MPEG-4 (Microsoft)'],
  ['mp43', 'MPEG-4 (Microsoft)'],
  ['div3', 'MPEG-4 (Microsoft)'],
  ['mpg2', 'MPEG-2'],
  ['mpeg', 'MPEG-2'],
  ['v_mpeg2', 'MPEG-2'],
  ['v_mpeg1', 'MPEG-1'],
  ['mpg1', 'MPEG-1'],
  ['ap4*', 'ProRes'],
  ['apc*', 'ProRes'],
  ['v_prores', 'ProRes'],
  ['dv*', 'DV'],
  ['cvid', 'Cinepak'],
  ['iv3*', 'Indeo'],
  ['iv5*', 'Indeo'],
  ['s263', 'H.263'],
  ['h263', 'H.263'],
  ['rle*', 'Animation'],
  ['png*', 'PNG'],
  ['avd*', 'DNxHD'],
  ['cfhd', 'CineForm'],
  ['hfyu', 'Huffyuv'],
  ['ffv1', 'FFV1'],
  ['wmv*', 'Windows Media Video'],
  ['wvc1', 'VC-1'],
  ['v_theora', 'Theora'],
  ['alac', 'Apple Lossless'],
  ['a_alac', 'Apple Lossless'],
  ['samr', 'AMR'],
  ['sawb', 'AMR-WB'],
  ['ac-3', 'AC-3'],
  ['ec-3', 'E-AC-3'],
  ['a_truehd', 'TrueHD'],
  ['a_wavpack4', 'WavPack'],
]

/** Format tags of WAV and AVI. Source: RFC 2361. */
const BY_WAVE_TAG: Readonly<Record<number, string>> = {
  1: 'PCM',
  2: 'ADPCM',
  3: 'PCM',
  6: 'A-law',
  7: 'µ-law',
  17: 'ADPCM',
  49: 'GSM',
  80: 'MP2',
  85: 'MP3',
  255: 'AAC',
  353: 'Windows Media Audio',
  354: 'Windows Media Audio',
  8192: 'AC-3',
  26447: 'Vorbis',
  61868: 'FLAC',
}

/** Stream types of MPEG programs. Source: ISO/IEC 13818-1 table 2-34, ATSC A/53. */
const BY_STREAM_TYPE: Readonly<Record<number, string>> = {
  1: 'MPEG-1',
  2: 'MPEG-2',
  3: 'MP1/MP2',
  4: 'MP2',
  15: 'AAC',
  16: 'MPEG-4',
  17: 'AAC',
  27: 'H.264',
  36: 'H.265',
  128: 'LPCM',
  129: 'AC-3',
  135: 'E-AC-3',
  234: 'VC-1',
}

/** What people call a codec that mediabunny knows; null for null. */
export function knownCodecName(codec: string | null): string | null {
  if (codec === null) return null
  return Object.hasOwn(BY_CODEC, codec)
    ? (BY_CODEC[codec] ?? null)
    : codec.startsWith('pcm')
      ? 'PCM'
      : codec.toUpperCase()
}

/** What people call the codec with this four-character code or Matroska identifier; the code itself if nobody does. */
export function codecNameOf(identifier: string): string | null {
  const code = identifier.trim().toLowerCase()
  const found = BY_IDENTIFIER.find(([pattern]) =>
    pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern,
  )
  if (found !== undefined) return found[1]
  return /^[\x21-\x7e]{2,32}$/.test(code) ? identifier.trim() : null
}

/** What people call the codec of a WAV format tag; null if nobody does. */
export function waveCodecName(tag: number): string | null {
  return BY_WAVE_TAG[tag] ?? null
}

/** What people call the codec of an MPEG stream type; null if nobody does. */
export function streamTypeName(type: number): string | null {
  return BY_STREAM_TYPE[type] ?? null
}
