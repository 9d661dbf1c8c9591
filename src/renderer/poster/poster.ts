import { isBlank, posterMoments } from '../../shared/domain/poster.ts'
import type { PosterFrame } from '../../shared/domain/posterFrame.ts'

declare global {
  interface Window {
    /** Called by the shell; nobody else has this page. */
    captureFrame: typeof captureFrame
  }
}

/** Side of the pictures that brightness is judged by, pixels. */
const JUDGED = 64
const QUALITY = 0.92
/** How long one step may take, ms. The shell has a limit for everything. */
const PATIENCE_MS = 8_000

window.captureFrame = captureFrame

/**
 * A frame of a film, upright, in which there is something to be seen.
 * @param side longest side of the picture, pixels
 */
async function captureFrame(url: string, side: number): Promise<PosterFrame> {
  const video = document.createElement('video')
  video.muted = true
  video.preload = 'auto'
  try {
    const loaded = eventOf(video, 'loadeddata')
    video.src = url
    await loaded
    if (video.videoWidth === 0) return unplayable('There are no pictures in it.')
    const moments = posterMoments(Number.isFinite(video.duration) ? video.duration : null)
    let first: HTMLCanvasElement | null = null
    for (const moment of moments) {
      await seek(video, moment)
      const frame = draw(video, side)
      if (!isBlank(brightnessOf(frame))) return await encode(frame)
      first ??= frame
    }
    return first === null ? unplayable('It has no frame.') : await encode(first)
  } catch (error) {
    return failure(error)
  } finally {
    // Lets go of the decoder and of the file.
    video.removeAttribute('src')
    video.load()
  }
}

async function seek(video: HTMLVideoElement, moment: number): Promise<void> {
  const sought = eventOf(video, 'seeked')
  video.currentTime = moment
  await sought
}

class TooSlowError extends Error {}

function eventOf(video: HTMLVideoElement, name: 'loadeddata' | 'seeked'): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooSlowError(`No ${name} in time.`)), PATIENCE_MS)
    video.addEventListener(name, () => resolve(), { once: true })
    video.addEventListener('error', () => reject(video.error ?? new Error('It can’t be played.')), { once: true })
    video.addEventListener(name, () => clearTimeout(timer), { once: true })
  })
}

function draw(video: HTMLVideoElement, side: number): HTMLCanvasElement {
  const { videoWidth, videoHeight } = video
  const shrink = Math.min(1, side / Math.max(videoWidth, videoHeight))
  return drawn(video, Math.max(1, Math.round(videoWidth * shrink)), Math.max(1, Math.round(videoHeight * shrink)))
}

function drawn(picture: CanvasImageSource, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  context(canvas).drawImage(picture, 0, 0, width, height)
  return canvas
}

function context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const found = canvas.getContext('2d', { willReadFrequently: true })
  if (found === null) throw new Error('There is nothing to draw on.')
  return found
}

function brightnessOf(canvas: HTMLCanvasElement): Uint8ClampedArray {
  const { data } = context(drawn(canvas, JUDGED, JUDGED)).getImageData(0, 0, JUDGED, JUDGED)
  const brightness = new Uint8ClampedArray(JUDGED * JUDGED)
  for (let pixel = 0; pixel < brightness.length; pixel++) {
    const [red = 0, green = 0, blue = 0] = data.subarray(pixel * 4, pixel * 4 + 3)
    brightness[pixel] = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  return brightness
}

async function encode(canvas: HTMLCanvasElement): Promise<PosterFrame> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', QUALITY))
  if (blob === null) return { ok: false, reason: 'unavailable', message: 'The frame can’t be encoded.' }
  return { ok: true, picture: new Uint8Array(await blob.arrayBuffer()) }
}

function failure(error: unknown): PosterFrame {
  const message = error instanceof Error || error instanceof MediaError ? error.message : String(error)
  // Both say that the bytes came and can't be made pictures of.
  const undecodable =
    error instanceof MediaError &&
    (error.code === MediaError.MEDIA_ERR_DECODE || error.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED)
  return undecodable ? unplayable(message) : { ok: false, reason: 'unavailable', message }
}

function unplayable(message: string): PosterFrame {
  return { ok: false, reason: 'unplayable', message }
}
