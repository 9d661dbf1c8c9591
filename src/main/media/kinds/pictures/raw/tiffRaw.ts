import { type ByteSource, partOf } from '../../../carriers/byteSource.ts'
import { readTiffHeader } from '../../../carriers/tiffDirectory.ts'
import type { Span } from './jpegPreview.ts'
import { isSensorDirectory, openDirectory, type RawDirectory, readRawDirectories, tags } from './rawDirectories.ts'

/** What a raw file says of itself. Previews are only said to be there. */
export interface RawContents {
  readonly previews: readonly Span[]
  /** Of the sensor's picture, before orientation. */
  readonly width: number | null
  readonly height: number | null
  /** EXIF orientation, 1 to 8. */
  readonly orientation: number
  /** The format's own name where the content tells it. */
  readonly isDng: boolean
}

const OLD_JPEG = 6
const JPEG = 7
/** Panasonic's fields. Source: ExifTool's documentation of PanasonicRaw tags. */
const panasonic = { top: 4, left: 5, bottom: 6, right: 7, jpeg: 0x2e }
/** Olympus' maker note: camera settings, and in them the preview. Source: ExifTool's documentation of Olympus tags. */
const olympus = { settings: 0x2020, previewStart: 0x101, previewLength: 0x102 }
/** Nikon's maker note: the directory of the preview. Source: ExifTool's documentation of Nikon tags. */
const NIKON_PREVIEW_DIRECTORY = 0x11
const MAX_MAKER_NOTE = 16 * 1024 ** 2

/** Reads the raw formats that are TIFF inside: NEF, CR2, ARW, DNG, ORF, RW2, PEF, SRW and their like. */
export function readTiffRaw(source: ByteSource): RawContents {
  const directories = readRawDirectories(source)
  const orientation = directories.map((directory) => directory.numbers(tags.orientation)[0]).find(isOrientation) ?? 1
  return {
    previews: directories.flatMap((directory) => [...previewsOf(directory), ...makerNotePreviews(directory)]),
    ...sensorSize(directories),
    orientation,
    isDng: directories.some((directory) => directory.entry(tags.dngVersion) !== null),
  }
}

function isOrientation(value: number | undefined): value is number {
  return value !== undefined && value >= 1 && value <= 8
}

function previewsOf(directory: RawDirectory): Span[] {
  const spans: Span[] = []
  const add = (start: number | undefined, length: number | undefined) => {
    if (start !== undefined && length !== undefined && start > 0 && length > 0) spans.push({ start, length })
  }
  add(directory.numbers(tags.jpegOffset)[0], directory.numbers(tags.jpegLength)[0])
  const compression = directory.numbers(tags.compression)[0]
  const strips = directory.numbers(tags.stripOffsets)
  if ((compression === OLD_JPEG || compression === JPEG) && strips.length === 1) {
    add(strips[0], directory.numbers(tags.stripLengths)[0])
  }
  const embedded = directory.entry(panasonic.jpeg)
  if (embedded !== null) add(embedded.offset, embedded.length)
  return spans
}

function makerNotePreviews(directory: RawDirectory): Span[] {
  const entry = directory.entry(tags.makerNote)
  if (entry === null || entry.length < 20 || entry.length > MAX_MAKER_NOTE) return []
  const { source } = directory
  const sign = source.read(entry.offset, 12)?.toString('latin1') ?? ''
  if (sign.startsWith('Nikon\0')) return nikonPreviews(source, entry.offset + 10)
  if (sign.startsWith('OLYMPUS\0')) return olympusPreviews(directory, entry.offset, entry.offset, 12)
  if (sign.startsWith('OM SYSTEM\0')) return olympusPreviews(directory, entry.offset, entry.offset, 16)
  if (sign.startsWith('OLYMP\0')) return olympusPreviews(directory, entry.offset, 0, 8)
  return []
}

/** A TIFF structure of its own behind ten bytes; its offsets count from there, and reach beyond the maker note. */
function nikonPreviews(source: ByteSource, base: number): Span[] {
  const note = partOf(source, base, source.size - base)
  const header = readTiffHeader(note)
  const at =
    header === null ? undefined : openDirectory(note, header, header.first)?.numbers(NIKON_PREVIEW_DIRECTORY)[0]
  const preview = header === null || at === undefined ? null : openDirectory(note, header, at)
  return preview === null ? [] : previewsOf(preview).map(({ start, length }) => ({ start: start + base, length }))
}

/** A directory without a header before it, in the byte order of the file; offsets count from `base`. */
function olympusPreviews({ source, header }: RawDirectory, note: number, base: number, skip: number): Span[] {
  const whole = partOf(source, base, source.size - base)
  const settingsAt = openDirectory(whole, header, note - base + skip)?.numbers(olympus.settings)[0]
  const settings = settingsAt === undefined ? null : openDirectory(whole, header, settingsAt)
  const [start, length] = [settings?.numbers(olympus.previewStart)[0], settings?.numbers(olympus.previewLength)[0]]
  return start === undefined || length === undefined ? [] : [{ start: start + base, length }]
}

function sensorSize(directories: readonly RawDirectory[]): Pick<RawContents, 'width' | 'height'> {
  const sizes = directories.flatMap((directory) => {
    const [cropWidth, cropHeight] = directory.numbers(tags.defaultCropSize)
    if (isSensorDirectory(directory) && cropWidth && cropHeight) return [{ width: cropWidth, height: cropHeight }]
    const [top, left, bottom, right] = [panasonic.top, panasonic.left, panasonic.bottom, panasonic.right].map(
      (tag) => directory.numbers(tag)[0] ?? 0,
    ) as [number, number, number, number]
    if (directory.entry(panasonic.jpeg) !== null && right > left && bottom > top) {
      return [{ width: right - left, height: bottom - top }]
    }
    return [sides(directory, tags.width, tags.height), sides(directory, tags.pixelWidth, tags.pixelHeight)].filter(
      (size) => size !== null,
    )
  })
  // Previews and masks are in directories of their own; the sensor's picture is the largest.
  const largest = [...sizes].sort((a, b) => b.width * b.height - a.width * a.height)[0]
  const cropped = directories.filter(isSensorDirectory).map((directory) => directory.numbers(tags.defaultCropSize))
  const [width, height] = cropped.find(([w, h]) => Boolean(w) && Boolean(h)) ?? []
  if (width && height) return { width, height }
  return largest ?? { width: null, height: null }
}

function sides(directory: RawDirectory, widthTag: number, heightTag: number) {
  const [width, height] = [directory.numbers(widthTag)[0] ?? 0, directory.numbers(heightTag)[0] ?? 0]
  return width > 0 && height > 0 ? { width, height } : null
}
