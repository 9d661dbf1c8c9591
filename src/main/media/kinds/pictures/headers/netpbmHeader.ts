import { pictureHeader, type ReadPictureHeader } from './pictureHeader.ts'

/** Headers are some dozen bytes; comments may make them longer. */
const MAX_HEADER_BYTES = 4096
const MAX_TOKENS = 64

/**
 * PBM, PGM, PPM, PAM and PFM. Source: Netpbm's pbm(5), pgm(5), ppm(5) and pam(5); Debevec's description of PFM.
 */
export const readNetpbmHeader: ReadPictureHeader = (source) => {
  const head = source.read(0, Math.min(source.size, MAX_HEADER_BYTES))
  if (head === null) return null
  const words = tokens(head.toString('latin1'))
  const [magic = ''] = words
  if (magic === 'P7') return readPam(words)
  const [width, height, maximum] = words.slice(1, 4).map(Number)
  if (width === undefined || height === undefined) return null
  switch (magic) {
    case 'P1':
    case 'P4':
      return pictureHeader(width, height, { space: 'b-w', channels: 1, bits: 1 })
    case 'P2':
    case 'P5':
      return pictureHeader(width, height, { space: 'b-w', channels: 1, bits: (maximum ?? 0) > 255 ? 16 : 8 })
    case 'P3':
    case 'P6':
      return pictureHeader(width, height, { space: 'srgb', channels: 3, bits: (maximum ?? 0) > 255 ? 16 : 8 })
    case 'Pf':
      return pictureHeader(width, height, { space: 'b-w', channels: 1, bits: 32, isFloat: true })
    case 'PF':
      return pictureHeader(width, height, { space: 'scrgb', channels: 3, bits: 32, isFloat: true })
    default:
      return null
  }
}

function readPam(words: readonly string[]): ReturnType<ReadPictureHeader> {
  const value = (name: string) => Number(words[words.indexOf(name) + 1])
  const channels = value('DEPTH')
  if (!(channels >= 1 && channels <= 4)) return null
  const bits = value('MAXVAL') > 255 ? 16 : 8
  return pictureHeader(value('WIDTH'), value('HEIGHT'), { space: channels < 3 ? 'b-w' : 'srgb', channels, bits })
}

function tokens(text: string): string[] {
  const found: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const comment = line.indexOf('#')
    for (const word of (comment === -1 ? line : line.slice(0, comment)).split(/\s+/)) {
      if (word !== '') found.push(word)
      if (found.length >= MAX_TOKENS || word === 'ENDHDR') return found
    }
  }
  return found
}
