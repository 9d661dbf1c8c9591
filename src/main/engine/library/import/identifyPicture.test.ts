import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import {
  bmpFile,
  ddsFile,
  exrFile,
  hdrFile,
  iconBitmap,
  iconFile,
  pcxFile,
  pfmFile,
  ppmFile,
  tgaFile,
} from '../../../../../test/fixtures/pictures/bitmapFiles.ts'
import { jp2Quarters, jxlQuarters, qoiQuarters } from '../../../../../test/fixtures/pictures/encodedQuarters.ts'
import { psdFile } from '../../../../../test/fixtures/pictures/psdFile.ts'
import { tiffFile } from '../../../../../test/fixtures/pictures/tiffFile.ts'
import { identifyPicture } from './identifyPicture.ts'
import { HEAD_BYTES, identifyType } from './identifyType.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-identify-picture-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function identify(content: Buffer, name: string): Promise<string> {
  const path = join(folder, 'file')
  await writeFile(path, content)
  const { mimeType, extension } = await identifyType(content.subarray(0, HEAD_BYTES), content.length, path, name)
  return `${mimeType} ${extension}`
}

const jp2 = Buffer.from(jp2Quarters, 'base64')
const codestream = jp2.subarray(jp2.indexOf(Buffer.from('ff4fff51', 'hex')))
const tiff = tiffFile([[[0x100, { long: [64] }]]])
/** With the tag of a print program that is taken for a Sony's. */
const printed = tiffFile([
  [
    [0x100, { long: [64] }],
    [0xc4a5, { bytes: Buffer.from('PrintIM\0') }],
  ],
])

describe('pictures are told by their content', () => {
  it.each([
    ['BMP', bmpFile(), 'image/bmp bmp'],
    ['BMP of OS/2', bmpFile({ os2: true }), 'image/bmp bmp'],
    ['icon', iconFile([iconBitmap(16, 16)]), 'image/x-icon ico'],
    ['cursor', iconFile([iconBitmap(16, 16)], 2), 'image/x-icon cur'],
    ['TGA with a footer', tgaFile(), 'image/x-tga tga'],
    ['PCX', pcxFile(), 'image/vnd.zbrush.pcx pcx'],
    ['DDS', ddsFile(), 'image/vnd-ms.dds dds'],
    ['QOI', Buffer.from(qoiQuarters, 'base64'), 'image/qoi qoi'],
    ['PPM', ppmFile(), 'image/x-portable-anymap pnm'],
    ['PFM', pfmFile(), 'image/x-portable-floatmap pfm'],
    ['Radiance HDR', hdrFile(), 'image/vnd.radiance hdr'],
    ['OpenEXR', exrFile(), 'image/x-exr exr'],
    ['JPEG XL', Buffer.from(jxlQuarters, 'base64'), 'image/jxl jxl'],
    ['JPEG 2000', jp2, 'image/jp2 jp2'],
    ['JPEG 2000 codestream', codestream, 'image/j2c j2c'],
    ['PSD', psdFile(), 'image/vnd.adobe.photoshop psd'],
    ['TIFF', tiff, 'image/tiff tif'],
    ['TIFF that was meant for a printer', printed, 'image/tiff tif'],
  ])('%s, whatever its name', async (_name, content, expected) => {
    expect(await identify(content, 'picture')).toBe(expected)
    expect(await identify(content, 'picture.mp3')).toBe(expected)
  })

  it('and keep the ending of their name where it fits', async () => {
    expect(await identify(ppmFile(), 'picture.PPM')).toBe('image/x-portable-anymap ppm')
    expect(await identify(psdFile({ isLarge: true }), 'poster.psb')).toBe('image/vnd.adobe.photoshop psb')
    expect(await identify(hdrFile(), 'sky.pic')).toBe('image/vnd.radiance pic')
  })
})

describe('pictures without a signature need more than a name', () => {
  it('TGA: a header that makes sense, and a footer where there is no name', async () => {
    const bare = tgaFile({ footer: false })
    expect(await identify(bare, 'texture.tga')).toBe('image/x-tga tga')
    expect(await identify(bare, 'texture.dat')).toBe('application/octet-stream dat')
    expect(await identify(bare.subarray(0, 1000), 'texture.tga')).toBe('image/x-tga tga')
    expect(await identify(tgaFile().subarray(0, 1000), 'texture.dat')).toBe('application/octet-stream dat')
    expect(await identify(Buffer.from([0, 1, 2, 3, 4, 5]), 'texture.tga')).not.toContain('image/x-tga tga')
  })

  it('the formats that are text are pictures by their name only', async () => {
    expect(await identify(Buffer.from('P1\n2 2\n0 1 1 0\n'), 'dots.pbm')).toBe('image/x-portable-anymap pbm')
    expect(await identify(Buffer.from('P1\n2 2 people came\n'), 'notes.txt')).toBe('text/plain txt')
  })
})

describe('raw pictures that are TIFF inside', () => {
  it.each([
    ['pef', 'image/x-pentax-pef'],
    ['srw', 'image/x-samsung-srw'],
    ['nef', 'image/x-nikon-nef'],
    ['arw', 'image/x-sony-arw'],
    ['dng', 'image/x-adobe-dng'],
    ['3fr', 'image/x-hasselblad-3fr'],
  ])('are told apart by their name: %s', async (extension, mimeType) => {
    expect(await identify(tiff, `photo.${extension.toUpperCase()}`)).toBe(`${mimeType} ${extension}`)
    expect(await identify(printed, `photo.${extension}`)).toBe(`${mimeType} ${extension}`)
  })
})

describe('recognising a picture', () => {
  it('has an answer for any bytes', async () => {
    const path = join(folder, 'any')
    const starts = ['', 'P6', 'P1\n#', 'PF\n', 'P7\n#', '#?RADIANCE\n', 'DDS ', '\n', '\0\0\x02']
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), async (start, rest) => {
        const head = Buffer.concat([Buffer.from(start, 'latin1'), rest])
        await writeFile(path, head)
        await expect(identifyPicture(null, head, head.length, path, 'tga')).resolves.not.toBeUndefined()
      }),
      { numRuns: 200 },
    )
  })

  it('takes no longer for headers of nothing but spaces and comments', async () => {
    for (const filler of [' ', '\n', '# \n', '#']) {
      const head = Buffer.from(`P3${filler.repeat(30_000)}x`)
      expect(await identifyPicture(null, head, head.length, '', '')).toBeNull()
    }
  })
})
