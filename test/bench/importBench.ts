import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { writeArt } from '../../scripts/demo-art/writeArt.ts'
import { createEngine } from '../../src/main/engine/engine.ts'
import type { BenchResult } from './benchResult.ts'

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
      ours.push(await ourImport(join(root, 'photos'), join(root, `library-${turn}`), count))
    }
    return {
      name: 'import',
      about: `${count} photos of 12 megapixels, ${(bytes / 1e6).toFixed(0)} MB, ${availableParallelism()} cores`,
      figures: [
        { what: 'bare loop', seconds: median(bare) },
        { what: 'vitrine', seconds: median(ours) },
      ],
      ratio: median(ours.map((seconds, turn) => seconds / (bare[turn] ?? seconds))),
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

/** Seconds, with the start of the decoders but without making the library. */
async function ourImport(photos: string, library: string, count: number): Promise<number> {
  await mkdir(library)
  const mediaProgram = fileURLToPath(new URL('../../src/main/media/media.process.ts', import.meta.url))
  const engine = await createEngine({ root: library, create: { name: 'Bench' }, serving: false, mediaProgram })
  try {
    const began = performance.now()
    const { id } = await engine.request('imports.start', { paths: [photos], options: {}, source: 'command-line' })
    for (;;) {
      const { state, imported } = await engine.request('imports.get', { id })
      if (state === 'done') {
        if (imported !== count) throw new Error(`${imported} of ${count} photos were imported.`)
        return (performance.now() - began) / 1000
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  } finally {
    await engine.close()
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
