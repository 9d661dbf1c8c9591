import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeArt, sceneNames } from '../../scripts/demo-art/makeArt.ts'
import { withPngText } from '../../scripts/demo-art/pngText.ts'
import { type BenchResult, median } from './benchResult.ts'
import { importInto } from './importInto.ts'

const REPEATS = 3
/** Published by the fastest of the peers that index generated pictures, on a faster machine; it does not hash them. */
const PEER_FILES_PER_SECOND = 444
const SIZES = [
  [512, 768],
  [768, 512],
  [640, 640],
] as const

/**
 * Index of generated PNGs in place: found, hashed, typed, their generation data read, searchable in the catalogue; no
 * thumbnails. The yardstick of the same run reads every file once and does nothing with it.
 */
export async function indexBench(count: number): Promise<BenchResult> {
  const root = await mkdtemp(join(tmpdir(), 'vitrine-bench-'))
  try {
    const folder = join(root, 'generated')
    const paths = await makeGenerated(folder, count)
    const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size))
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    const bare: number[] = []
    const ours: number[] = []
    for (let turn = 0; turn < REPEATS; turn++) {
      bare.push(await readAll(paths))
      const options = { mode: 'link', space: 'library', thumbnails: 'later' } as const
      ours.push(await importInto(join(root, `library-${turn}`), folder, options, count))
    }
    return {
      name: 'index',
      about: `${count} PNGs with A1111 parameters, ${(bytes / 1e6).toFixed(0)} MB, ${availableParallelism()} cores`,
      figures: [
        { what: 'reading the files and nothing else', value: count / median(bare), unit: 'files/s' },
        { what: 'fastest peer, as published', value: PEER_FILES_PER_SECOND, unit: 'files/s' },
      ],
      verdict: { what: 'vitrine', value: count / median(ours), unit: 'files/s' },
      goal: '≥ 1,000 files/s',
    }
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function makeGenerated(folder: string, count: number): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const pictures = await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const [width, height] = SIZES[index % SIZES.length] ?? SIZES[0]
      const scene = sceneNames[index % sceneNames.length] ?? 'dunes'
      return makeArt({ seed: index, width, height, scene }).image.png().toBuffer()
    }),
  )
  const paths: string[] = []
  for (let index = 0; index < count; index++) {
    const path = join(folder, `${String(index).padStart(6, '0')}.png`)
    const picture = pictures[index % pictures.length]
    if (picture === undefined) throw new Error('No picture was made.')
    await writeFile(path, withPngText(picture, 'parameters', parametersOf(index)))
    paths.push(path)
  }
  return paths
}

function parametersOf(index: number): string {
  const subject = ['harbour at dusk', 'paper lantern', 'glass garden', 'winter station'][index % 4]
  return (
    `masterpiece, ${subject}, volume ${index}, soft light, intricate detail, <lora:inkwash:0.7>\n` +
    'Negative prompt: lowres, blurry, watermark, jpeg artifacts\n' +
    `Steps: ${20 + (index % 15)}, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: ${4_000_000_000 + index * 7919}, ` +
    'Size: 512x768, Model hash: 6ce0161689, Model: juniper_xl_v4, Clip skip: 2, Version: v1.10.1'
  )
}

/** Seconds. */
async function readAll(paths: readonly string[]): Promise<number> {
  const queue = [...paths]
  const began = performance.now()
  const worker = async (): Promise<void> => {
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) await readFile(path)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return (performance.now() - began) / 1000
}
