import type { Picture } from '../../kindReader.ts'
import { type Pdfium, withMemory } from './pdfium.ts'

/** `FPDFBitmap_BGRx`: four bytes a pixel, the last one unused. */
const FORMAT_BGRX = 3
/** `FPDF_ANNOT` draws annotations, `FPDF_REVERSE_BYTE_ORDER` gives RGB instead of BGR. */
const FLAGS = 0x01 | 0x10
const WHITE = 0xffffffff

/** Points, after the page's own rotation. */
export interface PageSize {
  readonly width: number
  readonly height: number
}

/**
 * The pixels a page is drawn with: the longer side is `side`, the shorter at least one pixel, however odd the page.
 */
export function pixelsOfPage(size: PageSize, side: number): PageSize {
  const scale = side / Math.max(size.width, size.height)
  return {
    width: Math.min(side, Math.max(1, Math.round(size.width * scale))),
    height: Math.min(side, Math.max(1, Math.round(size.height * scale))),
  }
}

/** Draws a loaded page on white paper. */
export function renderPage(pdfium: Pdfium, page: number, size: PageSize, side: number): Picture | null {
  const { width, height } = pixelsOfPage(size, side)
  return withMemory(pdfium, width * height * 4, (pixels) => {
    const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, FORMAT_BGRX, pixels, width * 4)
    if (bitmap === 0) return null
    try {
      pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
      pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, FLAGS)
      return {
        kind: 'pixels',
        data: withoutFourthByte(pdfium.HEAPU8.subarray(pixels, pixels + width * height * 4)),
        width,
        height,
        channels: 3,
      }
    } finally {
      pdfium._FPDFBitmap_Destroy(bitmap)
    }
  })
}

function withoutFourthByte(rgbx: Uint8Array): Buffer {
  const rgb = Buffer.alloc((rgbx.length / 4) * 3)
  for (let from = 0, to = 0; from < rgbx.length; from += 4) {
    rgb[to++] = rgbx[from] ?? 0
    rgb[to++] = rgbx[from + 1] ?? 0
    rgb[to++] = rgbx[from + 2] ?? 0
  }
  return rgb
}
