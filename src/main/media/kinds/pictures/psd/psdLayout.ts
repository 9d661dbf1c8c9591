import type { ByteSource } from '../../../carriers/byteSource.ts'

/** Where the parts of a Photoshop document are, and what it declares. Positions are bytes from the start of the file. */
export interface PsdLayout {
  /** PSB: "large document format". */
  readonly isLarge: boolean
  readonly width: number
  readonly height: number
  readonly channels: number
  /** Bits of a channel: 1, 8, 16 or 32. */
  readonly depth: number
  readonly mode: number
  readonly colorData: Span
  readonly profile: Span | null
  /** JPEG; `swapped`: red and blue changed places, as Photoshop 4 wrote it. */
  readonly thumbnail: (Span & { readonly swapped: boolean }) | null
  /** Pixels an inch. */
  readonly density: number | null
  /** False if the file was saved without what its layers look like together. */
  readonly hasComposite: boolean
  /** Position of the merged picture. */
  readonly compositeAt: number
  /** The first channel beyond the colours is the merged picture's transparency. */
  readonly hasTransparency: boolean
  /** Layers and groups; null if they can't be counted. */
  readonly layers: number | null
}

interface Span {
  readonly start: number
  readonly length: number
}

const MAX_RESOURCES = 4096
const MAX_LAYERS = 20_000
const MAX_BLOCKS = 512
const THUMBNAIL_HEADER = 28
/** Blocks whose length has 8 bytes in a large document. */
const LONG_BLOCKS: ReadonlySet<string> = new Set(
  'LMsk,Lr16,Lr32,Layr,Mt16,Mt32,Mtrn,Alph,FMsk,lnk2,FEid,FXid,PxSD'.split(','),
)

/**
 * Reads the layout of a PSD or PSB, null if it is none. Never throws for content.
 * Source: Adobe Photoshop file formats specification (November 2019), sections "File header" to "Image data".
 */
export function readPsdLayout(source: ByteSource): PsdLayout | null {
  const head = source.read(0, 30)
  if (head === null || head.toString('latin1', 0, 4) !== '8BPS') return null
  const version = head.readUInt16BE(4)
  if (version !== 1 && version !== 2) return null
  const [height, width] = [head.readUInt32BE(14), head.readUInt32BE(18)]
  if (width === 0 || height === 0) return null
  const isLarge = version === 2
  const colorData = { start: 30, length: head.readUInt32BE(26) }
  const resourcesAt = colorData.start + colorData.length + 4
  const resourcesLength = source.read(resourcesAt - 4, 4)?.readUInt32BE(0) ?? 0
  const layersAt = resourcesAt + resourcesLength
  const layersLength = readLength(source, layersAt, isLarge) ?? 0
  const widthOfLength = isLarge ? 8 : 4
  const layersEnd = layersAt + widthOfLength + layersLength
  const layers = readLayers(source, layersAt + widthOfLength, layersEnd, isLarge)
  return {
    isLarge,
    width,
    height,
    channels: head.readUInt16BE(12),
    depth: head.readUInt16BE(22),
    mode: head.readUInt16BE(24),
    colorData,
    ...readResources(source, resourcesAt, layersAt),
    compositeAt: layersEnd,
    hasTransparency: layers?.hasTransparency ?? false,
    layers: layersLength === 0 ? 0 : (layers?.count ?? null),
  }
}

type Resources = Pick<PsdLayout, 'profile' | 'thumbnail' | 'density' | 'hasComposite'>

function readResources(source: ByteSource, start: number, end: number): Resources {
  let found: Resources = { profile: null, thumbnail: null, density: null, hasComposite: true }
  let at = start
  for (let count = 0; count < MAX_RESOURCES && at + 12 <= end; count += 1) {
    const head = source.read(at, 7)
    if (head === null) break
    // A Pascal string padded to an even length, then the length of the data, which is padded likewise.
    const nameBytes = 1 + (head[6] ?? 0)
    const dataAt = at + 6 + nameBytes + (nameBytes % 2) + 4
    const length = source.read(dataAt - 4, 4)?.readUInt32BE(0)
    if (length === undefined || dataAt + length > end) break
    found = { ...found, ...readResource(source, head.readUInt16BE(4), dataAt, length, found) }
    at = dataAt + length + (length % 2)
  }
  return found
}

function readResource(source: ByteSource, id: number, start: number, length: number, found: Resources) {
  switch (id) {
    case 1005: {
      const fixed = source.read(start, 4)?.readUInt32BE(0) ?? 0
      return fixed > 0 ? { density: Math.round(fixed / 65_536) } : {}
    }
    case 1033:
    case 1036: {
      const isJpeg = length > THUMBNAIL_HEADER && source.read(start, 4)?.readUInt32BE(0) === 1
      if (!isJpeg || found.thumbnail?.swapped === false) return {}
      const thumbnail = { start: start + THUMBNAIL_HEADER, length: length - THUMBNAIL_HEADER, swapped: id === 1033 }
      return { thumbnail }
    }
    case 1039:
      return { profile: { start, length } }
    case 1057:
      return { hasComposite: source.read(start + 4, 1)?.[0] !== 0 }
    default:
      return {}
  }
}

interface Layers {
  readonly count: number
  readonly hasTransparency: boolean
}

function readLayers(source: ByteSource, start: number, end: number, isLarge: boolean): Layers | null {
  const width = isLarge ? 8 : 4
  const length = readLength(source, start, isLarge)
  if (length === null || start + width > end) return null
  if (length > 0) return countLayers(source, start + width, Math.min(end, start + width + length), isLarge)
  // Documents of 16 and 32 bits keep their layers in a block further on, after the global mask.
  const maskLength = source.read(start + width, 4)?.readUInt32BE(0) ?? 0
  const blocks = taggedBlocks(source, start + width + 4 + maskLength, end, isLarge)
  const deep = blocks.find(({ key }) => key === 'Lr16' || key === 'Lr32' || key === 'Layr')
  return deep === undefined ? null : countLayers(source, deep.start, deep.end, isLarge)
}

function countLayers(source: ByteSource, start: number, end: number, isLarge: boolean): Layers | null {
  const signed = source.read(start, 2)?.readInt16BE(0)
  if (signed === undefined) return null
  const records = Math.min(Math.abs(signed), MAX_LAYERS)
  let count = Math.abs(signed)
  let at = start + 2
  for (let index = 0; index < records && at < end; index += 1) {
    const channels = source.read(at + 16, 2)?.readUInt16BE(0)
    if (channels === undefined) break
    const extraAt = at + 18 + channels * (isLarge ? 10 : 6) + 16
    const extra = source.read(extraAt - 4, 4)?.readUInt32BE(0)
    if (extra === undefined || extraAt + extra > end) break
    if (closesGroup(source, extraAt, extraAt + extra, isLarge)) count -= 1
    at = extraAt + extra
  }
  return { count, hasTransparency: signed < 0 }
}

/** A group is two records: the one with its name, and a hidden one that closes it. */
function closesGroup(source: ByteSource, start: number, end: number, isLarge: boolean): boolean {
  const mask = source.read(start, 4)?.readUInt32BE(0) ?? 0
  const ranges = source.read(start + 4 + mask, 4)?.readUInt32BE(0) ?? 0
  const nameAt = start + 8 + mask + ranges
  const nameBytes = 1 + (source.read(nameAt, 1)?.[0] ?? 0)
  const blocks = taggedBlocks(source, nameAt + Math.ceil(nameBytes / 4) * 4, end, isLarge)
  const divider = blocks.find(({ key }) => key === 'lsct' || key === 'lsdk')
  return divider !== undefined && source.read(divider.start, 4)?.readUInt32BE(0) === 3
}

interface Block {
  readonly key: string
  readonly start: number
  readonly end: number
}

function taggedBlocks(source: ByteSource, start: number, end: number, isLarge: boolean): readonly Block[] {
  const blocks: Block[] = []
  let at = start
  while (at + 12 <= end && blocks.length < MAX_BLOCKS) {
    const head = source.read(at, 8)
    if (head === null || !/^8B(IM|64)$/.test(head.toString('latin1', 0, 4))) break
    const key = head.toString('latin1', 4, 8)
    const isLong = isLarge && LONG_BLOCKS.has(key)
    const length = readLength(source, at + 8, isLong)
    if (length === null) break
    const from = at + 8 + (isLong ? 8 : 4)
    blocks.push({ key, start: from, end: Math.min(end, from + length) })
    // Padded to four bytes by some writers, to two by others; blocks inside of layers are even.
    at = from + length
    while (at < end && at < from + length + 4 && source.read(at, 1)?.[0] === 0) at += 1
  }
  return blocks
}

function readLength(source: ByteSource, at: number, isLong: boolean): number | null {
  const bytes = source.read(at, isLong ? 8 : 4)
  if (bytes === null) return null
  return isLong ? Number(bytes.readBigUInt64BE(0)) : bytes.readUInt32BE(0)
}
