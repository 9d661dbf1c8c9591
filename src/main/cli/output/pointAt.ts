import { textWidth } from './text.ts'

/** Columns before and after the place that are shown of a long text. */
const AROUND = 60

/** A text on one line and carets below the place; offsets are UTF-16. */
export function pointAt(text: string, { from, to }: { readonly from: number; readonly to: number }): readonly string[] {
  const start = Math.max(0, from - AROUND)
  const shown = (a: number, b: number): string => text.slice(a, b).replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
  const columns = (a: number, b: number): number => textWidth(shown(a, b))
  const end = Math.min(text.length, Math.max(to, from + 1) + AROUND)
  const carets = '^'.repeat(Math.max(1, Math.min(columns(from, Math.min(to, end)), AROUND)))
  return [`  ${shown(start, end)}`, `  ${' '.repeat(columns(start, from))}${carets}`]
}
