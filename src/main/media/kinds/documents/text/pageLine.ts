/** What a part of a line is, and so its colour. */
export type Tone = 'ink' | 'soft' | 'accent' | 'string' | 'number' | 'comment'

export interface Run {
  readonly text: string
  readonly tone: Tone
}

/** One line of a document before it is wrapped to the page. */
export interface PageLine {
  readonly runs: readonly Run[]
  readonly face: 'text' | 'mono'
  /** Of the type, pixels on a page of 600. */
  readonly size: number
  /** Distance of baselines, pixels. */
  readonly leading: number
  readonly bold?: boolean
  /** Pixels, after the first line's marker too. */
  readonly indent?: number
  /** Stands in the indent of the first line: a bullet, a number, the number of a line of code. */
  readonly marker?: string
  /** Room above, pixels. */
  readonly above?: number
  /** A shaded band behind the line (code), a bar beside it (quotation), or a rule instead of it. */
  readonly ground?: 'code' | 'quote' | 'rule' | 'head'
  /** False if what is too long is cut off at the margin. */
  readonly wrap: boolean
}

/** A line of plain text. */
export function plainLine(text: string, above = 0): PageLine {
  return { runs: [{ text, tone: 'ink' }], face: 'text', size: 19, leading: 28, wrap: true, above }
}
