/** A tag with an end is looked for within so many characters. */
const TAG_LIMIT = 4096

/** One start tag; namespace prefixes are taken off the names. */
export interface XmlTag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** Text up to the next tag, entities resolved. */
  readonly text: string
}

/**
 * The start tags of an XML document in their order, found in one pass. No parser: nothing is checked, nothing is loaded,
 * and entities of one's own are left as they are, so that no document can grow.
 */
export function* xmlTags(xml: string): Generator<XmlTag> {
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) {
    if (!/[A-Za-z_]/.test(xml.charAt(at + 1))) continue
    const tag = xml.slice(at, at + TAG_LIMIT)
    const end = tag.indexOf('>')
    if (end < 0) continue
    const name = /^<(?:[\w.-]+:)?([\w.-]+)/.exec(tag.slice(0, end))?.[1]
    if (name === undefined) continue
    const textStart = at + end + 1
    const text = xml.slice(textStart, textStart + TAG_LIMIT)
    const textEnd = text.indexOf('<')
    yield {
      name,
      attributes: attributesOf(tag.slice(0, end)),
      text: resolved(textEnd < 0 ? text : text.slice(0, textEnd)).trim(),
    }
  }
}

/** Text of the first element of this name that has some. */
export function elementText(xml: string, name: string): string | null {
  for (const tag of xmlTags(xml)) if (tag.name === name && tag.text !== '') return tag.text
  return null
}

function attributesOf(tag: string): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const match of tag.matchAll(/\s(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(match[1] ?? '', resolved(match[2] ?? match[3] ?? ''))
  }
  return attributes
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function resolved(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole
    const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
