import { JSON_BY_NAME, TEXT_BY_NAME, XML_BY_NAME } from './textKinds.ts'

/** What a text turned out to be. */
export interface TextKind {
  readonly extension: string
  readonly mimeType: string
}

/**
 * Recognises text: SVG and other XML, JSON and glTF, HTML, Markdown, plain text. Null for anything that has bytes that
 * no text has.
 * @param head the first bytes; may end inside of a character
 * @param named extension of the file's name, lower-case
 */
export function sniffText(head: Buffer, named: string): TextKind | null {
  const text = decodeText(head)
  if (text === null) return null
  const start = text.replace(/^\ufeff/, '').trimStart()
  if (isSvg(start)) return { extension: 'svg', mimeType: 'image/svg+xml' }
  if (start.startsWith('<?xml')) return xmlKind(named)
  if (/^<(!doctype\s+html|html)\b/i.test(start)) return { extension: 'html', mimeType: 'text/html' }
  if (/^[{[]\s*("|[{[\]}\d-]|true|false|null)/.test(start) && named !== 'jsonl') return jsonKind(start, named)
  const mimeType = Object.hasOwn(TEXT_BY_NAME, named) ? TEXT_BY_NAME[named] : undefined
  if (mimeType !== undefined) return { extension: named, mimeType }
  return { extension: 'txt', mimeType: 'text/plain' }
}

function xmlKind(named: string): TextKind {
  const mimeType = Object.hasOwn(XML_BY_NAME, named) ? XML_BY_NAME[named] : undefined
  return mimeType === undefined ? { extension: 'xml', mimeType: 'application/xml' } : { extension: named, mimeType }
}

function jsonKind(start: string, named: string): TextKind {
  const isGltf = start.startsWith('{') && /"asset"\s*:\s*\{[^{}]*"version"\s*:\s*"\d/.test(start)
  return isGltf
    ? { extension: 'gltf', mimeType: 'model/gltf+json' }
    : { extension: JSON_BY_NAME.has(named) ? named : 'json', mimeType: 'application/json' }
}

/** True if the first element is `svg`, after any declaration, doctype, comments and processing instructions. */
function isSvg(start: string): boolean {
  let rest = start
  for (;;) {
    const prologue = /^(<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!doctype[^[>]*(\[[\s\S]*?\]\s*)?>)\s*/i.exec(rest)
    if (prologue === null) return /^<([a-z][\w.-]*:)?svg[\s>/]/i.test(rest)
    rest = rest.slice(prologue[0].length)
  }
}

function decodeText(head: Buffer): string | null {
  if (head.length === 0) return null
  if (head[0] === 0xff && head[1] === 0xfe) return utf16(head, 'utf-16le')
  if (head[0] === 0xfe && head[1] === 0xff) return utf16(head, 'utf-16be')
  // Tab, line feed, form feed, carriage return and escape occur in text; no other control character does.
  for (const byte of head) if (byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte)) return null
  try {
    // `stream` lets the last character be cut off by the end of the head.
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
  } catch {
    // Not UTF-8: text of an old system if it is mostly letters, something else otherwise.
    const high = head.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0)
    return high < head.length / 4 ? head.toString('latin1') : null
  }
}

/** Binary formats begin with the same two bytes: what isn't text has control characters or half characters soon. */
function utf16(head: Buffer, encoding: 'utf-16le' | 'utf-16be'): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(head.subarray(2), { stream: true })
    return /[^\P{Cc}\t\n\f\r\u0085]/u.test(text) ? null : text
  } catch {
    // A surrogate without its other half.
    return null
  }
}
