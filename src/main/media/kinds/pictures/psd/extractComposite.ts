import type { ByteSource } from '../../../carriers/byteSource.ts'
import type { PsdLayout } from './psdLayout.ts'

/** Channels that hold the colours, by mode. Others are masks and spot colours. */
const COLOR_CHANNELS: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 1, 3: 3, 4: 4, 8: 1, 9: 3 }
const INDEXED = 2
const DUOTONE = 8
const RAW = 0
const RLE = 1

/**
 * The merged picture of a document as a small document of its own: without layers, masks, spot colours and thumbnails,
 * which can be a hundred times as large. Null if the file ends before it, or it is compressed in another way than documents are.
 * Source: Adobe Photoshop file formats specification, sections "File header" and "Image data".
 */
export function extractComposite(source: ByteSource, layout: PsdLayout): Buffer | null {
  const colors = COLOR_CHANNELS[layout.mode] ?? layout.channels
  const wanted = Math.min(layout.channels, colors + (layout.hasTransparency ? 1 : 0))
  const image = imageData(source, layout, wanted)
  if (image === null) return null
  const colorData = needsColorData(layout)
    ? source.read(layout.colorData.start, layout.colorData.length)
    : Buffer.alloc(0)
  const profile = layout.profile === null ? null : source.read(layout.profile.start, layout.profile.length)
  if (colorData === null) return null
  const header = source.read(0, 26)
  if (header === null) return null
  const own = Buffer.from(header)
  own.writeUInt16BE(wanted, 12)
  const resources = profile === null ? Buffer.alloc(0) : resource(1039, profile)
  const layers = layerSection(layout)
  return Buffer.concat([
    own,
    length(colorData.length),
    colorData,
    length(resources.length),
    resources,
    layers,
    ...image,
  ])
}

/** A table of 256 colours, or how inks look; other modes only keep settings there. */
function needsColorData({ mode, colorData }: PsdLayout): boolean {
  return (mode === INDEXED || mode === DUOTONE) && colorData.length <= 1024 * 1024
}

function imageData(source: ByteSource, layout: PsdLayout, wanted: number): readonly Buffer[] | null {
  const { compositeAt: at, width, height, channels, depth, isLarge } = layout
  const method = source.read(at, 2)
  if (method === null) return null
  if (method.readUInt16BE(0) === RAW) {
    const rowBytes = depth === 1 ? Math.ceil(width / 8) : (width * depth) / 8
    const planes = source.read(at + 2, rowBytes * height * wanted)
    return planes === null ? null : [method, planes]
  }
  if (method.readUInt16BE(0) !== RLE) return null
  // The bytes of every row of every channel, then the rows.
  const countBytes = isLarge ? 4 : 2
  const counts = source.read(at + 2, height * wanted * countBytes)
  if (counts === null) return null
  let total = 0
  for (let index = 0; index < counts.length; index += countBytes) total += counts.readUIntBE(index, countBytes)
  const rowsAt = at + 2 + height * channels * countBytes
  const rows = source.read(rowsAt, total)
  return rows === null ? null : [method, counts, rows]
}

function resource(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write('8BIM', 'latin1')
  head.writeUInt16BE(id, 4)
  return Buffer.concat([head, length(data.length), data, Buffer.alloc(data.length % 2)])
}

/** Without layers; a negative number of them only says that the merged picture has transparency. */
function layerSection({ isLarge, hasTransparency }: PsdLayout): Buffer {
  const width = isLarge ? 8 : 4
  if (!hasTransparency) return Buffer.alloc(width)
  const layers = Buffer.from([0, 0, 0, 2, 0xff, 0xff, 0, 0, 0, 0])
  const widened = isLarge ? [Buffer.alloc(4), layers] : [layers]
  const section = Buffer.concat([Buffer.alloc(width), ...widened])
  section.writeUInt32BE(section.length - width, width - 4)
  return section
}

function length(bytes: number): Buffer {
  const field = Buffer.alloc(4)
  field.writeUInt32BE(bytes)
  return field
}
