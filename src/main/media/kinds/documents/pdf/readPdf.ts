import { closeSync, openSync, readSync } from 'node:fs'
import { type KindFacts, type MediaSource, noFacts } from '../../kindReader.ts'
import { boundedText, present } from '../boundedText.ts'
import { damaged, tooLarge } from '../documentFacts.ts'
import { type Pdfium, withMemory, withPdfium } from './pdfium.ts'
import { type PageSize, renderPage } from './renderPage.ts'

/** PDFium wants the whole file in its memory, which is at most 2 GB. */
const FILE_LIMIT = 512 * 1024 ** 2
/** `FPDF_ERR_PASSWORD` and `FPDF_ERR_SECURITY` of `fpdfview.h`. */
const ERROR_PASSWORD = 4
const ERROR_SECURITY = 5
/** No page is larger; PDF's own limit is 14,400 units, and a damaged box can say anything. */
const SIDE_LIMIT = 1_000_000
/** Longest text of the document's information that is copied, bytes of UTF-16. */
const INFORMATION_LIMIT = 4096
/** Characters of a page that are looked at. */
const TEXT_LIMIT = 500
/** Keys of the document information dictionary (ISO 32000-2, 14.3.3), and what they are called here. */
const INFORMATION = {
  Title: 'title',
  Author: 'author',
  Subject: 'subject',
  Keywords: 'keywords',
  Creator: 'creator',
  Producer: 'producer',
} as const

/**
 * Reads a PDF by PDFium: its first page (or the page wanted) drawn on white, upright, at the side wanted. Width and height
 * are those of that page in pixels at 72 dpi, that is, points rounded to whole ones; the exact points are in `metadata.page`.
 */
export function readPdf(source: MediaSource): Promise<KindFacts> {
  return readPdfAs(source, 'pdf')
}

/**
 * As `readPdf`, for a file that is PDF inside and called something else.
 * @param placeholder matches the text of a first page that only says that the document is elsewhere in the file; such a
 * page is not drawn
 */
export async function readPdfAs(
  source: MediaSource,
  format: string,
  placeholder: RegExp | null = null,
): Promise<KindFacts> {
  if (source.size > FILE_LIMIT) {
    return tooLarge({ format }, 'This PDF is too large for Vitrine to draw a preview.')
  }
  const facts = await withPdfium((pdfium) => readDocument(pdfium, source, format, placeholder))
  return facts ?? damaged({ format }, 'This PDF is damaged, and drawing it failed. The original is kept as it is.')
}

function readDocument(pdfium: Pdfium, source: MediaSource, format: string, placeholder: RegExp | null): KindFacts {
  return withMemory(pdfium, Math.max(1, source.size), (data) => {
    const size = readInto(pdfium, data, source)
    const document = pdfium._FPDF_LoadMemDocument(data, size, 0)
    if (document === 0) return unopened(pdfium._FPDF_GetLastError(), format)
    try {
      return describe(pdfium, document, source, format, placeholder)
    } finally {
      pdfium._FPDF_CloseDocument(document)
    }
  })
}

function readInto(pdfium: Pdfium, pointer: number, source: MediaSource): number {
  const file = openSync(source.path, 'r')
  try {
    let filled = 0
    while (filled < source.size) {
      const read = readSync(file, pdfium.HEAPU8, pointer + filled, source.size - filled, filled)
      if (read === 0) break
      filled += read
    }
    return filled
  } finally {
    closeSync(file)
  }
}

function unopened(error: number, format: string): KindFacts {
  if (error === ERROR_PASSWORD) {
    return {
      ...noFacts,
      metadata: { format, encrypted: true },
      problem: { code: 'unsupported_type', message: 'This PDF needs a password to be opened, so it has no preview.' },
    }
  }
  if (error === ERROR_SECURITY) {
    return {
      ...noFacts,
      metadata: { format, encrypted: true },
      problem: {
        code: 'unsupported_type',
        message: 'This PDF is encrypted in a way that Vitrine can’t open, so it has no preview.',
      },
    }
  }
  return damaged({ format }, 'This PDF is damaged or incomplete and can’t be drawn. The original is kept as it is.')
}

function describe(
  pdfium: Pdfium,
  document: number,
  source: MediaSource,
  format: string,
  placeholder: RegExp | null,
): KindFacts {
  const pages = pdfium._FPDF_GetPageCount(document)
  const metadata = {
    format,
    pages,
    ...present({ version: versionOf(pdfium, document) }),
    ...informationOf(pdfium, document),
  }
  if (pages < 1) return damaged(metadata, 'This PDF has no pages, so there is nothing to draw.')
  const index = source.page ?? 0
  if (index >= pages) return damaged(metadata, `This PDF has no page ${index + 1}.`)
  // Only one page is ever loaded, however many there are.
  const page = pdfium._FPDF_LoadPage(document, index)
  if (page === 0) return damaged(metadata, `Page ${index + 1} of this PDF is damaged and can’t be drawn.`)
  try {
    const size = sizeOf(pdfium, page)
    if (size === null) return damaged(metadata, `Page ${index + 1} of this PDF has no size, so it can’t be drawn.`)
    const empty = placeholder?.test(textOf(pdfium, page)) === true
    const picture = source.side > 0 && !empty ? renderPage(pdfium, page, size, source.side) : null
    return {
      ...noFacts,
      width: Math.max(1, Math.round(size.width)),
      height: Math.max(1, Math.round(size.height)),
      metadata: { ...metadata, page: { width: round(size.width), height: round(size.height), unit: 'pt' } },
      picture,
      problem: empty
        ? { code: 'unsupported_type', message: 'This file was saved without a page that other programs can draw.' }
        : null,
    }
  } finally {
    pdfium._FPDF_ClosePage(page)
  }
}

function sizeOf(pdfium: Pdfium, page: number): PageSize | null {
  const width = pdfium._FPDF_GetPageWidth(page)
  const height = pdfium._FPDF_GetPageHeight(page)
  if (!(width > 0 && height > 0)) return null
  return { width: Math.min(width, SIDE_LIMIT), height: Math.min(height, SIDE_LIMIT) }
}

/** The start of a page's text. */
function textOf(pdfium: Pdfium, page: number): string {
  const text = pdfium._FPDFText_LoadPage(page)
  if (text === 0) return ''
  try {
    const count = Math.min(TEXT_LIMIT, pdfium._FPDFText_CountChars(text))
    if (count <= 0) return ''
    // UTF-16LE; the count that is given back includes the final NUL.
    return withMemory(pdfium, (count + 1) * 2, (buffer) => {
      const written = pdfium._FPDFText_GetText(text, 0, count, buffer)
      return Buffer.from(pdfium.HEAPU8.subarray(buffer, buffer + Math.max(0, written - 1) * 2)).toString('utf16le')
    })
  } finally {
    pdfium._FPDFText_ClosePage(text)
  }
}

function round(points: number): number {
  return Math.round(points * 100) / 100
}

function versionOf(pdfium: Pdfium, document: number): string | null {
  return withMemory(pdfium, 4, (pointer) => {
    if (pdfium._FPDF_GetFileVersion(document, pointer) === 0) return null
    const number = new DataView(pdfium.HEAPU8.buffer).getInt32(pointer, true)
    return number > 0 && number < 1000 ? `${Math.floor(number / 10)}.${number % 10}` : null
  })
}

function informationOf(pdfium: Pdfium, document: number): Record<string, string> {
  return withMemory(pdfium, INFORMATION_LIMIT + 16, (buffer) => {
    const entries = Object.entries(INFORMATION).map(([tag, name]) => {
      const text = buffer + INFORMATION_LIMIT
      pdfium.HEAPU8.set(Buffer.from(`${tag}\0`, 'latin1'), text)
      // UTF-16LE with a final NUL; its length in bytes, of which nothing is written if the buffer is too small for it.
      const length = pdfium._FPDF_GetMetaText(document, text, buffer, INFORMATION_LIMIT)
      if (length <= 2 || length > INFORMATION_LIMIT) return [name, null] as const
      return [
        name,
        boundedText(Buffer.from(pdfium.HEAPU8.subarray(buffer, buffer + length - 2)).toString('utf16le')),
      ] as const
    })
    return present(Object.fromEntries(entries))
  })
}
