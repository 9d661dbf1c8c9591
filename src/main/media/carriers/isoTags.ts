import { isUtf8 } from 'node:buffer'
import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { decodeUnknown, decodeUtf8OrLatin1, decodeUtf16InEitherOrder, untilNul } from './decodeText.ts'
import { type IsoBox, isoBoxes } from './isoBoxes.ts'
import { tagName } from './tagName.ts'

/** 3GPP's tags: version and flags, a language, and one text. */
const THREE_GPP: ReadonlySet<string> = new Set(['titl', 'dscp', 'auth', 'perf', 'cprt', 'gnre', 'albm'])
const MAX_KEYS = 10_000
const MAX_NAME_BYTES = 1024
/** Of a `data` box: type and locale before the value. */
const DATA_HEAD_BYTES = 8
const TYPE_UNDECLARED = 0
const UTF8_TYPES: ReadonlySet<number> = new Set([1, 4])
const UTF16_TYPES: ReadonlySet<number> = new Set([2, 5])

/**
 * Adds the tags of user data: QuickTime's `©…` texts, 3GPP's, XMP, and a `meta` box of tags.
 * Source: QuickTime file format, "User data atoms"; 3GPP TS 26.244 section 8; XMP specification part 3, section 2.3.
 */
export function addUserData(source: ByteSource, userData: IsoBox, collector: CarrierCollector): void {
  for (const box of isoBoxes(source, userData.start, userData.end, collector)) {
    if (box.type === 'meta') addMetaTags(source, metaBoxes(source, box, collector), collector)
    else if (box.type === 'XMP_') {
      const packet = collector.take(source, box.start, box.end - box.start, 'xmp')
      if (packet !== null) collector.addXmp(packet)
    } else if (box.type.startsWith('©') || THREE_GPP.has(box.type)) addUserText(source, box, collector)
  }
}

function addUserText(source: ByteSource, box: IsoBox, collector: CarrierCollector): void {
  const key = tagName(box.type)
  const content = collector.take(source, box.start, box.end - box.start, 'mp4:udta', key)
  if (content === null) return
  if (content.toString('latin1', 4, 8) === 'data') {
    // A tag of iTunes where QuickTime's is expected.
    const value = content.subarray(8 + DATA_HEAD_BYTES)
    collector.addText('mp4:udta', key, value)
  } else if (THREE_GPP.has(box.type)) {
    collector.addText('mp4:udta', key, content, untilNul(decodeUnknown(content.subarray(6))))
  } else {
    addQuickTimeTexts(key, content, collector)
  }
}

/** Texts in several languages: a length and a language (2 bytes each) before each. */
function addQuickTimeTexts(key: string, content: Buffer, collector: CarrierCollector): void {
  let at = 0
  while (at + 4 <= content.length) {
    const length = content.readUInt16BE(at)
    const value = content.subarray(at + 4, at + 4 + length)
    if (length === 0 || value.length < length) return
    collector.addText('mp4:udta', key, value, untilNul(decodeUtf8OrLatin1(value)))
    at += 4 + length
  }
}

/** The boxes in a `meta` box, which in QuickTime has no version and flags. */
export function metaBoxes(source: ByteSource, meta: IsoBox, collector: CarrierCollector): readonly IsoBox[] {
  const isPlain = source.read(meta.start + 4, 4)?.toString('latin1') === 'hdlr'
  return [...isoBoxes(source, meta.start + (isPlain ? 0 : 4), meta.end, collector)]
}

/**
 * Adds the tags in a `meta` box: iTunes' list, with names of one's own, and QuickTime's list of keys and values.
 * Source: QuickTime file format, "Metadata"; names of one's own (`----`) as iTunes writes them.
 * @param boxes those in the `meta` box
 */
export function addMetaTags(source: ByteSource, boxes: readonly IsoBox[], collector: CarrierCollector): void {
  const list = boxes.find(({ type }) => type === 'ilst')
  if (list === undefined) return
  const keys = keysOf(
    source,
    boxes.find(({ type }) => type === 'keys'),
  )
  for (const item of isoBoxes(source, list.start, list.end, collector)) addItem(source, item, keys, collector)
}

/** Names by their number, from 1. */
function keysOf(source: ByteSource, box: IsoBox | undefined): readonly string[] {
  const names = ['']
  if (box === undefined) return names
  let at = box.start + 8
  while (names.length <= MAX_KEYS) {
    const length = at + 8 <= box.end ? source.read(at, 4)?.readUInt32BE(0) : undefined
    if (length === undefined || length < 8 || at + length > box.end) return names
    const bytes = length <= MAX_NAME_BYTES ? source.read(at + 8, length - 8) : null
    names.push(bytes?.toString('utf8') ?? '')
    at += length
  }
  return names
}

function addItem(source: ByteSource, item: IsoBox, keys: readonly string[], collector: CarrierCollector): void {
  const numbered = keys[Buffer.from(item.type, 'latin1').readUInt32BE(0)]
  let key = numbered ?? tagName(item.type)
  const isOwnName = numbered !== undefined || item.type === '----'
  for (const box of isoBoxes(source, item.start, item.end, collector)) {
    if (box.type === 'name') key = nameOf(source, box)
    else if (box.type === 'data') addData(source, box, key, isOwnName, collector)
  }
}

function nameOf(source: ByteSource, box: IsoBox): string {
  const length = box.end - box.start - 4
  return (length > 0 && length <= MAX_NAME_BYTES ? source.read(box.start + 4, length) : null)?.toString('utf8') ?? ''
}

function addData(source: ByteSource, box: IsoBox, key: string, isOwnName: boolean, collector: CarrierCollector): void {
  const type = source.read(box.start, 4)?.readUInt32BE(0)
  if (type === undefined || !(UTF8_TYPES.has(type) || UTF16_TYPES.has(type) || type === TYPE_UNDECLARED)) return
  const length = box.end - box.start - DATA_HEAD_BYTES
  if (length <= 0) return
  const bytes = collector.take(source, box.start + DATA_HEAD_BYTES, length, 'mp4:ilst', key)
  if (bytes === null) return
  if (UTF16_TYPES.has(type)) collector.addText('mp4:ilst', key, bytes, decodeUtf16InEitherOrder(bytes, false))
  else if (UTF8_TYPES.has(type)) collector.addText('mp4:ilst', key, bytes)
  // Binary values (track numbers) have this type too.
  else if (isOwnName && isUtf8(bytes) && !bytes.includes(0)) collector.addText('mp4:ilst', key, bytes)
}
