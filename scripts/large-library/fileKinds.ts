import type { AssetType } from '../../src/shared/domain/asset.ts'
import type { Random } from '../demo-art/random.ts'
import { heavyTailed, weighted } from './chance.ts'
import type { Burst, BurstKind } from './planBursts.ts'

/** What a file is, before anything is known of what it shows. */
export interface FileKind {
  readonly type: AssetType
  readonly extension: string
  readonly mime: string
  readonly bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly seconds: number | null
  /** The name as a camera, a generator or a person gives it, with its extension. */
  readonly name: string
}

type Format = readonly [type: AssetType, extension: string, mime: string]

const formats: Readonly<Record<BurstKind, readonly [readonly [Format, number], ...(readonly [Format, number])[]]>> = {
  generated: [
    [['image', 'png', 'image/png'], 82],
    [['image', 'webp', 'image/webp'], 10],
    [['image', 'jpg', 'image/jpeg'], 8],
  ],
  camera: [
    [['image', 'jpg', 'image/jpeg'], 78],
    [['image', 'heic', 'image/heic'], 10],
    [['image', 'dng', 'image/x-adobe-dng'], 5],
    [['video', 'mov', 'video/quicktime'], 7],
  ],
  download: [
    [['image', 'jpg', 'image/jpeg'], 50],
    [['image', 'webp', 'image/webp'], 25],
    [['image', 'png', 'image/png'], 15],
    [['image', 'gif', 'image/gif'], 5],
    [['image', 'svg', 'image/svg+xml'], 5],
  ],
  film: [
    [['video', 'mp4', 'video/mp4'], 90],
    [['video', 'webm', 'video/webm'], 10],
  ],
  sound: [
    [['audio', 'mp3', 'audio/mpeg'], 55],
    [['audio', 'wav', 'audio/wav'], 30],
    [['audio', 'flac', 'audio/flac'], 15],
  ],
  documents: [
    [['document', 'pdf', 'application/pdf'], 70],
    [['document', 'txt', 'text/plain'], 15],
    [['image', 'psd', 'image/vnd.adobe.photoshop'], 15],
  ],
  parts: [
    [['font', 'ttf', 'font/ttf'], 45],
    [['model', 'glb', 'model/gltf-binary'], 30],
    [['other', 'safetensors', 'application/octet-stream'], 25],
  ],
}

const generatedSizes: readonly [
  readonly [readonly [number, number], number],
  ...(readonly [readonly [number, number], number])[],
] = [
  [[1024, 1024], 30],
  [[832, 1216], 24],
  [[1216, 832], 14],
  [[512, 768], 10],
  [[1344, 768], 8],
  [[512, 512], 6],
  [[1536, 1024], 4],
  [[2048, 2048], 4],
]
const cameraSizes: typeof generatedSizes = [
  [[6000, 4000], 40],
  [[4000, 6000], 15],
  [[4032, 3024], 25],
  [[3024, 4032], 20],
]
const filmSizes: typeof generatedSizes = [
  [[1920, 1080], 50],
  [[1080, 1920], 20],
  [[1280, 720], 15],
  [[832, 480], 10],
  [[3840, 2160], 5],
]

/** One file of a burst. */
export function drawFile(random: Random, burst: Burst, index: number): FileKind {
  const [type, extension, mime] = weighted(random, formats[burst.kind])
  const [width, height] = pixelsOf(random, burst.kind, type)
  const seconds = type === 'video' ? random.between(2, 90) : type === 'audio' ? random.between(8, 420) : null
  const duration = seconds === null ? null : Math.round(seconds * 1000) / 1000
  return {
    type,
    extension,
    mime,
    width,
    height,
    seconds: duration,
    bytes: bytesOf(random, extension, (width ?? 0) * (height ?? 0), duration ?? 0),
    name: `${nameOf(random, burst, index)}.${extension}`,
  }
}

function pixelsOf(random: Random, kind: BurstKind, type: AssetType): readonly [number | null, number | null] {
  if (type === 'video') return weighted(random, filmSizes)
  if (type === 'document') return random.chance(0.7) ? [595, 842] : [842, 595]
  if (type !== 'image') return [null, null]
  if (kind === 'generated') return weighted(random, generatedSizes)
  if (kind === 'camera') return weighted(random, cameraSizes)
  return [random.whole(320, 3200), random.whole(320, 2600)]
}

/** Bytes for each pixel or second, as the formats usually need; the rest is spread widely. */
function bytesOf(random: Random, extension: string, pixels: number, seconds: number): number {
  const spread = random.between(0.6, 1.5)
  if (seconds > 0) return Math.round(seconds * (pixels > 0 ? pixels * 0.45 : 34_000) * spread)
  if (pixels === 0) return heavyTailed(random, 20_000, 90_000_000, 1.4)
  const perPixel = { png: 1.35, webp: 0.12, jpg: 0.3, heic: 0.12, dng: 1.1, gif: 0.5, svg: 0.01, psd: 3.2 }[extension]
  return Math.round(200 + pixels * (perPixel ?? 0.4) * spread)
}

function nameOf(random: Random, burst: Burst, index: number): string {
  const number = String(burst.number * 7 + index).padStart(5, '0')
  switch (burst.kind) {
    case 'generated':
      return burst.setup?.generator === 'ComfyUI' ? `ComfyUI_${number}_` : `${number}-${random.below(0x1_0000_0000)}`
    case 'camera':
      return `${burst.number % 2 === 0 ? 'DSC' : 'IMG_'}${number}`
    case 'film':
      return `clip ${number}`
    case 'sound':
      return `take ${number}`
    default:
      return `${random.pick(['reference', 'scan', 'poster', 'sketch', 'draft', 'untitled', 'Entwurf', '資料'])} ${number}`
  }
}
