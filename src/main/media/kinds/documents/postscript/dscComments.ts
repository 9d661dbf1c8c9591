import { boundedText } from '../boundedText.ts'

/** What a PostScript file's structuring comments say. */
export interface DscComments {
  readonly title: string | null
  readonly creator: string | null
  readonly author: string | null
  readonly pages: number | null
  readonly languageLevel: number | null
  /** Points, from the exact box where there is one. */
  readonly width: number | null
  readonly height: number | null
}

/** Lines are at most 255 characters by the convention; what follows in a longer one is not looked at. */
const LINE_LIMIT = 1024
const LINES_LIMIT = 2000

/**
 * Reads header and trailer comments; `(atend)` in the header leaves the word to the trailer.
 * Source: Adobe Technical Note 5001, "PostScript Language Document Structuring Conventions 3.0", sections 4 and 5.
 */
export function dscComments(header: Buffer, trailer: Buffer): DscComments {
  const found = new Map<string, string>()
  collect(linesOf(header), found, true)
  collect(linesOf(trailer).reverse(), found, false)
  const box = boxOf(found.get('HiResBoundingBox')) ?? boxOf(found.get('BoundingBox'))
  return {
    title: textOf(found.get('Title')),
    creator: textOf(found.get('Creator')),
    author: textOf(found.get('For')),
    pages: countOf(found.get('Pages')),
    languageLevel: countOf(found.get('LanguageLevel')),
    width: box?.width ?? null,
    height: box?.height ?? null,
  }
}

function linesOf(bytes: Buffer): string[] {
  return bytes.toString('latin1').split(/\r\n|\r|\n/, LINES_LIMIT)
}

function collect(lines: readonly string[], found: Map<string, string>, isHeader: boolean): void {
  for (const line of lines) {
    if (isHeader && (line.startsWith('%%EndComments') || line.startsWith('%%BeginProlog'))) return
    const match = /^%%([A-Za-z]{1,40}):[ \t]*(.*)$/s.exec(line.slice(0, LINE_LIMIT))
    const [, key, value] = match ?? []
    if (key === undefined || value === undefined || found.has(key) || value.includes('(atend)')) continue
    found.set(key, value.trim())
  }
}

/** A comment's text: a PostScript string in parentheses, or the line as it is. */
function textOf(value: string | undefined): string | null {
  if (value === undefined) return null
  // Illustrator writes a person and a company as two strings.
  const inner = (/^\(([\s\S]*)\)$/.exec(value)?.[1] ?? value).replaceAll(/\)[ \t]+\(/g, ', ')
  const unescaped = inner.replaceAll(/\\([0-7]{3}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8) & 0xff) : (ESCAPES[code] ?? code),
  )
  return boundedText(unescaped)
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function countOf(value: string | undefined): number | null {
  const count = Number.parseInt(value ?? '', 10)
  return count > 0 && count <= 1_000_000 ? count : null
}

function boxOf(value: string | undefined): { width: number; height: number } | null {
  const [left, bottom, right, top] = (value ?? '').split(/\s+/, 4).map(Number)
  if (left === undefined || bottom === undefined || right === undefined || top === undefined) return null
  const width = right - left
  const height = top - bottom
  return width > 0 && height > 0 && width <= 1e6 && height <= 1e6 ? { width, height } : null
}
