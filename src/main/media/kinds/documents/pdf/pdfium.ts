import { PDFiumLibrary } from '@hyzyla/pdfium'

/**
 * The functions of PDFium's C interface that are used here, as Emscripten exports them; pointers are numbers.
 * Source: PDFium's `public/fpdfview.h`, `fpdf_doc.h` and `fpdf_text.h`.
 */
export interface Pdfium {
  readonly HEAPU8: Uint8Array
  readonly wasmExports: { malloc(size: number): number; free(pointer: number): void }
  _FPDF_LoadMemDocument(data: number, size: number, password: number): number
  _FPDF_CloseDocument(document: number): void
  _FPDF_GetLastError(): number
  _FPDF_GetPageCount(document: number): number
  _FPDF_GetFileVersion(document: number, version: number): number
  _FPDF_GetMetaText(document: number, tag: number, buffer: number, length: number): number
  _FPDF_LoadPage(document: number, index: number): number
  _FPDF_ClosePage(page: number): void
  _FPDF_GetPageWidth(page: number): number
  _FPDF_GetPageHeight(page: number): number
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: number, stride: number): number
  _FPDFBitmap_FillRect(bitmap: number, x: number, y: number, width: number, height: number, color: number): void
  _FPDFBitmap_Destroy(bitmap: number): void
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void
  _FPDFText_LoadPage(page: number): number
  _FPDFText_ClosePage(text: number): void
  _FPDFText_CountChars(text: number): number
  _FPDFText_GetText(text: number, start: number, count: number, buffer: number): number
}

/** WebAssembly memory only grows: an instance that one document has blown up is not kept for the next (bytes). */
const HEAP_KEPT = 256 * 1024 ** 2

/** The instance of this process; a trap leaves it in an unknown state, so it is forgotten then. */
let instance: Promise<Pdfium> | null = null

/**
 * Runs `use` with PDFium. Null if PDFium trapped or aborted on what it was given; the next file gets a fresh instance.
 * Errors of other kinds are thrown on.
 */
export async function withPdfium<T>(use: (pdfium: Pdfium) => T): Promise<T | null> {
  instance ??= start()
  const pdfium = await instance
  try {
    const result = use(pdfium)
    if (pdfium.HEAPU8.length > HEAP_KEPT) instance = null
    return result
  } catch (error) {
    instance = null
    // Out of memory, out of bounds, stack overflow or Emscripten's abort(): all of them are traps of the sandbox.
    if (error instanceof Error && (error.name === 'RuntimeError' || error instanceof RangeError)) return null
    throw error
  }
}

async function start(): Promise<Pdfium> {
  const library = await PDFiumLibrary.init()
  // The package's own classes copy the file twice and have no metadata; what they wrap is the C interface.
  return (library as unknown as { readonly module: Pdfium }).module
}

/** Allocates memory of PDFium for the time of one call. */
export function withMemory<T>(pdfium: Pdfium, bytes: number, use: (pointer: number) => T): T {
  const pointer = pdfium.wasmExports.malloc(bytes)
  if (pointer === 0) throw new RangeError(`PDFium has no ${bytes} bytes`)
  try {
    return use(pointer)
  } finally {
    pdfium.wasmExports.free(pointer)
  }
}
