import type { ByteSource } from '../../../carriers/byteSource.ts'
import { type IsoBox, readBoxes } from '../headers/isoBoxes.ts'

/** The picture that a HEIF file shows first, and what is known of it without decoding. */
export interface HeifPrimary {
  readonly id: number
  /** As decoded, before the file's own turning and cropping. */
  readonly codedWidth: number
  readonly codedHeight: number
  /** As shown. */
  readonly width: number
  readonly height: number
  /** `hvc1`, `av01`, `jpeg`, …; of the tiles for a picture made of tiles. */
  readonly codec: string
  readonly bits: number
  readonly hasAlpha: boolean
  readonly hasProfile: boolean
  /** Pictures in the file that are to be seen by themselves. */
  readonly pictures: number
  /** A small copy of it, the largest if there are several. */
  readonly thumbnail: { readonly id: number; readonly width: number; readonly height: number } | null
  /** Where the number of the first picture is written, for showing another one. */
  readonly idAt: { readonly position: number; readonly bytes: 2 | 4 }
}

interface Item {
  readonly type: string
  readonly hidden: boolean
}
interface Reference {
  readonly type: string
  readonly from: number
  readonly to: readonly number[]
}

const MAX_ASSOCIATIONS = 65_536
const MAX_REFERENCES = 65_536
const PICTURE_TYPES: ReadonlySet<string> = new Set([
  'hvc1',
  'av01',
  'avc1',
  'vvc1',
  'jpeg',
  'j2k1',
  'grid',
  'iovl',
  'iden',
  'unci',
])
const DERIVED: ReadonlySet<string> = new Set(['grid', 'iovl', 'iden'])

/**
 * Reads the directory of a HEIF or AVIF file, null if it has no picture to show. Never throws for content.
 * Source: ISO/IEC 14496-12 section 8.11 (meta, pitm, iinf, iref) and 23008-12 sections 6.4 to 6.6, 9.3 and annex B.
 */
export function readHeifPrimary(source: ByteSource): HeifPrimary | null {
  const meta = readBoxes(source, 0, source.size).find(({ type }) => type === 'meta')
  if (meta === undefined) return null
  const boxes = readBoxes(source, meta.start + 4, meta.end)
  const pitm = boxes.find(({ type }) => type === 'pitm')
  const version = pitm === undefined ? null : (source.read(pitm.start, 1)?.[0] ?? null)
  if (pitm === undefined || version === null) return null
  const idAt = { position: pitm.start + 4, bytes: version === 0 ? (2 as const) : (4 as const) }
  const id = source.read(idAt.position, idAt.bytes)?.readUIntBE(0, idAt.bytes)
  if (id === undefined) return null

  const items = readItems(source, boxes)
  const references = readReferences(source, boxes)
  const propertiesOf = readProperties(source, boxes)
  const own = propertiesOf(id)
  const size = shownSize(source, own)
  if (size === null) return null
  const tile = references.find(({ type, from }) => type === 'dimg' && from === id)?.to[0]
  const type = items.get(id)?.type ?? ''
  const codedId = DERIVED.has(type) && tile !== undefined ? tile : id
  const auxiliary = references.filter(({ type, to }) => type === 'auxl' && to.includes(id)).map(({ from }) => from)
  const secondary = new Set(references.filter(({ type }) => type === 'thmb' || type === 'auxl').map(({ from }) => from))
  return {
    id,
    ...size,
    codec: items.get(codedId)?.type ?? '',
    bits: bitDepth(source, propertiesOf(codedId)) ?? bitDepth(source, own) ?? 8,
    hasAlpha: auxiliary.some((aux) => isAlpha(source, propertiesOf(aux))),
    hasProfile: [...own, ...propertiesOf(codedId)].some((property) => isProfile(source, property)),
    pictures: [...items].filter(
      ([item, { type, hidden }]) => !hidden && !secondary.has(item) && PICTURE_TYPES.has(type),
    ).length,
    thumbnail: largestThumbnail(source, references, propertiesOf, id),
    idAt,
  }
}

/** A copy of the file that shows another of its pictures first. */
export function withPrimary(file: Buffer, { idAt }: HeifPrimary, id: number): Buffer {
  const copy = Buffer.from(file)
  if (idAt.position + idAt.bytes <= copy.length) copy.writeUIntBE(id, idAt.position, idAt.bytes)
  return copy
}

function readItems(source: ByteSource, boxes: readonly IsoBox[]): ReadonlyMap<number, Item> {
  const items = new Map<number, Item>()
  const iinf = boxes.find(({ type }) => type === 'iinf')
  const version = iinf === undefined ? undefined : source.read(iinf.start, 1)?.[0]
  if (iinf === undefined || version === undefined) return items
  for (const { type, start, end } of readBoxes(source, iinf.start + (version === 0 ? 6 : 8), iinf.end)) {
    const head = type === 'infe' ? source.read(start, Math.min(14, end - start)) : null
    if (head === null || head.length < 12 || (head[0] ?? 0) < 2) continue
    const isLong = head[0] === 3
    if (isLong && head.length < 14) continue
    const id = isLong ? head.readUInt32BE(4) : head.readUInt16BE(4)
    const typeAt = isLong ? 10 : 8
    items.set(id, { type: head.toString('latin1', typeAt, typeAt + 4), hidden: ((head[3] ?? 0) & 1) === 1 })
  }
  return items
}

function readReferences(source: ByteSource, boxes: readonly IsoBox[]): readonly Reference[] {
  const iref = boxes.find(({ type }) => type === 'iref')
  const version = iref === undefined ? undefined : source.read(iref.start, 1)?.[0]
  if (iref === undefined || version === undefined) return []
  const width = version === 0 ? 2 : 4
  let left = MAX_REFERENCES
  const found: Reference[] = []
  for (const { type, start, end } of readBoxes(source, iref.start + 4, iref.end)) {
    const head = source.read(start, width + 2)
    if (head === null) break
    const count = Math.min(head.readUInt16BE(width), Math.floor((end - start - width - 2) / width), left)
    const list = source.read(start + width + 2, Math.max(0, count) * width)
    if (list === null) break
    left -= count
    const to = Array.from({ length: Math.max(0, count) }, (_, index) => list.readUIntBE(index * width, width))
    found.push({ type, from: head.readUIntBE(0, width), to })
  }
  return found
}

type PropertiesOf = (item: number) => readonly IsoBox[]

function readProperties(source: ByteSource, boxes: readonly IsoBox[]): PropertiesOf {
  const iprp = boxes.find(({ type }) => type === 'iprp')
  if (iprp === undefined) return () => []
  const parts = readBoxes(source, iprp.start, iprp.end)
  const ipco = parts.find(({ type }) => type === 'ipco')
  const properties = ipco === undefined ? [] : readBoxes(source, ipco.start, ipco.end)
  const associations = new Map<number, number[]>()
  let left = MAX_ASSOCIATIONS
  for (const { type, start, end } of parts) {
    const bytes = type === 'ipma' ? source.read(start, end - start) : null
    if (bytes === null || bytes.length < 8) continue
    const idBytes = bytes[0] === 0 ? 2 : 4
    const isWide = ((bytes[3] ?? 0) & 1) === 1
    const step = isWide ? 2 : 1
    let at = 8
    while (at + idBytes + 1 <= bytes.length && left > 0) {
      const id = bytes.readUIntBE(at, idBytes)
      const count = Math.min(bytes[at + idBytes] ?? 0, Math.floor((bytes.length - at - idBytes - 1) / step))
      at += idBytes + 1
      const indexes = Array.from(
        { length: count },
        (_, index) => bytes.readUIntBE(at + index * step, step) & (isWide ? 0x7fff : 0x7f),
      )
      // What the first table says of an item counts.
      if (!associations.has(id)) associations.set(id, indexes)
      at += count * step
      left -= count + 1
    }
  }
  return (item) =>
    (associations.get(item) ?? []).flatMap((index) => {
      const property = properties[index - 1]
      return property === undefined ? [] : [property]
    })
}

function shownSize(source: ByteSource, properties: readonly IsoBox[]) {
  const ispe = properties.find(({ type }) => type === 'ispe')
  const bytes = ispe === undefined ? null : source.read(ispe.start, 12)
  if (bytes === null) return null
  const [codedWidth, codedHeight] = [bytes.readUInt32BE(4), bytes.readUInt32BE(8)]
  let [width, height] = [codedWidth, codedHeight]
  for (const { type, start } of properties) {
    if (type === 'irot' && ((source.read(start, 1)?.[0] ?? 0) & 1) === 1) [width, height] = [height, width]
    const crop = type === 'clap' ? source.read(start, 16) : null
    if (crop === null) continue
    width = Math.min(width, ratio(crop, 0) ?? width)
    height = Math.min(height, ratio(crop, 8) ?? height)
  }
  return width > 0 && height > 0 ? { codedWidth, codedHeight, width, height } : null
}

function ratio(bytes: Buffer, at: number): number | null {
  const value = Math.round(bytes.readUInt32BE(at) / bytes.readUInt32BE(at + 4))
  return Number.isFinite(value) && value > 0 ? value : null
}

function bitDepth(source: ByteSource, properties: readonly IsoBox[]): number | null {
  for (const { type, start } of properties) {
    if (type === 'pixi') return source.read(start + 5, 1)?.[0] ?? null
    if (type === 'hvcC') return ((source.read(start + 17, 1)?.[0] ?? 0) & 7) + 8
  }
  return null
}

function isProfile(source: ByteSource, { type, start }: IsoBox): boolean {
  return type === 'colr' && /^(prof|rICC)$/.test(source.read(start, 4)?.toString('latin1') ?? '')
}

function isAlpha(source: ByteSource, properties: readonly IsoBox[]): boolean {
  const kind = properties.find(({ type }) => type === 'auxC')
  if (kind === undefined) return false
  const name =
    source.read(kind.start + 4, Math.max(0, Math.min(64, kind.end - kind.start - 4)))?.toString('latin1') ?? ''
  return name.startsWith('urn:mpeg:hevc:2015:auxid:1') || name.startsWith('urn:mpeg:mpegB:cicp:systems:auxiliary:alpha')
}

function largestThumbnail(
  source: ByteSource,
  references: readonly Reference[],
  propertiesOf: PropertiesOf,
  id: number,
) {
  let largest: HeifPrimary['thumbnail'] = null
  for (const { type, from, to } of references) {
    if (type !== 'thmb' || !to.includes(id)) continue
    const size = shownSize(source, propertiesOf(from))
    if (size === null || size.width * size.height <= (largest?.width ?? 0) * (largest?.height ?? 0)) continue
    largest = { id: from, width: size.width, height: size.height }
  }
  return largest
}
