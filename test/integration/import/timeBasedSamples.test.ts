import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readerFor } from '../../../src/main/media/kinds/readerFor.ts'
import { readLimits } from '../../../src/main/media/limits.ts'
import { describeUnless } from '../support/describeUnless.ts'

const folder = process.env.VITRINE_SAMPLES === undefined ? null : resolve(process.env.VITRINE_SAMPLES)

/** What ffprobe says of the files (seconds, pixels as shown, codecs), and what they say about their making. */
const FILMS = [
  ['100_0306.AVI', 'video/vnd.avi', 2.733, 320, 240, 'Motion JPEG', 'PCM', null],
  ['Sony ILCE-7M3 (A7M3).mts', 'video/mp2t', 0.544, 1920, 1080, 'H.264', 'AC-3', '2019-04-24T20:24:00.000Z'],
  ['ftyp3gp5.mp4', 'video/3gpp', 1.3, 720, 1280, 'H.264', 'AAC', '2020-10-23T20:27:29.000Z'],
  ['sample_iPod.m4v', 'video/x-m4v', 85.5, 320, 240, 'H.264', 'AAC', '2005-12-20T20:20:15.000Z'],
  ['sample_mpeg4.mp4', 'video/mp4', 4.967, 190, 240, 'MPEG-4', 'AAC', '2005-10-28T17:46:46.000Z'],
  ['with-gps.mov', 'video/quicktime', 4.002, 320, 568, 'H.264', 'AAC', '2019-07-24T08:25:40.000Z'],
  ['with-gps.mp4', 'video/mp4', 0.171, 1920, 1080, 'H.264', 'AAC', '2017-02-22T08:20:28.000Z'],
] as const
const SOUNDS = [
  ['Issue 337 (dotnet).m4a', 'audio/x-m4a', 11.288, 'Apple Lossless', 22_050, 2],
  ['chirp-4.mp3', 'audio/mpeg', 0.131, 'MP3', 44_100, 1],
] as const

async function read(path: string, mimeType: string) {
  const load = readerFor(mimeType)
  if (load === undefined) throw new Error(`Nobody reads ${mimeType}.`)
  const reader = await load()
  return reader({ path, mimeType, size: statSync(path).size, side: 600, limits: readLimits({}) })
}

const obstacle =
  folder === null
    ? 'VITRINE_SAMPLES names no folder of sample files'
    : existsSync(join(folder, 'video', 'with-gps.mov')) && existsSync(join(folder, 'audio', 'chirp-4.mp3'))
      ? null
      : 'the sample files have no films and sounds that are known'

describeUnless(obstacle, 'films and sounds of real devices', () => {
  it.each(FILMS)('%s', async (name, mimeType, seconds, width, height, codec, sound, made) => {
    const facts = await read(join(folder ?? '', 'video', name), mimeType)
    expect(facts).toMatchObject({ width, height, metadata: { codec, audio: { codec: sound } } })
    expect(Math.abs((facts.durationSeconds ?? 0) - seconds)).toBeLessThan(0.01)
    expect(facts.capturedAt ?? null).toBe(made === null ? null : Date.parse(made))
    expect(facts.picture !== null || facts.problem?.code === 'unsupported_type').toBe(true)
  })

  it('tell where they were recorded', async () => {
    const place = async (name: string, mimeType: string) =>
      (await read(join(folder ?? '', 'video', name), mimeType)).gps
    expect(await place('with-gps.mov', 'video/quicktime')).toEqual({ latitude: 32.0929, longitude: 34.862 })
    expect(await place('with-gps.mp4', 'video/mp4')).toEqual({ latitude: 51.4169, longitude: -0.0806 })
    // Zeros, which is what a phone writes that has not found itself.
    expect(await place('ftyp3gp5.mp4', 'video/3gpp')).toBeNull()
  })

  it.each(SOUNDS)('%s', async (name, mimeType, seconds, codec, sampleRate, channels) => {
    const facts = await read(join(folder ?? '', 'audio', name), mimeType)
    expect(facts.metadata).toMatchObject({ codec, sampleRate, channels })
    expect(Math.abs((facts.durationSeconds ?? 0) - seconds)).toBeLessThan(0.01)
    expect(facts.picture !== null || facts.problem?.code === 'unsupported_type').toBe(true)
  })
})
