import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type MediaLimits, readLimits } from '../../../limits.ts'
import type { KindFacts } from '../../kindReader.ts'
import { makeAsf } from '../fixtures/makeAsf.ts'
import { makeFilm } from '../fixtures/makeFilm.ts'
import { makeProgramStream } from '../fixtures/makeProgramStream.ts'
import { makeAvi } from '../fixtures/makeRiff.ts'
import { readVideo } from './readVideo.ts'

let folder: string
beforeAll(async () => {
  // What these tests see must not depend on the machine's ffmpeg.
  vi.stubEnv('PATH', '')
  folder = await mkdtemp(join(tmpdir(), 'vitrine-video-'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

async function read(
  mimeType: string,
  bytes: Buffer,
  { poster, limits = readLimits({}) }: { poster?: string; limits?: MediaLimits } = {},
): Promise<KindFacts> {
  const path = join(folder, 'film')
  await writeFile(path, bytes)
  return readVideo({ path, mimeType, size: bytes.length, side: 600, limits, poster })
}

/** For files of which nothing is expected but an answer. */
const impatient = readLimits({ VITRINE_MEDIA_TIMEOUT: '3000' })

async function jpeg(color: string): Promise<Buffer> {
  const art = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="64" height="48" fill="${color}"/>
    <circle cx="20" cy="20" r="12" fill="white"/></svg>`
  return sharp(Buffer.from(art)).jpeg().toBuffer()
}

/** Puts seconds since 1904 into the movie header. */
function createdAt(film: Buffer, seconds: number): Buffer {
  film.writeUInt32BE(seconds, film.indexOf('mvhd', 0, 'latin1') + 8)
  return film
}

describe('the facts of a film', () => {
  it.each([
    ['mp4', 'vp8', 'video/mp4', 'mp4'],
    ['mp4-late', 'av1', 'video/mp4', 'mp4'],
    ['mov', 'vp9', 'video/quicktime', 'mov'],
    ['webm', 'vp8', 'video/webm', 'webm'],
    ['mkv', 'vp9', 'video/matroska', 'mkv'],
  ] as const)('are read from %s', async (format, codec, mimeType, name) => {
    const facts = await read(mimeType, await makeFilm({ format, codec, width: 640, height: 360, frames: 20 }))
    expect(facts).toMatchObject({ width: 640, height: 360, frames: null, symbolic: false })
    expect(facts.durationSeconds).toBeCloseTo(2, 1)
    expect(facts.metadata).toMatchObject({
      format: name,
      codec: codec.toUpperCase(),
      frameRate: 10,
      audio: { codec: 'Opus', channels: 2, sampleRate: 48_000 },
    })
  })

  it('have the size of the film as it is shown', async () => {
    const facts = await read('video/mp4', await makeFilm({ format: 'mp4', width: 640, height: 360, rotation: 90 }))
    expect(facts).toMatchObject({ width: 360, height: 640, metadata: { rotation: 90 } })
  })

  it('have what phones write: when, in which zone, where, with what', async () => {
    const raw = {
      'com.apple.quicktime.creationdate': '2024-05-01T18:30:00+0200',
      'com.apple.quicktime.location.ISO6709': '+48.8584+002.2945+035.0/',
      'com.apple.quicktime.make': 'Apple',
      'com.apple.quicktime.model': 'iPhone 15',
    }
    const film = await makeFilm({ format: 'mov', codec: 'vp9', tags: { title: 'Paris', raw } })
    const facts = await read('video/quicktime', film)
    expect(facts).toMatchObject({
      capturedAt: Date.parse('2024-05-01T16:30:00Z'),
      capturedAtZone: 'offset',
      gps: { latitude: 48.8584, longitude: 2.2945 },
    })
    expect(facts.metadata.tags).toMatchObject({ make: 'Apple', model: 'iPhone 15' })
  })

  it('have the creation time of the movie header where there is nothing better', async () => {
    const film = createdAt(
      await makeFilm({ format: 'mp4' }),
      (Date.UTC(2024, 4, 1, 12, 10, 0) - Date.UTC(1904, 0, 1)) / 1000,
    )
    expect(await read('video/mp4', film)).toMatchObject({
      capturedAt: Date.UTC(2024, 4, 1, 12, 10, 0),
      capturedAtZone: 'assumed-utc',
    })
  })

  it('are read from AVI, with its date and its texts', async () => {
    const frames = [await jpeg('teal'), await jpeg('navy')]
    const avi = makeAvi({ width: 64, height: 48, rate: 2, frames, date: 'Mon Mar 10 15:04:43 2003', title: 'Garden' })
    expect(await read('video/vnd.avi', avi)).toMatchObject({
      width: 64,
      height: 48,
      durationSeconds: 1,
      capturedAt: Date.UTC(2003, 2, 10, 15, 4, 43),
      capturedAtZone: 'assumed-utc',
      metadata: {
        format: 'avi',
        codec: 'Motion JPEG',
        frameRate: 2,
        audio: { codec: 'PCM', channels: 1, sampleRate: 22_050 },
        tags: { title: 'Garden', software: 'Maker 1' },
      },
    })
  })

  it('are read from Windows Media', async () => {
    expect(await read('video/x-ms-asf', makeAsf())).toMatchObject({
      width: 320,
      height: 240,
      durationSeconds: 12.5,
      capturedAt: Date.UTC(2019, 3, 17, 18, 40),
      metadata: {
        format: 'wmv',
        codec: 'Windows Media Video',
        audio: { codec: 'Windows Media Audio', channels: 2, sampleRate: 44_100 },
        tags: { title: 'Title', artist: 'Author' },
      },
    })
  })

  it('are read from MPEG program streams', async () => {
    expect(await read('video/mpeg', makeProgramStream())).toMatchObject({
      width: 1024,
      height: 576,
      durationSeconds: 3,
      metadata: { format: 'mpg', codec: 'MPEG-2', frameRate: 25 },
    })
  })
})

describe('the poster of a film', () => {
  it('is one that a window made', async () => {
    const facts = await read('video/mp4', await makeFilm({ format: 'mp4' }), { poster: '/tmp/poster.webp' })
    expect(facts).toMatchObject({
      picture: { kind: 'encoded', input: '/tmp/poster.webp' },
      metadata: { poster: 'window' },
      problem: null,
    })
  })

  it('is the cover in the file', async () => {
    const data = await jpeg('maroon')
    const tags = { images: [{ data, mimeType: 'image/jpeg', kind: 'coverFront' as const }] }
    const facts = await read('video/mp4', await makeFilm({ format: 'mp4', tags }))
    expect(facts.metadata.poster).toBe('cover')
    expect(facts.picture).toEqual({ kind: 'encoded', input: data, vector: false })
  })

  it.each(['list', 'file', 'none'] as const)('is a frame of Motion JPEG (index by %s)', async (index) => {
    const dark = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'black' } })
      .jpeg()
      .toBuffer()
    const frames = [dark, dark, dark, await jpeg('teal'), await jpeg('teal')]
    const facts = await read('video/vnd.avi', makeAvi({ width: 64, height: 48, rate: 1, frames, index }))
    expect(facts.metadata.poster).toBe('frame')
    // Not one of the black ones at the beginning.
    const picture = facts.picture?.kind === 'pixels' ? facts.picture : null
    const [red = 0, green = 0, blue = 0] = picture?.data.subarray(-3) ?? []
    expect([red < 30, green > 90, blue > 90]).toEqual([true, true, true])
  })

  it('is a frame without Huffman tables, and one of two fields in the shape of the film', async () => {
    const whole = await jpeg('teal')
    const table = whole.indexOf(Buffer.from([0xff, 0xc4]))
    const scan = whole.indexOf(Buffer.from([0xff, 0xda]))
    const bare = Buffer.concat([whole.subarray(0, table), whole.subarray(scan)])
    const facts = await read('video/vnd.avi', makeAvi({ width: 64, height: 96, rate: 1, frames: [bare] }))
    expect(facts.picture).toMatchObject({ kind: 'pixels', width: 64, height: 96 })
  })

  it.each([
    ['mp4', 'avc', 'video/mp4', 'H.264'],
    ['webm', 'vp8', 'video/webm', 'VP8'],
    ['mkv', 'vp9', 'video/matroska', 'VP9'],
    ['mp4', 'av1', 'video/mp4', 'AV1'],
  ] as const)('is wanted from a window for %s with %s', async (format, codec, mimeType, name) => {
    const facts = await read(mimeType, await makeFilm({ format, codec }))
    expect(facts).toMatchObject({
      picture: null,
      metadata: { codec: name, poster: 'wanted' },
      problem: { code: 'unsupported_type', message: 'Vitrine makes a poster of this video when its window is open.' },
    })
  })

  it('is not to be had without a decoder, and says so', async () => {
    const facts = await read('video/quicktime', await makeFilm({ format: 'mov', codec: 'prores' }))
    expect(facts.metadata).not.toHaveProperty('poster')
    expect(facts.problem).toEqual({
      code: 'unsupported_type',
      message:
        'This computer has no decoder for ProRes in a MOV file, so it has no poster. Install ffmpeg and read the file again to get one.',
    })
  })
})

describe('a film that is none', () => {
  const types = ['video/mp4', 'video/webm', 'video/mp2t', 'video/vnd.avi', 'video/x-ms-asf', 'video/mpeg']

  it.each(types)('is damaged: %s', async (mimeType) => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('nonsense'), Buffer.alloc(5000, 0x47)]) {
      expect((await read(mimeType, bytes)).problem).toMatchObject({ code: 'decode_failed' })
    }
  })

  it('is damaged where its index was cut off', async () => {
    const film = await makeFilm({ format: 'mp4-late' })
    const facts = await read('video/mp4', film.subarray(0, film.lastIndexOf(Buffer.from('moov')) - 4))
    expect(facts.problem).toMatchObject({ code: 'decode_failed' })
  })

  it('never stops the reader, cut off anywhere', async () => {
    const samples = [
      ['video/vnd.avi', makeAvi({ width: 64, height: 48, rate: 1, frames: [Buffer.from('ffd8ffd9', 'hex')] })],
      ['video/x-ms-asf', makeAsf()],
      ['video/mpeg', makeProgramStream()],
    ] as const
    for (const [mimeType, bytes] of samples) {
      for (let length = 0; length < bytes.length; length += 3) await read(mimeType, bytes.subarray(0, length))
    }
  })

  it('never stops the reader, damaged anywhere', async () => {
    const samples: readonly (readonly [string, Buffer])[] = [
      ['video/mp4', await makeFilm({ format: 'mp4' })],
      ['video/quicktime', await makeFilm({ format: 'mov', codec: 'vp9' })],
      ['video/webm', await makeFilm({ format: 'webm' })],
      ['video/vnd.avi', makeAvi({ width: 64, height: 48, rate: 1, frames: [await jpeg('teal')] })],
      ['video/x-ms-asf', makeAsf()],
      ['video/mpeg', makeProgramStream()],
    ]
    const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)), { minLength: 1, maxLength: 6 })
    const kept = fc.double({ min: 0.2, max: 1, noNaN: true })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...samples), damage, kept, async ([mimeType, bytes], changes, part) => {
        const changed = Buffer.from(bytes.subarray(0, Math.ceil(bytes.length * part)))
        for (const [at, value] of changes) changed[at % changed.length] = value
        const facts = await read(mimeType, changed, { limits: impatient })
        for (const side of [facts.width, facts.height]) if (side !== null) expect(side).toBeGreaterThan(0)
      }),
      { numRuns: 100 },
    )
  })

  it('is given up when it leads its reader in circles', async () => {
    // The start of a Matroska file whose rest is zeros, as a download leaves it that was broken off.
    const film = await makeFilm({ format: 'webm', frames: 200 })
    const broken = Buffer.concat([film.subarray(0, 300), Buffer.alloc(20_000)])
    expect((await read('video/webm', broken, { limits: impatient })).problem).not.toBeNull()
    expect((await read('video/webm', film)).metadata.codec).toBe('VP8')
  })
})
