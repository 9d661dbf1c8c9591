import type { Face } from '../typesetting/face.ts'
import { advanceOf, setText } from '../typesetting/setText.ts'
import { monoFace, textFace } from '../typesetting/shippedFaces.ts'
import type { PageLine, Run, Tone } from './pageLine.ts'

const SIDE = 600
const MARGIN = { left: 46, right: 40, top: 46, bottom: 30 }
const PAPER = '#f6f4ef'
const SHADE = '#ebe8e1'
const RULE = '#d5d1c8'
const TONES: Readonly<Record<Tone | 'missing', string>> = {
  missing: '#c3bfb5',
  ink: '#2b2a27',
  soft: '#757169',
  accent: '#1f4f8f',
  string: '#3f6b3a',
  number: '#8a5312',
  comment: '#827e75',
}
/** A text of few words is set larger, as far as all of it fits. */
const SCALES = [2, 1.6, 1.3, 1] as const
/** Characters of one line that are measured; no page is wider. */
const LINE_LIMIT = 2000

/**
 * Draws the first lines of a document as a page: an SVG document of 600 × 600, for text has no shape of its own. Letters
 * are paths, so that no font of the machine matters.
 */
export function drawPage(lines: readonly PageLine[]): Buffer {
  for (const scale of SCALES) {
    const page = new Page(scale)
    const whole = lines.every((line) => page.add(line))
    if ((whole && page.fits) || scale === 1) return Buffer.from(page.svg())
  }
  return Buffer.from(new Page(1).svg())
}

class Page {
  readonly #grounds: string[] = []
  /** Path data of each colour; bold letters have an outline. */
  readonly #paths = new Map<string, string[]>()
  readonly #scale: number
  #y = MARGIN.top
  /** False if something had to be cut off at the margin. */
  #uncut = true

  constructor(scale: number) {
    this.#scale = scale
  }

  /** True if nothing of what was added is outside of the page. */
  get fits(): boolean {
    return this.#uncut && this.#y <= SIDE - MARGIN.bottom
  }

  /** False once the page is full. */
  add(unscaled: PageLine): boolean {
    const line = scaled(unscaled, this.#scale)
    const first = this.#grounds.length === 0 && this.#paths.size === 0
    const top = this.#y + (first ? 0 : (line.above ?? 0))
    if (top > SIDE) return false
    if (line.ground === 'rule') {
      this.#grounds.push(rect(MARGIN.left, top + line.leading / 2, SIDE - MARGIN.left - MARGIN.right, 1.5, RULE))
      this.#y = top + line.leading
      return true
    }
    const face = line.face === 'mono' ? monoFace : textFace
    const left = MARGIN.left + (line.indent ?? 0)
    const room = SIDE - MARGIN.right - left
    let y = top
    const { lines, cut } = wrapped(line, face, room)
    if (cut) this.#uncut = false
    for (const [index, runs] of lines.entries()) {
      if (y > SIDE) break
      const baseline = y + line.leading * 0.72
      this.#drawGround(line, y)
      if (index === 0 && line.marker !== undefined) this.#drawMarker(line, line.marker, face, left, baseline)
      this.#drawRuns(line, runs, face, left, baseline)
      y += line.leading
    }
    this.#y = y
    return true
  }

  svg(): string {
    const paths = [...this.#paths].map(([style, data]) => `<path ${style} d="${data.join('')}"/>`).join('')
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">` +
      `<rect width="${SIDE}" height="${SIDE}" fill="${PAPER}"/>${this.#grounds.join('')}${paths}</svg>`
    )
  }

  #drawGround({ ground, leading, indent = 0 }: PageLine, y: number): void {
    const width = SIDE - MARGIN.left - MARGIN.right
    if (ground === 'code') this.#grounds.push(rect(MARGIN.left, y - 1, width, leading + 1, SHADE))
    if (ground === 'quote') this.#grounds.push(rect(MARGIN.left + indent - 22 * this.#scale, y, 4, leading, RULE))
    if (ground === 'head') this.#grounds.push(rect(MARGIN.left, y + leading - 2, width, 1.5, RULE))
  }

  /** Numbers of code lines end at the gutter, everything else begins where the indent does. */
  #drawMarker(line: PageLine, marker: string, face: Face, left: number, baseline: number): void {
    const width = [...marker].reduce((sum, letter) => sum + advanceOf(face, letter.codePointAt(0) ?? 0, line.size), 0)
    const gap = (line.face === 'mono' ? 18 : 9) * this.#scale
    this.#path('soft', false, setText(face, marker, left - width - gap, baseline, line.size).data)
  }

  #drawRuns(line: PageLine, runs: readonly Run[], face: Face, left: number, baseline: number): void {
    let x = left
    for (const { text, tone } of runs) {
      const set = setText(face, text, x, baseline, line.size)
      this.#path(tone, line.bold === true, set.data)
      this.#path('missing', false, set.bars)
      x += set.width
    }
  }

  #path(tone: keyof typeof TONES, bold: boolean, data: string): void {
    if (data === '') return
    // The files of the typeface are variable fonts whose other weights can't be taken out; an outline makes letters bold.
    const style = bold ? `fill="${TONES[tone]}" stroke="${TONES[tone]}" stroke-width="0.9"` : `fill="${TONES[tone]}"`
    const paths = this.#paths.get(style) ?? []
    paths.push(data)
    this.#paths.set(style, paths)
  }
}

function rect(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`
}

function scaled(line: PageLine, scale: number): PageLine {
  if (scale === 1) return line
  const { size, leading, indent = 0, above = 0 } = line
  return { ...line, size: size * scale, leading: leading * scale, indent: indent * scale, above: above * scale }
}

/** Breaks a line into lines that fit, after spaces where there are some; cuts off what may not be wrapped. */
function wrapped(line: PageLine, face: Face, room: number): { lines: Run[][]; cut: boolean } {
  const lines: Run[][] = [[]]
  let width = 0
  let count = 0
  for (const { text, tone } of line.runs) {
    for (const word of wordsOf(text, (part) => widthOf(face, part, line.size) > room)) {
      count += word.length
      if (count > LINE_LIMIT) return { lines, cut: true }
      const wordWidth = widthOf(face, word.trimEnd(), line.size)
      if (width + wordWidth > room) {
        if (!line.wrap) return { lines: cutOff(lines, face, word, tone, room - width, line.size), cut: true }
        if (width > 0) {
          lines.push([])
          width = 0
        }
      }
      lines.at(-1)?.push({ text: word, tone })
      width += widthOf(face, word, line.size)
    }
  }
  return { lines, cut: false }
}

/** Where a line may break: after spaces, after each letter of scripts without them, and anywhere in what is too wide. */
function* wordsOf(text: string, tooWide: (word: string) => boolean): Generator<string> {
  const pieces = text.replaceAll('\t', '    ').slice(0, LINE_LIMIT).toWellFormed()
  for (const [word] of pieces.matchAll(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]{1,40}\s*|\s+/gu)) {
    if (tooWide(word.trimEnd())) yield* word
    else yield word
  }
}

function cutOff(lines: Run[][], face: Face, word: string, tone: Tone, room: number, size: number): Run[][] {
  let text = ''
  let width = 0
  for (const letter of word) {
    width += advanceOf(face, letter.codePointAt(0) ?? 0, size)
    if (width > room) break
    text += letter
  }
  if (text !== '') lines.at(-1)?.push({ text, tone })
  return lines
}

function widthOf(face: Face, text: string, size: number): number {
  let width = 0
  for (const letter of text) width += advanceOf(face, letter.codePointAt(0) ?? 0, size)
  return width
}
