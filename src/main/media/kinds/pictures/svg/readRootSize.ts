/** The root element comes after a prologue of declarations and comments. */
const SEARCHED_BYTES = 256 * 1024
/** CSS pixels in a unit; others depend on things outside of the document. Source: CSS Values and Units 4, section 6.2. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
}

/**
 * The size in CSS pixels that the root element of an SVG document declares, by `width` and `height` or else by `viewBox`;
 * null if it declares none. Only what is needed to refuse absurd sizes before anything is drawn: text in other encodings than
 * UTF-8 declares nothing here.
 */
export function readRootSize(document: Buffer): { readonly width: number; readonly height: number } | null {
  const head = document.toString('utf8', 0, SEARCHED_BYTES)
  // No `<` inside: each character is looked at once, however often the start of a tag is repeated.
  const tag = /<(?:[\w.-]{1,64}:)?svg(?=[\s>/])([^<>]*)>/.exec(head)?.[1]
  if (tag === undefined) return null
  const box = attribute(tag, 'viewBox')
    ?.trim()
    .split(/[\s,]+/, 5)
    .map(Number)
  const width = length(attribute(tag, 'width')) ?? box?.[2]
  const height = length(attribute(tag, 'height')) ?? box?.[3]
  if (width === undefined || height === undefined || !(width > 0 && height > 0)) return null
  return { width, height }
}

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s{0,8}=\\s{0,8}(?:"([^"]{0,200})"|'([^']{0,200})')`).exec(tag)
  return match?.[1] ?? match?.[2]
}

function length(text: string | undefined): number | undefined {
  const match = /^\s{0,8}\+?(\d{0,20}\.?\d{0,20}(?:e[+-]?\d{1,3})?)\s{0,8}([a-z%]{0,4})\s{0,8}$/i.exec(text ?? '')
  const unit = UNITS[match?.[2]?.toLowerCase() ?? ''] ?? 0
  const value = Number(match?.[1] === '' ? Number.NaN : match?.[1]) * unit
  return value > 0 ? value : undefined
}
