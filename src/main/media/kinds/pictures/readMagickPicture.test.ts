import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bmpFile,
  ddsFile,
  exrFile,
  hdrFile,
  pcxFile,
  pfmFile,
  ppmFile,
  tgaFile,
  xcfFile,
} from '../../../../../test/fixtures/pictures/bitmapFiles.ts'
import { jp2Quarters, jxlQuarters, qoiQuarters } from '../../../../../test/fixtures/pictures/encodedQuarters.ts'
import { drawn, fixtureReader, nameOf, quartersOf } from '../../../../../test/fixtures/pictures/readFixture.ts'
import { bufferSource } from '../../carriers/byteSource.ts'
import { readLimits } from '../../limits.ts'
import { PixelLimitError } from '../kindReader.ts'
import { readExrHeader, readRadianceHeader } from './headers/highRangeHeaders.ts'
import { readJpeg2000Header } from './headers/jpeg2000Header.ts'
import { readJxlHeader } from './headers/jxlHeader.ts'
import { readNetpbmHeader } from './headers/netpbmHeader.ts'
import { decodeWithMagick } from './magick/decodeWithMagick.ts'
import { readMagickPicture } from './readMagickPicture.ts'

const read = fixtureReader(readMagickPicture)
const limits = readLimits({})
const jp2 = Buffer.from(jp2Quarters, 'base64')
const jxl = Buffer.from(jxlQuarters, 'base64')
const codestream = jp2.subarray(jp2.indexOf(Buffer.from('ff4fff51', 'hex')))
const kinds: [name: string, mimeType: string, file: Buffer, format: string][] = [
  ['BMP', 'image/bmp', bmpFile(), 'bmp'],
  ['BMP of OS/2', 'image/bmp', bmpFile({ os2: true }), 'bmp'],
  ['BMP from the top', 'image/bmp', bmpFile({ topDown: true }), 'bmp'],
  ['TGA', 'image/x-tga', tgaFile(), 'tga'],
  ['TGA, run-length coded', 'image/x-tga', tgaFile({ isPacked: true }), 'tga'],
  ['TGA from the top, without footer', 'image/x-tga', tgaFile({ topDown: true, footer: false }), 'tga'],
  ['PCX', 'image/vnd.zbrush.pcx', pcxFile(), 'pcx'],
  ['DDS', 'image/vnd-ms.dds', ddsFile(), 'dds'],
  ['QOI', 'image/qoi', Buffer.from(qoiQuarters, 'base64'), 'qoi'],
  ['PPM', 'image/x-portable-anymap', ppmFile(), 'pnm'],
  ['PFM', 'image/x-portable-floatmap', pfmFile(), 'pfm'],
  ['Radiance HDR', 'image/vnd.radiance', hdrFile(), 'hdr'],
  ['OpenEXR', 'image/x-exr', exrFile(), 'exr'],
  ['JPEG XL', 'image/jxl', jxl, 'jxl'],
  ['JPEG 2000', 'image/jp2', jp2, 'jp2'],
  ['JPEG 2000 codestream', 'image/j2c', codestream, 'j2k'],
]

describe('a picture that libvips doesn’t know', () => {
  it.each(kinds)('%s is drawn upright in its colours', async (_name, mimeType, file, format) => {
    const facts = await read(file, { mimeType })
    expect([facts.width, facts.height, facts.metadata.format, facts.problem]).toEqual([64, 48, format, null])
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it.each(kinds)('%s is an answer when cut short', async (_name, mimeType, file) => {
    for (const part of [0, 0.01, 0.1, 0.5, 0.99]) {
      const facts = await read(file.subarray(0, Math.floor(file.length * part)), { mimeType })
      // Some decoders fill up with black what is missing at the end.
      expect(facts.problem?.code ?? 'drawn').toMatch(part < 0.05 ? /^decode_failed$/ : /^(drawn|decode_failed)$/)
    }
  })

  it('is whole also when it is much larger than what is wanted', async () => {
    for (const [bytes, mimeType] of [
      [jp2, 'image/jp2'],
      [codestream, 'image/j2c'],
    ] as const) {
      expect(await quartersOf(await read(bytes, { mimeType, side: 12 }))).toBe('rgby')
    }
  })

  it('transparency stays', async () => {
    const file = tgaFile({ topDown: true, footer: false })
    const header = Buffer.from(file.subarray(0, 18))
    header[16] = 32
    header[17] = 0x28
    const clear = await drawn(
      await read(Buffer.concat([header, Buffer.alloc(64 * 48 * 4)]), { mimeType: 'image/x-tga' }),
    )
    expect(clear?.at(0.5, 0.5)[3]).toBe(0)
  })

  it('of several layers is drawn as they look together, without the hidden ones: XCF', async () => {
    const facts = await read(xcfFile(), { mimeType: 'image/x-xcf' })
    expect([facts.width, facts.height, facts.metadata.format, facts.problem]).toEqual([64, 48, 'xcf', null])
    const picture = await drawn(facts)
    expect(picture?.at(0.5, 0.5).slice(0, 3)).toEqual([0, 0, 0])
    expect(nameOf(picture?.at(0.05, 0.05) ?? [])).toBe('r')
    expect(nameOf(picture?.at(0.95, 0.95) ?? [])).toBe('y')
    expect(await quartersOf(await read(xcfFile({ isTopHidden: true }), { mimeType: 'image/x-xcf' }))).toBe('rgby')
  })

  it('is not decoded where no thumbnail is wanted', async () => {
    expect(await read(jp2, { mimeType: 'image/jp2', side: 0 })).toMatchObject({
      width: 64,
      picture: null,
      problem: null,
    })
  })
})

describe('a declared size', () => {
  const huge = 65_500
  const patched = (file: Buffer, at: number, ...bytes: number[]) => {
    const copy = Buffer.from(file)
    copy.set(bytes, at)
    return copy
  }
  const side = [0, 0, 0xff, 0xdc]
  it.each([
    ['image/bmp', bmpFile({ width: huge, height: huge })],
    ['image/x-tga', tgaFile({ width: huge, height: huge })],
    ['image/vnd.zbrush.pcx', pcxFile({ width: huge, height: huge })],
    ['image/vnd-ms.dds', ddsFile({ width: huge, height: huge })],
    ['image/qoi', patched(Buffer.from(qoiQuarters, 'base64'), 4, ...side, ...side)],
    ['image/x-portable-anymap', ppmFile({ width: huge, height: huge })],
    ['image/x-xcf', xcfFile({ width: huge, height: huge })],
    ['image/vnd.radiance', hdrFile({ width: huge, height: huge })],
    ['image/x-exr', exrFile({ width: huge, height: huge })],
    ['image/j2c', patched(codestream, 8, ...side, ...side)],
    // 18 bits for each side, its size and ratio before it.
    ['image/jxl', jxlOf(huge)],
  ])('over the limit is refused before anything is decoded: %s', async (mimeType, file) => {
    await expect(read(file, { mimeType })).rejects.toThrow(new PixelLimitError(huge, huge))
  })

  it('within the limit of pixels but not of memory is refused, too', async () => {
    const facts = await read(bmpFile({ width: 16_000, height: 16_000 }), { mimeType: 'image/bmp' })
    expect([facts.width, facts.problem?.code]).toEqual([16_000, 'file_too_large'])
  })
})

describe('what may not be reached by a file', () => {
  const drawing = Buffer.from('push graphic-context\nimage over 0,0 64,48 "/etc/passwd"\npop graphic-context\n')
  const script = Buffer.from('<?xml version="1.0"?><image><read filename="/etc/passwd"/></image>')

  it.each([
    'MVG',
    'MSVG',
    'SVG',
    'MSL',
    'TXT',
    'TEXT',
    'URL',
    'HTTPS',
    'CAPTION',
    'LABEL',
    'PANGO',
    'XC',
    'GRADIENT',
    'INLINE',
    'EPHEMERAL',
    'PDF',
    'PS',
    'MIFF',
    'MPC',
    'PNG',
    'JPEG',
  ])('the %s coder', async (format) => {
    for (const bytes of [drawing, script, Buffer.from('text:/etc/passwd')]) {
      expect(await decodeWithMagick(bytes, { format: format as 'MVG', width: 64, height: 48 }, 64, limits)).toBeNull()
    }
  })

  it('another format than the one that was recognised', async () => {
    for (const bytes of [drawing, script, jp2, jxl]) {
      expect(await decodeWithMagick(bytes, { format: 'BMP', width: 64, height: 48 }, 64, limits)).toBeNull()
      expect(await decodeWithMagick(bytes, { format: 'PCX', width: 64, height: 48 }, 64, limits)).toBeNull()
    }
  })
})

describe('damage', () => {
  it('is an answer, not an exception, whatever bytes are altered', async () => {
    const change = fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255))
    const kind = fc.constantFrom(...kinds)
    await fc.assert(
      fc.asyncProperty(kind, fc.array(change, { minLength: 1, maxLength: 8 }), async ([, mimeType, file], changes) => {
        const bytes = Buffer.from(file)
        // Headers are where decoders stumble.
        for (const [at, value] of changes) bytes[Math.floor(at * at * at * bytes.length)] = value
        await expect(read(bytes, { mimeType, limits: { pixels: 4_000_000 } }).catch(pixelLimit)).resolves.toBeDefined()
      }),
      { numRuns: 200 },
    )
    expect(await quartersOf(await read(jp2, { mimeType: 'image/jp2' }))).toBe('rgby')
  })

  it('in headers is no exception either', () => {
    const headers = [readExrHeader, readRadianceHeader, readJpeg2000Header, readJxlHeader, readNetpbmHeader]
    const starts = [exrFile(), hdrFile(), codestream, jxl, Buffer.from('P7\nWIDTH 4\nDEPTH 9\n')].map((file) =>
      file.subarray(0, 60),
    )
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.nat(60), fc.uint8Array({ maxLength: 100 }), (start, length, rest) => {
        const source = bufferSource(Buffer.concat([start.subarray(0, length), rest]))
        for (const readHeader of headers) expect(() => readHeader(source)).not.toThrow()
      }),
    )
  })
})

function pixelLimit(error: unknown): string {
  if (error instanceof PixelLimitError) return 'too many pixels'
  throw error
}

/** The start of a JPEG XL codestream of a square. Source: ISO/IEC 18181-1, SizeHeader: not small, 18 bits, ratio 1:1. */
function jxlOf(side: number): Buffer {
  const bits = [0, ...numberBits(2, 2), ...numberBits(side - 1, 18), ...numberBits(1, 3)]
  const bytes = Buffer.alloc(16)
  bytes.writeUInt16BE(0xff0a)
  for (const [index, bit] of bits.entries()) bytes[2 + (index >> 3)]! |= bit << (index & 7)
  return bytes
}

function numberBits(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => (value >> index) & 1)
}
