import { closeSync, fstatSync, openSync } from 'node:fs'
import sharp from 'sharp'
import { type ByteSource, fileSource } from './byteSource.ts'
import type { CarrierText } from './carriers.ts'
import { type LeftEdge, STEALTH_HEAD_BITS, stealthColumns, stealthHead, stealthText } from './stealth.ts'
import { mayHideText } from './stealthProbe.ts'

/**
 * The text hidden in the pixels of a PNG or a lossless WebP, null if there is none. A PNG without one costs the
 * unpacking of its first row, a WebP a whole decoding: to be asked only where nothing else says how a picture was made.
 * Throws the file system's `ErrnoException`.
 * @param pixelLimit width × height that may be decoded
 */
export async function readStealth(path: string, mimeType: string, pixelLimit: number): Promise<CarrierText | null> {
  if (!mayBeHiding(path, mimeType)) return null
  const { width = 0, height = 0 } = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => ({}) as { width?: number; height?: number })
  if (width === 0 || height === 0 || width * height > pixelLimit) return null
  const edge = await leftEdge(path, Math.min(width, stealthColumns(STEALTH_HEAD_BITS, 'alpha', height)), height)
  const head = edge === null ? null : stealthHead(edge)
  if (head === null) return null
  const columns = stealthColumns(STEALTH_HEAD_BITS + head.bits, head.plane, height)
  const whole = columns > width ? null : await leftEdge(path, columns, height)
  return whole === null ? null : stealthText(whole, head)
}

/** Pixels exactly as they are stored: no colour management, no turning. */
async function leftEdge(path: string, width: number, height: number): Promise<LeftEdge | null> {
  const options = { limitInputPixels: false, ignoreIcc: true, sequentialRead: true } as const
  try {
    const rgba = await sharp(path, options).extract({ left: 0, top: 0, width, height }).ensureAlpha().raw().toBuffer()
    return rgba.length === width * height * 4 ? { rgba, width, height } : null
  } catch {
    // What can't be decoded hides nothing; why it can't is told by the reader of pictures.
    return null
  }
}

function mayBeHiding(path: string, mimeType: string): boolean {
  if (mimeType !== 'image/png' && mimeType !== 'image/webp') return false
  const descriptor = openSync(path, 'r')
  try {
    const source = fileSource(descriptor, fstatSync(descriptor).size)
    return mimeType === 'image/png' ? mayHideText(source) : isLosslessWebp(source)
  } finally {
    closeSync(descriptor)
  }
}

/** `VP8L` stands first, or behind the extended header and a colour profile. Source: WebP container specification. */
function isLosslessWebp(source: ByteSource): boolean {
  let at = 12
  for (let chunks = 0; chunks < 4; chunks += 1) {
    const head = source.read(at, 8)
    const type = head?.toString('latin1', 0, 4)
    if (head === null || type === 'VP8L') return head !== null
    if (type !== 'VP8X' && type !== 'ICCP') return false
    const length = head.readUInt32LE(4)
    at += 8 + length + (length % 2)
  }
  return false
}
