/** One piece of an XML document. Offsets count UTF-16 units of the document. */
export type XmlToken =
  | {
      readonly kind: 'open'
      /** As written, with its prefix. */
      readonly name: string
      readonly attributes: readonly XmlAttribute[]
      /** `<name/>`: no `close` follows. */
      readonly selfClosing: boolean
    }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

export interface XmlAttribute {
  readonly name: string
  readonly value: string
}

/** More attributes on one element say nothing that anybody reads. */
const MAX_ATTRIBUTES = 256

/**
 * The elements and texts of a document in one pass, as far as it can be read. Tolerant: what is no XML is skipped, what
 * is cut off ends it. Only the five entities of XML itself and character references are replaced; document types are
 * skipped, so that no entity of theirs exists to be expanded or fetched. Time is linear in the length of the document.
 * Source: XML 1.0 (fifth edition), sections 2 and 3.1.
 */
export function* xmlTokens(document: string): Generator<XmlToken> {
  let at = 0
  while (at < document.length) {
    const tag = document.indexOf('<', at)
    const text = document.slice(at, tag === -1 ? document.length : tag)
    if (text !== '') yield { kind: 'text', text: withoutEntities(text) }
    if (tag === -1) return
    const next = tokenAt(document, tag)
    if (next.token !== null) yield next.token
    at = next.end
  }
}

interface Found {
  readonly token: XmlToken | null
  readonly end: number
}

function tokenAt(document: string, at: number): Found {
  if (document.startsWith('<!--', at)) return { token: null, end: after(document, '-->', at + 4) }
  if (document.startsWith('<![CDATA[', at)) {
    const end = after(document, ']]>', at + 9)
    return { token: { kind: 'text', text: document.slice(at + 9, Math.max(at + 9, end - 3)) }, end }
  }
  if (document.startsWith('<?', at)) return { token: null, end: after(document, '?>', at + 2) }
  if (document.startsWith('<!', at)) return { token: null, end: afterDeclaration(document, at + 2) }
  if (document.startsWith('</', at)) {
    const end = after(document, '>', at + 2)
    return { token: { kind: 'close', name: document.slice(at + 2, end - 1).trim() }, end }
  }
  return elementAt(document, at)
}

function after(document: string, mark: string, from: number): number {
  const found = document.indexOf(mark, from)
  return found === -1 ? document.length : found + mark.length
}

/** Past `<!DOCTYPE … [ … ]>`: the first `>` outside of the brackets. */
function afterDeclaration(document: string, from: number): number {
  const end = after(document, '>', from)
  const subset = document.slice(from, end).indexOf('[')
  return subset === -1 ? end : after(document, '>', after(document, ']', from + subset))
}

function elementAt(document: string, at: number): Found {
  const name = nameAt(document, at + 1)
  if (name === '') return bareMarks(document, at)
  const attributes: XmlAttribute[] = []
  let position = at + 1 + name.length
  for (;;) {
    position = skipSpace(document, position)
    const character = document[position]
    if (character === undefined) return { token: null, end: document.length }
    if (character === '>') return { token: open(name, attributes, false), end: position + 1 }
    if (character === '/' && document[position + 1] === '>') {
      return { token: open(name, attributes, true), end: position + 2 }
    }
    const found = attributeAt(document, position)
    if (found.attribute !== null && attributes.length < MAX_ATTRIBUTES) attributes.push(found.attribute)
    position = found.end
  }
}

/** One or more `<` in a text; the last of several may open an element. */
function bareMarks(document: string, at: number): Found {
  let end = at + 1
  while (document[end] === '<' && document[end + 1] === '<') end += 1
  return { token: { kind: 'text', text: document.slice(at, end) }, end }
}

function open(name: string, attributes: readonly XmlAttribute[], selfClosing: boolean): XmlToken {
  return { kind: 'open', name, attributes, selfClosing }
}

function attributeAt(document: string, at: number): { attribute: XmlAttribute | null; end: number } {
  const name = nameAt(document, at)
  if (name === '') return { attribute: null, end: at + 1 }
  let position = skipSpace(document, at + name.length)
  if (document[position] !== '=') return { attribute: null, end: position }
  position = skipSpace(document, position + 1)
  const quote = document[position]
  if (quote !== '"' && quote !== "'") return { attribute: null, end: position }
  const end = document.indexOf(quote, position + 1)
  if (end === -1) return { attribute: null, end: document.length }
  return { attribute: { name, value: withoutEntities(document.slice(position + 1, end)) }, end: end + 1 }
}

function nameAt(document: string, at: number): string {
  let end = at
  while (end < document.length && isNameUnit(document.charCodeAt(end))) end += 1
  return document.slice(at, end)
}

/** Generous: all that is no white space and none of `"'/<=>!?&`. */
function isNameUnit(unit: number): boolean {
  if (unit <= 0x20) return false
  return !(
    unit === 0x22 ||
    unit === 0x27 ||
    unit === 0x2f ||
    (unit >= 0x3c && unit <= 0x3f) ||
    unit === 0x21 ||
    unit === 0x26
  )
}

function skipSpace(document: string, at: number): number {
  let position = at
  while (position < document.length && document.charCodeAt(position) <= 0x20) position += 1
  return position
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function withoutEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#[xX]?[0-9a-fA-F]{1,8}|[a-z]{2,4});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name] ?? whole
    const hexadecimal = name[1] === 'x' || name[1] === 'X'
    const point = hexadecimal ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return Number.isInteger(point) && point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}
