import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { writeArt } from '../../scripts/demo-art/writeArt.ts'
import { type BenchResult, median } from './benchResult.ts'
import { importInto } from './importInto.ts'

const run = promisify(execFile)
const SIZES = [150, 300, 600]
const WEBP = { quality: 80, effort: 2 }
const REPEATS = 3

/**
 * Import of photos until every file is available (copied, hashed, typed, thumbnails, metadata, in the catalogue),
 * against a bare loop on the same files: copy, SHA-256, and sharp decoding each once to the same three WebP sizes and
 * settings, one task a core. The two take turns; medians of the ratio. Goal of the design: at most 1.15 ×.
 */
export async function importBench(count: number): Promise<BenchResult> {
  const root = await mkdtemp(join(tmpdir(), 'vitrine-bench-'))
  try {
    const photos = await makePhotos(join(root, 'photos'), count)
    const bytes = (await Promise.all(photos.map((path) => stat(path)))).reduce((sum, { size }) => sum + size, 0)
    const ours: number[] = []
    const bare: number[] = []
    for (let turn = 0; turn < REPEATS; turn++) {
      bare.push(await bareLoop(photos, join(root, `bare-${turn}`)))
      ours.push(await importInto(join(root, `library-${turn}`), join(root, 'photos'), {}, count))
    }
    return {
      name: 'import',
      about: `${count} photos of 12 megapixels, ${(bytes / 1e6).toFixed(0)} MB, ${availableParallelism()} cores`,
      figures: [
        { what: 'bare loop', value: median(bare), unit: 's' },
        { what: 'vipsthumbnail, a size at a time', value: await vipsthumbnail(photos, join(root, 'vips')), unit: 's' },
        { what: 'vitrine', value: median(ours), unit: 's' },
      ],
      verdict: {
        what: 'vitrine : bare loop',
        value: median(ours.map((seconds, turn) => seconds / (bare[turn] ?? seconds))),
        unit: '×',
      },
      goal: '≤ 1.15 × the bare loop',
    }
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function makePhotos(folder: string, count: number): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const art = await writeArt(join(folder, '..', 'art'), Math.min(count, 24), 7)
  const paths: string[] = []
  for (let index = 0; index < count; index++) {
    const path = join(folder, `photo-${String(index).padStart(4, '0')}.jpg`)
    const source = art[index % art.length]
    if (source === undefined) throw new Error('No picture was made.')
    // A different border in each makes different bytes of the same kind.
    const image = sharp(source.path)
      .resize(4000 - index, 3000, { fit: 'cover' })
      .withExif({ IFD0: { Make: 'Halden' } })
    await writeFile(path, await image.jpeg({ quality: 92 }).toBuffer())
    paths.push(path)
  }
  return paths
}

/** Seconds. */
async function bareLoop(photos: readonly string[], target: string): Promise<number> {
  await mkdir(target)
  const threads = sharp.concurrency()
  sharp.concurrency(1)
  sharp.cache(false)
  const queue = [...photos]
  const began = performance.now()
  const worker = async (): Promise<void> => {
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const copy = join(target, basename(path))
      await copyFile(path, copy)
      createHash('sha256')
        .update(await readFile(copy))
        .digest()
      const { data, info } = await sharp(copy, { autoOrient: true, sequentialRead: true })
        .resize(600, 600, { fit: 'inside', withoutEnlargement: true })
        .raw()
        .toBuffer({ resolveWithObject: true })
      const raw = { width: info.width, height: info.height, channels: info.channels }
      for (const size of SIZES) {
        const webp = await sharp(data, { raw }).resize(size, size, { fit: 'inside' }).webp(WEBP).toBuffer()
        await writeFile(`${copy}-${size}.webp`, webp)
      }
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  const seconds = (performance.now() - began) / 1000
  sharp.concurrency(threads)
  return seconds
}

/** Seconds for the thumbnails alone, by libvips' own program, as one would from a shell; NaN where it is not installed. */
async function vipsthumbnail(photos: readonly string[], target: string): Promise<number> {
  await mkdir(target)
  const queue = photos.flatMap((path) => SIZES.map((size) => ({ path, size })))
  const began = performance.now()
  const worker = async (): Promise<void> => {
    for (let job = queue.pop(); job !== undefined; job = queue.pop()) {
      const output = join(target, `%s-${job.size}.webp[Q=${WEBP.quality},effort=${WEBP.effort}]`)
      await run('vipsthumbnail', [job.path, '--size', `${job.size}x${job.size}>`, '--vips-concurrency=1', '-o', output])
    }
  }
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, worker))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Number.NaN
    throw error
  }
  return (performance.now() - began) / 1000
}
