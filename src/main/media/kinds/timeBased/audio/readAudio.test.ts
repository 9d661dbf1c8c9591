import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type MediaLimits, readLimits } from '../../../limits.ts'
import type { KindFacts } from '../../kindReader.ts'
import { searchPath } from '../ffmpeg.ts'
import { FLAC_FRAME, makeAiff, makeFlac, makeMp3, makeOpus, makeWave } from '../fixtures/makeSound.ts'
import { ffmpegWaveform } from './ffmpegWaveform.ts'
import { readAudio } from './readAudio.ts'

const ffmpeg = searchPath(process.env, process.platform)
let folder: string
beforeAll(async () => {
  // What these tests see must not depend on the machine's ffmpeg.
  vi.stubEnv('PATH', '')
  folder = await mkdtemp(join(tmpdir(), 'vitrine-audio-'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

async function read(mimeType: string, bytes: Buffer, limits: MediaLimits = readLimits({})): Promise<KindFacts> {
  const path = join(folder, 'sound')
  await writeFile(path, bytes)
  return readAudio({ path, mimeType, size: bytes.length, side: 600, limits })
}

function waveform(facts: KindFacts): number[] {
  return facts.metadata.waveform as number[]
}

/** A tone of that many seconds at 8 kHz: loud in its first half, half as loud in its second. */
function tone(seconds: number): number[] {
  const length = seconds * 8000
  return Array.from({ length }, (_, index) => Math.sin(index / 3) * (index < length / 2 ? 0.8 : 0.4))
}

describe('the facts of a sound', () => {
  it('are read from WAV', async () => {
    const facts = await read('audio/wav', makeWave({ samples: tone(1), channels: 2, tags: { INAM: 'A tone' } }))
    expect(facts).toMatchObject({ width: null, height: null, frames: null, durationSeconds: 1, problem: null })
    expect(facts.metadata).toMatchObject({
      format: 'wav',
      codec: 'PCM',
      channels: 2,
      sampleRate: 8000,
      bitsPerSample: 16,
      lossless: true,
      tags: { title: 'A tone' },
    })
  })

  it('are read from MP3, with its tags and its cover', async () => {
    const cover = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    const facts = await read('audio/mpeg', makeMp3(40, { TIT2: 'Quiet', TPE1: 'Nobody', TRCK: '3/9' }, cover))
    expect(facts.durationSeconds).toBeCloseTo(1.04, 1)
    expect(facts.metadata).toMatchObject({
      format: 'mp3',
      codec: 'MP3',
      sampleRate: 44_100,
      tags: { title: 'Quiet', artist: 'Nobody', track: 3, tracks: 9 },
    })
    expect(facts.picture).toEqual({ kind: 'encoded', input: cover, vector: false })
    expect(facts.symbolic).toBe(false)
    expect(new Set(waveform(facts))).toEqual(new Set([0]))
  })

  it('are read from Ogg, and from MP4 without a decoder for what is in it', async () => {
    const ogg = await read('audio/ogg', await makeOpus('ogg', 100, { title: 'Silence' }))
    expect(ogg.metadata).toMatchObject({ format: 'ogg', codec: 'Opus', channels: 1, tags: { title: 'Silence' } })
    expect(ogg.durationSeconds).toBeCloseTo(2, 1)
    expect(waveform(ogg)).toHaveLength(200)
    const mp4 = await read('audio/mp4', await makeOpus('mp4', 100))
    expect(mp4.metadata).toMatchObject({ format: 'm4a', codec: 'Opus', channels: 1, sampleRate: 48_000 })
    expect(mp4.durationSeconds).toBeCloseTo(2, 1)
    expect(mp4.problem).toMatchObject({ code: 'unsupported_type', message: expect.stringContaining('Opus sound') })
  })
})

describe('the waveform of a sound', () => {
  const halves = (facts: KindFacts) => {
    const values = waveform(facts)
    expect(values).toHaveLength(200)
    return [values[30], values[170]]
  }

  it.each([
    ['8 bits', { bits: 8 }],
    ['16 bits', { bits: 16 }],
    ['24 bits, stereo', { bits: 24, channels: 2 }],
    ['32 bits', { bits: 32 }],
    ['floating point', { float: true }],
  ] as const)('follows its loudness: WAV with %s', async (_, options) => {
    const facts = await read('audio/wav', makeWave({ samples: tone(2), ...options }))
    const [loud = 0, soft = 0] = halves(facts)
    expect(Math.abs(loud - 99)).toBeLessThanOrEqual(2)
    expect(Math.abs(soft - 50)).toBeLessThanOrEqual(2)
    expect(facts).toMatchObject({ symbolic: true, picture: { kind: 'encoded', vector: true } })
  })

  it('is taken from windows into a long file, from its beginning to its end', async () => {
    const [loud = 0, soft = 0] = halves(await read('audio/wav', makeWave({ samples: tone(90) })))
    expect(Math.abs(loud - 99)).toBeLessThanOrEqual(2)
    expect(Math.abs(soft - 50)).toBeLessThanOrEqual(2)
  })

  it('follows the loudness of AIFF', async () => {
    const facts = await read('audio/aiff', makeAiff(tone(2), 8000))
    const [loud = 0, soft = 0] = halves(facts)
    expect(Math.abs(loud - 99)).toBeLessThanOrEqual(2)
    expect(Math.abs(soft - 50)).toBeLessThanOrEqual(2)
    expect(facts).toMatchObject({ durationSeconds: 2, metadata: { sampleRate: 8000, codec: 'PCM' } })
  })

  it.each([40, 200])('follows the loudness of FLAC (%i frames)', async (frames) => {
    const facts = await read(
      'audio/flac',
      makeFlac(Array.from({ length: frames }, (_, at) => (at < frames / 2 ? 0.6 : 0.3))),
    )
    expect(facts.durationSeconds).toBeCloseTo((frames * FLAC_FRAME) / 8000, 2)
    expect(halves(facts)).toEqual([100, 50])
  })

  it('is the same by ffmpeg', async (context) => {
    if (ffmpeg === null) return context.skip('this machine has no ffmpeg')
    const path = join(folder, 'tone.wav')
    await writeFile(path, makeWave({ samples: tone(60) }))
    for (const durationSeconds of [60, null]) {
      const values = await ffmpegWaveform(ffmpeg, { path, mimeType: 'audio/wav', durationSeconds })
      expect(Math.abs((values?.[30] ?? 0) - 99)).toBeLessThanOrEqual(3)
      // Of a file whose length is not known, the first 40 s: the second half begins later.
      expect(Math.abs((values?.[190] ?? 0) - 50)).toBeLessThanOrEqual(3)
    }
  })
})

describe('a sound that is none', () => {
  const impatient = readLimits({ VITRINE_MEDIA_TIMEOUT: '3000' })

  it.each(['audio/wav', 'audio/mpeg', 'audio/flac', 'audio/ogg', 'audio/mp4', 'audio/aac'])(
    'is damaged: %s',
    async (mimeType) => {
      for (const bytes of [Buffer.alloc(0), Buffer.from('nonsense')]) {
        expect((await read(mimeType, bytes)).problem).toMatchObject({ code: 'decode_failed' })
      }
    },
  )

  it('is damaged where its header is sound and nothing else', async () => {
    const flac = makeFlac([0.5, 0.5])
    const facts = await read('audio/flac', Buffer.concat([flac.subarray(0, 42), Buffer.alloc(200)]))
    expect(facts.metadata.codec).toBe('FLAC')
    expect(facts.problem).toMatchObject({ code: 'decode_failed', message: expect.stringContaining('no sound') })
  })

  it('never stops the reader, cut off or damaged anywhere', async () => {
    const samples: readonly (readonly [string, Buffer])[] = [
      ['audio/wav', makeWave({ samples: tone(0.05), tags: { INAM: 'A tone' } })],
      ['audio/aiff', makeAiff(tone(0.05), 8000)],
      ['audio/flac', makeFlac([0.5, 0.4, 0.3])],
      ['audio/mpeg', makeMp3(5, { TIT2: 'Quiet' })],
      ['audio/ogg', await makeOpus('ogg', 10)],
      ['audio/mp4', await makeOpus('mp4', 10)],
    ]
    const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)), { maxLength: 6 })
    const kept = fc.double({ min: 0.1, max: 1, noNaN: true })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...samples), damage, kept, async ([mimeType, bytes], changes, part) => {
        const changed = Buffer.from(bytes.subarray(0, Math.ceil(bytes.length * part)))
        for (const [at, value] of changes) changed[at % changed.length] = value
        const facts = await read(mimeType, changed, impatient)
        if (facts.metadata.waveform !== undefined) expect(waveform(facts)).toHaveLength(200)
      }),
      { numRuns: 100 },
    )
  })
})
