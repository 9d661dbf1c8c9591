import { open } from 'node:fs/promises'
import { type KindFacts, type MediaSource, noFacts } from '../kindReader.ts'
import { elementText, xmlTags } from './archives/xmlTags.ts'
import { boundedText, present } from './boundedText.ts'
import { damaged, withoutPreview } from './documentFacts.ts'
import { embeddedPicture } from './embeddedPicture.ts'
import { readSlice } from './readSlice.ts'
import { xmpThumbnail } from './xmpThumbnail.ts'

/** Master page GUID that every InDesign database begins with. */
const SIGNATURE = '0606edf5d81d46e5bd31efe7fe74b71d'
const CHUNK = 4 * 1024 ** 2
/** A packet holds a picture for each page. */
const PACKET = 32 * 1024 ** 2
const SEARCH_LIMIT = 2 * 1024 ** 3
const PACKET_BEGIN = Buffer.from('<?xpacket begin')

/**
 * Reads an InDesign document: the picture of its first page and its names, both from the XMP packet that the database
 * contains in one piece. Width and height are those of the picture.
 * Source: XMP specification part 3, "INDD, INDT".
 */
export async function readInDesign(source: MediaSource): Promise<KindFacts> {
  const head = await readSlice(source.path, 0, 16)
  if (head.toString('hex') !== SIGNATURE) {
    return damaged({ format: 'indd' }, 'This InDesign document is damaged: it doesn’t begin like one.')
  }
  const at = await lastPacket(source)
  const packet = at === null ? Buffer.alloc(0) : await readSlice(source.path, at, PACKET)
  const metadata = { format: 'indd', ...metadataOf(packet) }
  const bytes = xmpThumbnail(packet)
  const preview = bytes === null ? null : await embeddedPicture(bytes, source.limits.pixels)
  if (preview === null) {
    return withoutPreview(
      metadata,
      'This InDesign document has no page previews. Turn on “Always Save Preview Images with Documents” in InDesign to see it here.',
    )
  }
  const { picture, width, height } = preview
  return { ...noFacts, width, height, metadata: { ...metadata, size_of: 'preview' }, picture }
}

/** Where the last packet begins: a database that was saved several times may still have older ones. */
async function lastPacket(source: MediaSource): Promise<number | null> {
  const file = await open(source.path)
  try {
    const buffer = Buffer.alloc(CHUNK)
    const end = Math.min(source.size, SEARCH_LIMIT)
    let found: number | null = null
    // Chunks overlap, so that a packet's first words are whole in one of them.
    for (let position = 0; position < end; position += CHUNK - PACKET_BEGIN.length) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, position)
      const at = buffer.subarray(0, bytesRead).lastIndexOf(PACKET_BEGIN)
      if (at >= 0) found = position + at
      if (bytesRead < CHUNK) break
    }
    return found
  } finally {
    await file.close()
  }
}

function metadataOf(packet: Buffer): Record<string, string | number> {
  // Names stand before the pictures.
  const xml = packet.toString('utf8', 0, 1024 ** 2)
  const named = (name: string) => {
    for (const tag of xmlTags(xml)) {
      const value = tag.name === name ? tag.text : tag.attributes.get(name)
      if (value !== undefined && value !== '') return value
    }
    return ''
  }
  const pages = Number(named('NPages'))
  return present<string | number>({
    title: boundedText(titleOf(xml)),
    creator: boundedText(named('CreatorTool')),
    pages: Number.isInteger(pages) && pages > 0 && pages < 1_000_000 ? pages : null,
  })
}

/** `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">…` */
function titleOf(xml: string): string {
  const at = xml.indexOf('<dc:title')
  return at < 0 ? '' : (elementText(xml.slice(at, at + 4096), 'li') ?? '')
}
