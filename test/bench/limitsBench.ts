import { spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { createEngine } from '../../src/main/engine/engine.ts'
import type { BenchFigure, BenchResult } from './benchResult.ts'

const mediaProgram = fileURLToPath(new URL('../../src/main/media/media.process.ts', import.meta.url))
const GIGABYTE = 1024 ** 3

/**
 * Files at and beyond the limits, one at a time through the real pipeline: how long each takes, the largest memory of a decoder
 * process, and what becomes of it. Yardstick: a small picture in the same run.
 */
export async function limitsBench(): Promise<BenchResult> {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-bench-'))
  const library = join(root, 'library')
  mkdirSync(library)
  const engine = await createEngine({ root: library, create: { name: 'Bench' }, serving: false, mediaProgram })
  const figures: BenchFigure[] = []
  let worst = 0
  try {
    for (const [what, make] of Object.entries(files)) {
      const folder = join(root, 'in')
      mkdirSync(folder, { recursive: true })
      const path = await make(folder)
      const bytes = statSync(path).size
      const peak = watchMemory()
      const began = performance.now()
      const { id } = await engine.request('imports.start', { paths: [path], options: {}, source: 'command-line' })
      for (;;) {
        if ((await engine.request('imports.get', { id })).state === 'done') break
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      const seconds = (performance.now() - began) / 1000
      const { imported, failed } = await engine.request('imports.report', { id })
      const megabytes = peak()
      worst = Math.max(worst, megabytes)
      const [asset] = imported
      const outcome =
        asset === undefined
          ? (failed[0]?.code ?? 'nothing')
          : `${asset.status}${asset.code === undefined ? '' : `, ${asset.code}`}`
      figures.push({ what: `${what} (${size(bytes)}): ${outcome}`, value: seconds, unit: `s, ${megabytes} MB` })
      rmSync(folder, { recursive: true })
    }
  } finally {
    await engine.close()
    rmSync(root, { recursive: true, force: true })
  }
  return {
    name: 'limits',
    about: 'files at and beyond the limits, one at a time',
    figures,
    verdict: { what: 'largest memory of a decoder', value: worst, unit: 'MB' },
    goal: '≤ 2,048 MB, and every file accounted for',
  }
}

const files: Readonly<Record<string, (folder: string) => string | Promise<string>>> = {
  'a small picture': async (folder) => {
    const path = join(folder, 'small.jpg')
    await sharp({ create: { width: 640, height: 480, channels: 3, background: '#557799' } })
      .jpeg()
      .toFile(path)
    return path
  },
  '50 megapixels, JPEG': async (folder) => {
    const path = join(folder, 'fifty.jpg')
    await fiftyMegapixels().jpeg({ quality: 90 }).toFile(path)
    return path
  },
  '50 megapixels, PNG': async (folder) => {
    const path = join(folder, 'fifty.png')
    await fiftyMegapixels().png({ compressionLevel: 1 }).toFile(path)
    return path
  },
  'a video of 2 GB': (folder) => writeLargeVideo(join(folder, 'large.mp4')),
  'a zTXt of 1 GB in 1 MB': (folder) => {
    const path = join(folder, 'bomb.png')
    const text = Buffer.concat([Buffer.from('parameters\0\0'), deflateSync(Buffer.alloc(GIGABYTE), { level: 9 })])
    writeFileSync(
      path,
      png([
        ['IHDR', header(8, 8)],
        ['zTXt', text],
        ['IDAT', deflateSync(Buffer.alloc(8 * 25))],
        ['IEND', Buffer.alloc(0)],
      ]),
    )
    return path
  },
  'an SVG that refers to itself 10^9 times': (folder) => {
    const path = join(folder, 'bomb.svg')
    const levels = Array.from(
      { length: 9 },
      (_, level) => `<g id="l${level + 1}">${`<use href="#l${level}"/>`.repeat(10)}</g>`,
    )
    writeFileSync(
      path,
      `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><defs><rect id="l0" width="1" height="1"/>${levels.join('')}</defs><use href="#l9"/></svg>`,
    )
    return path
  },
  'an SVG with a billion laughs': (folder) => {
    const path = join(folder, 'laughs.svg')
    const entities = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`)
    writeFileSync(
      path,
      `<!DOCTYPE svg [<!ENTITY l0 "ha">${entities.join('')}]><svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><text>&l9;</text></svg>`,
    )
    return path
  },
  '65,500 × 65,500 declared, PNG': (folder) => {
    const path = join(folder, 'declared.png')
    writeFileSync(
      path,
      png([
        ['IHDR', header(65_500, 65_500)],
        ['IDAT', deflateSync(Buffer.alloc(1000))],
        ['IEND', Buffer.alloc(0)],
      ]),
    )
    return path
  },
  '65,500 × 65,500 declared, JPEG': async (folder) => {
    const path = join(folder, 'declared.jpg')
    const jpeg = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#888' } })
      .jpeg()
      .toBuffer()
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
    jpeg.writeUInt16BE(65_500, frame + 5)
    jpeg.writeUInt16BE(65_500, frame + 7)
    writeFileSync(path, jpeg)
    return path
  },
}

/** Noise, which compresses badly. */
function fiftyMegapixels(): Sharp {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  return sharp({ create: { width: 8660, height: 5774, channels: 3, background: '#557799', noise } })
}

function header(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(13)
  bytes.writeUInt32BE(width, 0)
  bytes.writeUInt32BE(height, 4)
  bytes.set([8, 2, 0, 0, 0], 8)
  return bytes
}

function png(chunks: readonly (readonly [type: string, data: Buffer])[]): Buffer {
  const parts = chunks.map(([type, data]) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const chunk = Buffer.alloc(body.length + 8)
    chunk.writeUInt32BE(data.length, 0)
    body.copy(chunk, 4)
    chunk.writeUInt32BE(crc32(body), body.length + 4)
    return chunk
  })
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}

/** A real video with two gigabytes of padding in it where ffmpeg is at hand; else the boxes of one without pictures. */
function writeLargeVideo(path: string): string {
  const made = spawnSync('ffmpeg', [
    '-loglevel',
    'error',
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=1280x720:d=2',
    '-pix_fmt',
    'yuv420p',
    '-movflags',
    '+faststart',
    '-y',
    path,
  ])
  if (made.status !== 0) writeFileSync(path, box('ftyp', Buffer.from('isom\0\0\0\0isom')))
  const file = openSync(path, 'a')
  const free = Buffer.alloc(16)
  free.writeUInt32BE(1, 0)
  free.write('free', 4)
  free.writeBigUInt64BE(BigInt(2 * GIGABYTE), 8)
  writeSync(file, free)
  const chunk = Buffer.alloc(64 * 1024 * 1024, 0x5a)
  for (let left = 2 * GIGABYTE - free.length; left > 0; left -= chunk.length)
    writeSync(file, chunk, 0, Math.min(left, chunk.length))
  closeSync(file)
  return path
}

function box(type: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(data.length + 8)
  bytes.writeUInt32BE(bytes.length, 0)
  bytes.write(type, 4)
  data.copy(bytes, 8)
  return bytes
}

/** Watches the memory of this process's children; the answer is the largest peak of one, MB. 0 where there is no /proc. */
function watchMemory(): () => number {
  let peak = 0
  const look = (): void => {
    for (const pid of childrenOf(process.pid)) peak = Math.max(peak, residentPeak(pid))
  }
  const timer = setInterval(look, 25)
  return () => {
    look()
    clearInterval(timer)
    return Math.round(peak / 1024)
  }
}

function childrenOf(parent: number): number[] {
  const folder = `/proc/${parent}/task`
  try {
    return readdirSync(folder).flatMap((task) =>
      readFileSync(join(folder, task, 'children'), 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number),
    )
  } catch {
    return []
  }
}

/** Kilobytes. */
function residentPeak(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

function size(bytes: number): string {
  return bytes >= 1e9
    ? `${(bytes / 1e9).toFixed(1)} GB`
    : bytes >= 1e6
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : `${Math.ceil(bytes / 1e3)} KB`
}
