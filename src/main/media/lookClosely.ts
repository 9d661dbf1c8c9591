import { statSync } from 'node:fs'
import type { MediaOutcomeMessage, MediaTaskMessage } from '../../shared/contract/mediaWire.ts'
import { encodePicture } from './draw/encodePicture.ts'
import { writePicture } from './draw/writeThumbnails.ts'
import { readableText } from './kinds/documents/text/readableText.ts'
import { PixelLimitError } from './kinds/kindReader.ts'
import type { MediaLimits } from './limits.ts'
import { noFacts, readFailure, readKind, readMedia, tooManyPixels, UNDRAWABLE, writeFailure } from './readMedia.ts'

type Wanted = NonNullable<MediaTaskMessage['wanted']>

/** Does what somebody who looks at one file needs: a page of it drawn large, or its text. Reads and writes nothing else. */
export async function lookClosely(task: MediaTaskMessage, limits: MediaLimits): Promise<MediaOutcomeMessage> {
  const { wanted } = task
  if (wanted === undefined) return readMedia(task, limits)
  try {
    return wanted.kind === 'text' ? await readText(task) : await draw(task, wanted, limits)
  } catch (error) {
    if (error instanceof PixelLimitError) return tooManyPixels(error, limits, noFacts)
    return readFailure(error, noFacts)
  }
}

async function readText({ path, mimeType }: MediaTaskMessage): Promise<MediaOutcomeMessage> {
  const { size } = statSync(path)
  const { text, bytes } = await readableText(path, mimeType)
  return { ok: true, facts: { ...noFacts, metadata: { text, truncated: bytes < size } } }
}

async function draw(
  task: MediaTaskMessage,
  { page, format }: Extract<Wanted, { kind: 'drawing' }>,
  limits: MediaLimits,
): Promise<MediaOutcomeMessage> {
  const { path, mimeType, poster, sha256, thumbnailFolder } = task
  const side = Math.max(1, ...task.sizes)
  const { picture, problem } = await readKind({ path, mimeType, size: statSync(path).size, side, limits, poster, page })
  const bytes = picture === null ? null : await encodePicture(picture, side, format, limits.pixels)
  if (bytes === null) {
    return { ok: false, code: 'decode_failed', message: problem?.message ?? UNDRAWABLE, facts: null }
  }
  try {
    writePicture(thumbnailFolder, `${sha256}-${side}.${format}`, bytes)
  } catch (error) {
    return writeFailure(error, noFacts)
  }
  return { ok: true, facts: { ...noFacts, thumbnails: [side] } }
}
