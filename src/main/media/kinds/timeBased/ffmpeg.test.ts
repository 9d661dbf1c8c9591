import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFfmpeg, inputArguments, runFfmpeg, searchPath } from './ffmpeg.ts'
import { makeAvi } from './fixtures/makeRiff.ts'
import { ffmpegFrame } from './poster/ffmpegFrame.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-ffmpeg-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A program that runs a line of JavaScript in this Node. */
async function program(name: string, line: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `#!${process.execPath}\n${line}\n`)
  await chmod(path, 0o755)
  return path
}

describe('the ffmpeg of this machine', () => {
  it.skipIf(process.platform === 'win32')('is the first one on the path that can be run', async () => {
    const [empty, folders, first, second] = ['empty', 'folders', 'first', 'second'].map((name) => join(folder, name))
    for (const made of [empty, folders, first, second]) await mkdir(made!)
    await mkdir(join(folders!, 'ffmpeg'))
    await program('first/ffmpeg', '')
    await program('second/ffmpeg', '')
    await writeFile(join(empty!, 'ffmpeg'), 'not to be run')
    const path = [empty, folders, first, second].join(delimiter)
    expect(searchPath({ PATH: path }, 'linux')).toBe(join(first!, 'ffmpeg'))
  })

  it.skipIf(process.platform === 'win32')('is never one that lies in the folder where we happen to be', async () => {
    await symlink(await program('here', ''), join(folder, 'ffmpeg'))
    expect(searchPath({ PATH: `.${delimiter}${delimiter}relative` }, 'linux')).toBeNull()
    expect(searchPath({}, 'linux')).toBeNull()
  })

  it('is told which reader to use, and to open nothing but files', () => {
    const args = inputArguments([{ path: '/a/-i.mp4', mimeType: 'video/mp4', from: 3, length: 5 }], 1000) ?? []
    expect(args.join(' ')).toMatch(
      /-nostdin .*-protocol_whitelist file -f mov .*-max_pixels 1000 .*-ss 3\.000 -t 5\.000 -i file:\/a\/-i\.mp4$/,
    )
    expect(inputArguments([{ path: '/a', mimeType: 'application/x-mpegurl', length: 5 }], 1000)).toBeNull()
  })

  it.skipIf(process.platform === 'win32')(
    'is ended when it writes too much, and what fails gives nothing',
    async () => {
      const endless = await program(
        'endless',
        'const write = () => process.stdout.write(Buffer.alloc(65536), write); write()',
      )
      expect(await runFfmpeg(endless, [], 100_000)).toBeNull()
      expect(
        await runFfmpeg(await program('fails', 'process.stdout.write("half"); process.exitCode = 1'), [], 100),
      ).toBeNull()
      expect(await runFfmpeg(join(folder, 'nowhere'), [], 100)).toBeNull()
      expect(await runFfmpeg(await program('works', 'process.stdout.write(process.argv.at(-1))'), [], 100)).toEqual(
        Buffer.from('pipe:1'),
      )
    },
  )

  it('draws a frame, no larger than wanted', async (context) => {
    const ffmpeg = findFfmpeg()
    if (ffmpeg === null) return context.skip('this machine has no ffmpeg')
    const frame = await sharp({ create: { width: 320, height: 160, channels: 3, background: '#206080' } })
      .jpeg()
      .toBuffer()
    const path = join(folder, 'film.avi')
    await writeFile(path, makeAvi({ width: 320, height: 160, rate: 5, frames: Array(10).fill(frame) }))
    const options = { path, mimeType: 'video/vnd.avi', second: 0.5, pixelLimit: 1e6 }
    const small = await ffmpegFrame(ffmpeg, { ...options, side: 100 })
    expect(await sharp(small!).metadata()).toMatchObject({ format: 'png', width: 100, height: 50 })
    const large = await ffmpegFrame(ffmpeg, { ...options, side: 1000 })
    expect(await sharp(large!).metadata()).toMatchObject({ width: 320, height: 160 })
    expect(await ffmpegFrame(ffmpeg, { ...options, side: 100, pixelLimit: 1000 })).toBeNull()
    await writeFile(path, 'nonsense')
    expect(await ffmpegFrame(ffmpeg, { ...options, side: 100 })).toBeNull()
  })
})
