import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { thumbHashToRGBA } from 'thumbhash'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMediaPool } from '../../../src/main/engine/adapters/mediaPool.ts'
import type { MediaDecoder, MediaFacts, MediaOutcome } from '../../../src/main/engine/ports.ts'
import { sha256Schema } from '../../../src/shared/domain/ids.ts'
import { mediaProgram, temporaryFolder } from './support/importLibrary.ts'
import { corners, drawing, UPRIGHT } from './support/pictures.ts'

const temporary = temporaryFolder()
let pool: MediaDecoder
beforeAll(() => {
  pool = createMediaPool({ nodePath: process.execPath, workerPath: mediaProgram, size: 2 })
})
afterAll(async () => {
  await pool.close()
  temporary.remove()
})

interface Read {
  readonly outcome: MediaOutcome
  readonly thumbnail: (size: number) => string
}

async function read(bytes: Buffer | string, mimeType: string, sizes = [150, 300, 600]): Promise<Read> {
  const sha256 = sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
  const path = join(temporary.path, sha256)
  writeFileSync(path, bytes)
  const thumbnailFolder = join(temporary.path, 'thumbs', sha256.slice(0, 2))
  const outcome = await pool.process({ path, sha256, mimeType, thumbnailFolder, sizes, sidecars: [] })
  return { outcome, thumbnail: (size) => join(thumbnailFolder, `${sha256}-${size}.webp`) }
}

function facts({ outcome }: Read): MediaFacts {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`)
  return outcome.facts
}

describe('every kind of picture that can be drawn', () => {
  const base = () => drawing(7, 800, 500)
  it.each<[string, string, () => Promise<Buffer>]>([
    ['JPEG', 'image/jpeg', () => base().jpeg().toBuffer()],
    ['progressive JPEG', 'image/jpeg', () => base().jpeg({ progressive: true }).toBuffer()],
    ['CMYK JPEG', 'image/jpeg', () => base().toColourspace('cmyk').jpeg().toBuffer()],
    ['PNG', 'image/png', () => base().png().toBuffer()],
    ['16-bit PNG', 'image/png', () => base().toColourspace('rgb16').png().toBuffer()],
    ['palette PNG', 'image/png', () => base().png({ palette: true }).toBuffer()],
    ['PNG with alpha', 'image/png', () => base().ensureAlpha(0.9).png().toBuffer()],
    ['WebP', 'image/webp', () => base().webp().toBuffer()],
    ['lossless WebP', 'image/webp', () => base().webp({ lossless: true }).toBuffer()],
    ['GIF', 'image/gif', () => base().gif().toBuffer()],
    ['AVIF', 'image/avif', () => base().avif({ effort: 0 }).toBuffer()],
    ['TIFF', 'image/tiff', () => base().tiff().toBuffer()],
    ['tiled, deflated TIFF', 'image/tiff', () => base().tiff({ tile: true, compression: 'deflate' }).toBuffer()],
    ['BigTIFF', 'image/tiff', () => base().tiff({ bigtiff: true }).toBuffer()],
    ['Display P3 JPEG', 'image/jpeg', () => base().withIccProfile('p3').jpeg().toBuffer()],
  ])('%s', async (_name, mimeType, make) => {
    const result = await read(await make(), mimeType)
    const found = facts(result)
    expect([found.width, found.height, found.frames]).toEqual([800, 500, null])
    expect(found.thumbnails).toEqual([150, 300, 600])
    expect(found.noThumbnail).toBeNull()
    for (const [size, height] of [
      [150, 94],
      [300, 188],
      [600, 375],
    ] as const) {
      const thumbnail = await sharp(result.thumbnail(size)).metadata()
      expect([thumbnail.format, thumbnail.width, thumbnail.height]).toEqual(['webp', size, height])
      expect(await corners(result.thumbnail(size))).toBe(UPRIGHT)
    }
    const hash = thumbHashToRGBA(Buffer.from(found.thumbhash ?? '', 'base64'))
    expect(hash.w / hash.h).toBeCloseTo(1.6, 0)
    expect(found.dominantColors.length).toBeGreaterThanOrEqual(3)
  })

  it('a drawing, at the size asked for', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="20"><rect width="32" height="20" fill="red"/></svg>'
    const result = await read(svg, 'image/svg+xml')
    expect([facts(result).width, facts(result).height]).toEqual([32, 20])
    expect((await sharp(result.thumbnail(600)).metadata()).width).toBe(600)
  })

  it('an animation, by its first frame', async () => {
    const frames = await Promise.all([1, 2, 3].map((seed) => drawing(seed, 64, 40).png().toBuffer()))
    for (const [format, mimeType] of [
      ['gif', 'image/gif'],
      ['webp', 'image/webp'],
    ] as const) {
      const animation = await sharp(frames, { join: { animated: true } })
        .toFormat(format)
        .toBuffer()
      const result = await read(animation, mimeType)
      expect([facts(result).width, facts(result).height, facts(result).frames]).toEqual([64, 40, 3])
      expect(await corners(result.thumbnail(150))).toBe(UPRIGHT)
    }
  })

  it('greyscale, and transparency that stays transparent', async () => {
    expect(facts(await read(await drawing(9).greyscale().png().toBuffer(), 'image/png')).thumbnails).toHaveLength(3)
    const clear = await sharp({
      create: { width: 50, height: 50, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
    })
      .png()
      .toBuffer()
    const result = await read(clear, 'image/png')
    expect(facts(result).dominantColors).toEqual([])
    expect((await sharp(result.thumbnail(150)).stats()).channels[3]?.max).toBe(0)
  })
})

describe('orientation', () => {
  it('every one of the eight gives the same upright picture', async () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const turned = await turnedBack(orientation).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer()
      const result = await read(turned, 'image/jpeg')
      expect([orientation, facts(result).width, facts(result).height]).toEqual([orientation, 320, 200])
      expect([orientation, await corners(result.thumbnail(300))]).toEqual([orientation, UPRIGHT])
    }
  })
})

/** The pixels that a camera stores so that `orientation` makes them upright. */
function turnedBack(orientation: number): Sharp {
  const upright = drawing(1, 320, 200)
  switch (orientation) {
    case 2:
      return upright.flop()
    case 3:
      return upright.rotate(180)
    case 4:
      return upright.flip()
    case 5:
      return upright.rotate(270).flop()
    case 6:
      return upright.rotate(270)
    case 7:
      return upright.rotate(90).flop()
    case 8:
      return upright.rotate(90)
    default:
      return upright
  }
}

describe('what is never done', () => {
  it('a small picture is not enlarged', async () => {
    const result = await read(await drawing(3, 200, 100).png().toBuffer(), 'image/png')
    expect((await sharp(result.thumbnail(600)).metadata()).width).toBe(200)
    expect((await sharp(result.thumbnail(150)).metadata()).width).toBe(150)
  })

  it('a picture over the limit is not decoded', async () => {
    const limited = createMediaPool({
      nodePath: process.execPath,
      workerPath: mediaProgram,
      size: 1,
      env: { VITRINE_MEDIA_PIXELS: '10000' },
    })
    try {
      const path = join(temporary.path, 'large.png')
      writeFileSync(path, await drawing(1, 200, 100).png().toBuffer())
      const task = {
        path,
        sha256: sha256Schema.parse('a'.repeat(64)),
        mimeType: 'image/png',
        sizes: [150],
        sidecars: [],
      }
      const outcome = await limited.process({ ...task, thumbnailFolder: join(temporary.path, 'none') })
      expect(outcome).toMatchObject({ ok: false, code: 'pixel_limit' })
    } finally {
      await limited.close()
    }
  })

  it('a drawing fetches nothing, neither from the network nor from the disk', async () => {
    let requests = 0
    const server = createServer((_request, response) => {
      requests++
      response.end()
    }).listen(0, '127.0.0.1')
    try {
      await new Promise((resolve) => server.once('listening', resolve))
      const { port } = server.address() as AddressInfo
      writeFileSync(join(temporary.path, 'secret.png'), await drawing(5, 100, 100).png().toBuffer())
      const image = (href: string) => `<image href="${href}" width="100" height="100"/>`
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100" fill="white"/>
        ${image(`http://127.0.0.1:${port}/x.png`)}${image('secret.png')}${image(`file://${temporary.path}/secret.png`)}</svg>`
      const result = await read(svg, 'image/svg+xml')
      expect(facts(result).dominantColors).toEqual(['#ffffff'])
      expect(requests).toBe(0)
    } finally {
      server.close()
    }
  })

  it('a thumbnail is half written, or in place when the picture could not be drawn', async () => {
    const folder = join(temporary.path, 'thumbs')
    mkdirSync(folder, { recursive: true })
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})

describe('damaged files', () => {
  it('a photo that lost its end shows the part that is there, and says so', async () => {
    const whole = await drawing(1, 1200, 800).jpeg({ quality: 95 }).toBuffer()
    const found = facts(await read(whole.subarray(0, Math.floor(whole.length * 0.7)), 'image/jpeg'))
    expect(found.noThumbnail?.code).toBe('decode_failed')
    expect(found.thumbnails).toEqual([150, 300, 600])
  })

  it.each([
    [
      'a PNG of which only the signature is left',
      'image/png',
      async () => (await drawing().png().toBuffer()).subarray(0, 12),
    ],
    [
      'a JPEG that is noise',
      'image/jpeg',
      async () => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(4000, 0x5a)]),
    ],
    [
      'an SVG that is no XML',
      'image/svg+xml',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><g></svg>'),
    ],
  ])('%s can not be drawn', async (_name, mimeType, make) => {
    expect((await read(await make(), mimeType)).outcome).toMatchObject({ ok: false, code: 'decode_failed' })
  })

  it('a file that is gone is missing, not damaged', async () => {
    const outcome = await pool.process({
      path: join(temporary.path, 'absent.jpg'),
      sha256: sha256Schema.parse('b'.repeat(64)),
      mimeType: 'image/jpeg',
      thumbnailFolder: temporary.path,
      sizes: [150],
      sidecars: [],
    })
    expect(outcome).toMatchObject({ ok: false, code: 'file_vanished' })
  })
})

describe('a kind that nobody can draw', () => {
  it.each(['application/octet-stream', 'application/x-sqlite3'])('%s is sound and has no picture', async (mimeType) => {
    const found = facts(await read(Buffer.from(`content ${mimeType}`), mimeType))
    expect(found.thumbnails).toEqual([])
    expect(found.noThumbnail).toMatchObject({ code: 'unsupported_type' })
  })

  it.each(['video/mp4', 'application/pdf', 'image/heic', 'image/vnd.adobe.photoshop'])(
    '%s with other content than it says is damaged',
    async (mimeType) => {
      const { outcome } = await read(Buffer.from(`content ${mimeType}`), mimeType)
      expect(outcome).toMatchObject({ ok: false, code: 'decode_failed' })
    },
  )
})

describe('facts', () => {
  it('reads camera, time and place', async () => {
    const photo = await drawing(1)
      .withExif({
        IFD0: { Make: 'Vitrine', Model: 'Test' },
        IFD2: { DateTimeOriginal: '2024:07:01 12:00:00', OffsetTimeOriginal: '+02:00' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '0/1 18/1 0/1' },
      })
      .jpeg()
      .toBuffer()
    const found = facts(await read(photo, 'image/jpeg'))
    expect(found.capturedAt).toBe(Date.UTC(2024, 6, 1, 10))
    expect(found.gps?.latitude).toBeCloseTo(51.5)
    expect(found.gps?.longitude).toBeCloseTo(-0.3)
    expect(found.metadata).toMatchObject({ format: 'jpeg', exif: { Make: 'Vitrine', Model: 'Test' } })
  })

  it('reads EXIF of WebP and PNG too', async () => {
    const tagged = () => drawing(1).withExif({ IFD0: { Make: 'Vitrine' } })
    for (const [bytes, mimeType] of [
      [await tagged().webp().toBuffer(), 'image/webp'],
      [await tagged().png().toBuffer(), 'image/png'],
    ] as const) {
      expect(facts(await read(bytes, mimeType)).metadata).toMatchObject({ exif: { Make: 'Vitrine' } })
    }
  })
})
