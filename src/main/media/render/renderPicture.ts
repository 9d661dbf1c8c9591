import { renameSync, rmSync, statSync } from 'node:fs'
import sharp, { type Sharp } from 'sharp'
import type { RenderOutcomeMessage, RenderTaskMessage } from '../../../shared/contract/mediaWire.ts'
import type { RenderFormat } from '../../../shared/domain/fileExport.ts'
import { type KindFacts, type Picture, PixelLimitError } from '../kinds/kindReader.ts'
import { readerFor } from '../kinds/readerFor.ts'
import type { MediaLimits } from '../limits.ts'

/**
 * Makes files of a picture: upright, in sRGB, each fitted into its box. A damaged picture is refused, because nobody looks at
 * what was made of it before it is sent away. Every output is whole or not there.
 */
export async function renderPicture(task: RenderTaskMessage, limits: MediaLimits): Promise<RenderOutcomeMessage> {
  try {
    const kind = await readPicture(task, limits)
    if (kind.picture === null) return notDrawable(kind.problem)
    return { ok: true, rendered: await renderAll(task, kind.picture, limits) }
  } catch (error) {
    return failure(error)
  }
}

async function readPicture({ path, mimeType, side }: RenderTaskMessage, limits: MediaLimits): Promise<KindFacts> {
  const { size } = statSync(path)
  const load = readerFor(mimeType)
  if (load === undefined) throw new Undrawable('Vitrine can’t draw files of this kind.')
  const read = await load()
  return read({ path, mimeType, size, side, limits })
}

async function renderAll(
  task: RenderTaskMessage,
  picture: Picture,
  limits: MediaLimits,
): Promise<Extract<RenderOutcomeMessage, { ok: true }>['rendered']> {
  const rendered: { width: number; height: number; bytes: number }[] = []
  for (const { path, width, height } of task.outputs) {
    const image = open(picture, limits)
    const vector = picture.kind === 'encoded' && picture.vector
    const box = { width: width ?? undefined, height: height ?? undefined }
    // A drawing without a size asked for is drawn as large as the longest side says.
    const asked = vector && width === null && height === null ? { width: task.side, height: task.side } : box
    if (asked.width !== undefined || asked.height !== undefined)
      image.resize({ ...asked, fit: 'inside', withoutEnlargement: !vector })
    image.toColourspace('srgb')
    // Only a file has something to say of itself; pixels that another decoder gave have not.
    if (task.keepMetadata && picture.kind === 'encoded') image.keepExif().keepXmp()
    const written = await writeWhole(path, encode(image, task.format, task.quality))
    rendered.push(written)
  }
  return rendered
}

function open(picture: Picture, limits: MediaLimits): Sharp {
  if (picture.kind === 'encoded')
    return sharp(picture.input, { failOn: 'error', limitInputPixels: limits.pixels, autoOrient: true })
  const { data, width, height, channels } = picture
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: limits.pixels })
}

function encode(image: Sharp, format: RenderFormat, quality: number): Sharp {
  switch (format) {
    case 'jpeg':
      // It knows no transparency; paper is white.
      return image.flatten({ background: '#ffffff' }).jpeg({ quality, mozjpeg: true })
    case 'png':
      return image.png({ compressionLevel: 9 })
    case 'webp':
      return image.webp({ quality, effort: 4 })
    case 'avif':
      return image.avif({ quality, effort: 4 })
  }
}

async function writeWhole(path: string, image: Sharp): Promise<{ width: number; height: number; bytes: number }> {
  const temporary = `${path}.part`
  try {
    const { width, height, size } = await image.toFile(temporary)
    renameSync(temporary, path)
    return { width, height, bytes: size }
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Nothing can be drawn of the file; the message is for a person. */
class Undrawable extends Error {}

function notDrawable(problem: KindFacts['problem']): RenderOutcomeMessage {
  const message = problem?.message ?? 'There is no picture in this file.'
  return { ok: false, code: problem?.code === 'decode_failed' ? 'decode_failed' : 'unsupported_type', message }
}

function failure(error: unknown): RenderOutcomeMessage {
  if (error instanceof Undrawable) return { ok: false, code: 'unsupported_type', message: error.message }
  if (error instanceof PixelLimitError)
    return { ok: false, code: 'pixel_limit', message: `The picture has ${error.message}, more than the limit.` }
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' && syscall !== undefined)
    return { ok: false, code: 'file_vanished', message: 'The original is not in its place.' }
  if (code !== undefined && syscall !== undefined)
    return code === 'ENOSPC' || code === 'EDQUOT'
      ? full
      : { ok: false, code: 'io_error', message: `The file can’t be read or written (${code}).` }
  // libvips has only prose for errors. A disk without room is told by the file system's own words.
  if (/no space left|disk quota/i.test(String(error))) return full
  if (/unable to open for write|write error|vips__file_open_write|permission denied|read-only/i.test(String(error)))
    return { ok: false, code: 'io_error', message: 'The folder can’t be written to.' }
  return { ok: false, code: 'decode_failed', message: 'The picture is damaged or incomplete and can’t be drawn.' }
}

const full = { ok: false, code: 'disk_full', message: 'The disk is full.' } as const
