import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { carrierLimits } from './carrierLimits.ts'

/** Element ids. Source: RFC 9559 section 5 (Matroska), RFC 8794 (EBML). */
const SEGMENT = 0x18538067
const CLUSTER = 0x1f43b675
const INFO = 0x1549a966
const TITLE = 0x7ba9
const TAGS = 0x1254c367
const TAG = 0x7373
const SIMPLE_TAG = 0x67c8
const TAG_NAME = 0x45a3
const TAG_STRING = 0x4487
/** Children of the segment, which end a cluster whose length is unknown. */
const TOP_LEVEL: ReadonlySet<number> = new Set([
  ...[0x114d9b74, INFO, 0x1654ae6b, CLUSTER, 0x1c53bb6b, 0x1941a469, 0x1043a770, TAGS],
])
const MAX_NAME_BYTES = 1024

interface Element {
  readonly id: number
  readonly start: number
  /** Null: until an element that belongs further out. */
  readonly length: number | null
}

/** Adds the title and the tags of a Matroska or WebM file; clusters are skipped. */
export function addMatroskaCarriers(source: ByteSource, collector: CarrierCollector): void {
  let at = 0
  for (let element = elementAt(source, at); element !== null && collector.step(); element = elementAt(source, at)) {
    if (element.id === SEGMENT) addSegment(source, element, collector)
    if (element.length === null) return
    at = element.start + element.length
  }
}

function addSegment(source: ByteSource, segment: Element, collector: CarrierCollector): void {
  const end = segment.length === null ? source.size : Math.min(source.size, segment.start + segment.length)
  let at = segment.start
  while (at < end && collector.step()) {
    const element = elementAt(source, at)
    if (element === null) return
    if (element.id === INFO) addTitle(source, element, collector)
    else if (element.id === TAGS) addTags(source, element, collector)
    at = element.length === null ? endOfUnknown(source, element, collector) : element.start + element.length
  }
}

/** Where an element of unknown length ends: at the next one of the segment's own. */
function endOfUnknown(source: ByteSource, element: Element, collector: CarrierCollector): number {
  let at = element.start
  while (collector.step()) {
    const child = elementAt(source, at)
    if (child === null || child.length === null) return child !== null && TOP_LEVEL.has(child.id) ? at : source.size
    if (TOP_LEVEL.has(child.id)) return at
    at = child.start + child.length
  }
  return source.size
}

function addTitle(source: ByteSource, info: Element, collector: CarrierCollector): void {
  for (const { id, start, length } of children(source, info, collector)) {
    if (id === TITLE) addText(source, start, length, 'title', collector)
  }
}

function addTags(source: ByteSource, tags: Element, collector: CarrierCollector): void {
  for (const tag of children(source, tags, collector)) {
    if (tag.id !== TAG) continue
    for (const element of children(source, tag, collector)) {
      if (element.id === SIMPLE_TAG) addSimpleTag(source, element, '', 0, collector)
    }
  }
}

/** Tags in tags have the name of the outer one before theirs. */
function addSimpleTag(
  source: ByteSource,
  tag: Element,
  outer: string,
  depth: number,
  collector: CarrierCollector,
): void {
  const parts = [...children(source, tag, collector)]
  const name = parts.find(({ id }) => id === TAG_NAME)
  const bytes = name === undefined || name.length > MAX_NAME_BYTES ? null : source.read(name.start, name.length)
  const key = outer + (bytes?.toString('utf8').replace(/\0+$/, '') ?? '')
  for (const { id, start, length } of parts) {
    if (id === TAG_STRING) addText(source, start, length, key, collector)
    else if (id === SIMPLE_TAG && depth < carrierLimits.depth) {
      addSimpleTag(source, { id, start, length }, `${key}/`, depth + 1, collector)
    }
  }
}

function addText(source: ByteSource, at: number, length: number, key: string, collector: CarrierCollector): void {
  const bytes = collector.take(source, at, length, 'matroska:tag', key)
  if (bytes === null) return
  const end = bytes.indexOf(0)
  collector.addText('matroska:tag', key, end === -1 ? bytes : bytes.subarray(0, end))
}

/** Those whose length is known and lies within. */
function* children(
  source: ByteSource,
  parent: Element,
  collector: CarrierCollector,
): Generator<Element & { readonly length: number }> {
  const end = Math.min(source.size, parent.start + (parent.length ?? 0))
  let at = parent.start
  while (at < end && collector.step()) {
    const { id, start, length } = elementAt(source, at) ?? noElement
    if (length === null || start + length > end) return
    yield { id, start, length }
    at = start + length
  }
}

const noElement: Element = { id: 0, start: 0, length: null }

function elementAt(source: ByteSource, at: number): Element | null {
  const head = source.read(at, Math.min(12, Math.max(0, source.size - at)))
  if (head === null || head.length < 2) return null
  const idBytes = Math.clz32(head[0] ?? 0) - 23
  if (idBytes > 4 || head.length < idBytes + 1) return null
  const sizeBytes = Math.clz32(head[idBytes] ?? 0) - 23
  if (sizeBytes > 8 || head.length < idBytes + sizeBytes) return null
  const first = (head[idBytes] ?? 0) & (0xff >> sizeBytes)
  let length = first
  let isUnknown = first === 0xff >> sizeBytes
  for (const byte of head.subarray(idBytes + 1, idBytes + sizeBytes)) {
    length = length * 256 + byte
    isUnknown &&= byte === 0xff
  }
  return { id: head.readUIntBE(0, idBytes), start: at + idBytes + sizeBytes, length: isUnknown ? null : length }
}
