import { z } from 'zod'

/** What a picture can be made into. */
export const renderFormatSchema = z.enum(['jpeg', 'png', 'webp', 'avif'])
export type RenderFormat = z.infer<typeof renderFormatSchema>

/** Endings of file names. */
export const renderExtensions: Readonly<Record<RenderFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
}

/** Widths that pages are made for, pixels: what the sizes of a responsive picture usually are. */
export const RESPONSIVE_WIDTHS: readonly number[] = [480, 768, 1024, 1920]

const pixels = z.number().int().min(1).max(65_535)

/** How many pixels: those of the file, as many as fit into a square, or one file for each width. */
const exportSizeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('original') }),
  z.object({ kind: z.literal('longest'), pixels }),
  z.object({ kind: z.literal('widths'), widths: z.array(pixels).min(1).max(10) }),
])

/** How files are made of assets. `original` copies their bytes as they are. */
export const fileExportSchema = z.discriminatedUnion('format', [
  z.object({ format: z.literal('original'), names: z.string().min(1).max(200) }),
  z.object({
    format: renderFormatSchema,
    /** 1 to 100; PNG ignores it. */
    quality: z.number().int().min(1).max(100),
    size: exportSizeSchema,
    /** False leaves everything out that a file says of itself: place, camera, names, prompts. */
    keepMetadata: z.boolean(),
    /** Pattern of names, without the ending. */
    names: z.string().min(1).max(200),
  }),
])
export type FileExport = z.infer<typeof fileExportSchema>

/** A way to export that a person has given a name. */
export const savedExportSchema = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1).max(60),
  export: fileExportSchema,
})
export type SavedExport = z.infer<typeof savedExportSchema>

/** As many as a person can find their way among. */
export const MOST_SAVED_EXPORTS = 100

export type RenderedExport = Extract<FileExport, { format: RenderFormat }>
