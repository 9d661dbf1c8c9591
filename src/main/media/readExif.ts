import { open } from 'node:fs/promises'
import exifr from 'exifr'
import { z } from 'zod'

type Json = z.infer<ReturnType<typeof z.json>>

export interface ExifFacts {
  /** Milliseconds since the epoch. */
  readonly capturedAt: number | null
  readonly gps: { readonly latitude: number; readonly longitude: number } | null
  /** `exif`, and `captured_at_zone`: `offset` if the file names its zone, `assumed-utc` if it does not. */
  readonly metadata: Readonly<Record<string, Json>>
}

/** A text longer than this is no fact about a picture; whole workflows are read by other means. */
const MAX_TEXT = 4096
/** Containers whose EXIF is looked for in the file itself when the decoder gives none. */
const READ_FROM_FILE: ReadonlySet<string> = new Set(['image/tiff', 'image/heic', 'image/heif', 'image/avif'])
/** How much of such a file is read; a TIFF may have its directory at the end. */
const MAX_READ_BYTES = 64 * 1024 ** 2
const OPTIONS = {
  tiff: true,
  exif: true,
  gps: true,
  interop: false,
  ifd1: false,
  xmp: false,
  icc: false,
  iptc: false,
  jfif: false,
  ihdr: false,
  makerNote: false,
  userComment: false,
  mergeOutput: true,
  translateValues: true,
  // Dates stay the text that the camera wrote: what zone it means is decided below, not by this machine's.
  reviveValues: false,
}

/**
 * The EXIF facts of a picture, null if it has none.
 * @param block the file's EXIF block where the decoder found one; some containers are read by exifr itself
 */
export async function readExif(path: string, mimeType: string, block: Buffer | null): Promise<ExifFacts | null> {
  if (block === null && !READ_FROM_FILE.has(mimeType)) return null
  let tags: Record<string, unknown> | undefined
  try {
    // Bytes, never the path: exifr leaves files open when it stumbles, and Node ends the process for that.
    tags = await exifr.parse(block ?? (await readStart(path)), OPTIONS)
  } catch {
    // A damaged EXIF block says nothing; the picture itself may be sound.
    return null
  }
  if (tags === undefined) return null
  return toExifFacts(tags)
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(Math.min(size, MAX_READ_BYTES)), position: 0 })
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Plain JSON out of exifr's tags: dates ISO 8601, binary values dropped. */
export function toExifFacts(tags: Readonly<Record<string, unknown>>): ExifFacts {
  const { latitude, longitude, ...rest } = tags
  const exif: Record<string, Json> = {}
  for (const [name, value] of Object.entries(rest)) {
    const plain = toJson(value)
    if (plain !== undefined) exif[name] = plain
  }
  const taken = captureTime(tags)
  const zone: Record<string, Json> = taken === null ? {} : { captured_at_zone: taken.zone }
  return { capturedAt: taken?.at ?? null, gps: position(latitude, longitude), metadata: { exif, ...zone } }
}

const coordinates = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })

function position(latitude: unknown, longitude: unknown): ExifFacts['gps'] {
  const parsed = coordinates.safeParse({ latitude, longitude })
  return parsed.success ? parsed.data : null
}

function captureTime(tags: Readonly<Record<string, unknown>>): { at: number; zone: 'offset' | 'assumed-utc' } | null {
  const candidates = [
    [tags.DateTimeOriginal, tags.OffsetTimeOriginal ?? tags.OffsetTime, tags.SubSecTimeOriginal],
    [tags.CreateDate ?? tags.DateTimeDigitized, tags.OffsetTimeDigitized ?? tags.OffsetTime, tags.SubSecTimeDigitized],
  ]
  for (const [date, offset, fraction] of candidates) {
    const local = typeof date === 'string' ? isoDate(date) : null
    if (local === null) continue
    const zone = typeof offset === 'string' && /^[+-]\d\d:\d\d$/.test(offset.trim()) ? offset.trim() : null
    const digits = /^\d+/.exec(String(fraction ?? '').trim())?.[0]
    const at = Date.parse(`${local}.${(digits ?? '0').slice(0, 3).padEnd(3, '0')}${zone ?? 'Z'}`)
    if (Number.isFinite(at)) return { at, zone: zone === null ? 'assumed-utc' : 'offset' }
  }
  return null
}

/** `2014:09:21 16:00:56` as `2014-09-21T16:00:56`, in whatever zone the camera meant; null if it is no real date. */
function isoDate(text: string): string | null {
  const match = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(text.trim())
  if (match === null) return null
  const [, year, month, day, hour, minute, second] = match
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const time = Date.parse(`${iso}Z`)
  // Date.parse takes 31 February for 3 March; cameras with a dead clock write zeros.
  if (!Number.isFinite(time) || new Date(time).toISOString().slice(0, 19) !== iso) return null
  return Number(year) >= 1 ? iso : null
}

function toJson(value: unknown): Json | undefined {
  switch (typeof value) {
    case 'string': {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: EXIF texts are padded with NUL
      const text = value.replace(/\u0000+/g, ' ').trim()
      return text === '' || text.length > MAX_TEXT ? undefined : (isoDate(text) ?? text)
    }
    case 'number':
      return Number.isFinite(value) ? value : undefined
    case 'boolean':
      return value
    case 'bigint':
      return value.toString()
    case 'object':
      return toJsonObject(value)
    default:
      return undefined
  }
}

function toJsonObject(value: object | null): Json | undefined {
  if (value instanceof Date) return Number.isFinite(value.getTime()) ? value.toISOString() : undefined
  if (value === null || ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return undefined
  if (Array.isArray(value)) {
    return value.length > 64 ? undefined : value.map(toJson).filter((item) => item !== undefined)
  }
  const entries = Object.entries(value)
    .map(([name, item]) => [name, toJson(item)] as const)
    .filter((entry): entry is readonly [string, Json] => entry[1] !== undefined)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
