import { type KindFacts, type MediaSource, noFacts } from '../../kindReader.ts'
import { boundedText, present } from '../boundedText.ts'
import { withoutPreview } from '../documentFacts.ts'
import { readSlice } from '../readSlice.ts'
import { codeLines } from './codeLines.ts'
import { decodeText } from './decodeText.ts'
import { drawPage } from './drawPage.ts'
import { markdownLines, markdownTitle } from './markdownLines.ts'
import { type PageLine, plainLine } from './pageLine.ts'
import { plainFromRtf } from './plainFromRtf.ts'
import { tableLines } from './tableLines.ts'

/** What is read of a text, bytes. */
const READ = 256 * 1024
/** Lines that are laid out, and characters of each; a page has far fewer. */
const LINES = 120
const LINE_LIMIT = 4000

type Form = 'plain' | 'markdown' | 'code' | 'table' | 'rtf'

/** Types that are set in another way than plain text. */
const FORMS: Readonly<Record<string, Form>> = {
  'text/markdown': 'markdown',
  'text/csv': 'table',
  'text/tab-separated-values': 'table',
  'application/rtf': 'rtf',
  'text/plain': 'plain',
  'application/x-subrip': 'plain',
  'text/vtt': 'plain',
}

/**
 * Reads a text: its first lines as a page, and what can be counted in its first 256 KB. A page of text has no size in
 * pixels; its colours say nothing about the file.
 */
export async function readText(source: MediaSource): Promise<KindFacts> {
  const bytes = await readSlice(source.path, 0, READ)
  const decoded = decodeText(bytes)
  const form = FORMS[source.mimeType] ?? 'code'
  const text = withoutControls(form === 'rtf' ? plainFromRtf(decoded.text) : decoded.text)
  const lines = text.split(/\r\n|\r|\n/)
  const partial = source.size > bytes.length
  const metadata = {
    format: formatOf(source.mimeType),
    encoding: decoded.encoding,
    ...present<string | number | true>({
      title: titleOf(lines, form),
      // Of the part that was read.
      lines: lines.length - (lines.at(-1) === '' ? 1 : 0),
      words: text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0,
      partial: partial || null,
    }),
  }
  if (text.trim() === '') return withoutPreview(metadata, 'There is no text in this file.')
  if (source.side === 0) return { ...noFacts, metadata, symbolic: true }
  const page = drawPage(pageOf(form, text, lines, source.mimeType))
  return { ...noFacts, metadata, picture: { kind: 'encoded', input: page, vector: true }, symbolic: true }
}

function pageOf(form: Form, text: string, allLines: readonly string[], mimeType: string): PageLine[] {
  const lines = (allLines.at(-1) === '' ? allLines.slice(0, -1) : allLines)
    .slice(0, LINES)
    .map((line) => line.slice(0, LINE_LIMIT).toWellFormed())
  switch (form) {
    case 'markdown':
      return markdownLines(lines)
    case 'code':
      return codeLines(lines)
    case 'table':
      return tableLines(text, mimeType === 'text/tab-separated-values' ? '\t' : null)
    case 'plain':
    case 'rtf':
      return lines.map((line) => plainLine(line))
  }
}

function titleOf(lines: readonly string[], form: Form): string | null {
  if (form === 'markdown') return boundedText(markdownTitle(lines) ?? firstWords(lines), 120)
  return form === 'plain' || form === 'rtf' ? boundedText(firstWords(lines), 120) : null
}

function firstWords(lines: readonly string[]): string {
  return lines.find((line) => /[\p{L}\p{N}]/u.test(line)) ?? ''
}

function withoutControls(text: string): string {
  return text.replaceAll(/[^\P{C}\t\r\n]/gu, '').toWellFormed()
}

function formatOf(mimeType: string): string {
  return (mimeType.split('/')[1] ?? mimeType).replace(/^x-/, '')
}
