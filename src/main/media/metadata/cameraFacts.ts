import exifr from 'exifr'
import { type JsonObject, withoutEmpty } from './boundedJson.ts'
import { type ExifDirectories, type ExifField, fieldNumber, fieldNumbers, fieldRationals } from './exifDirectories.ts'
import { fieldText } from './exifFacts.ts'
import type { MetadataSources } from './sources.ts'
import { type XmpFacts, xmpNumber, xmpText } from './xmpFacts.ts'

/**
 * How the camera was set, by EXIF, and by XMP where EXIF says nothing. Lengths are millimetres, `aperture` the f-number,
 * `exposure_time` text as on a dial (`1/250`, `2.5`) in seconds, `exposure_bias` EV. Numbers that cannot be are left out.
 * Source: Exif 3.0, section 4.6.5; exifEX and aux of XMP part 2 and Exif 2.32 metadata for XMP.
 */
export function cameraFacts({ exif, xmp, sidecar }: MetadataSources): JsonObject {
  // A sidecar's camera facts are copies of those in a raw file, which may be in a place that is not read.
  const also: XmpFacts = new Map([...sidecar, ...xmp])
  const { main, exif: fields } = exif
  const seconds = exposureSeconds(exif) ?? positive(xmpNumber(also, 'exif:ExposureTime'))
  return withoutEmpty({
    make: name(fieldText(main.get(MAKE))) ?? name(xmpText(also, 'tiff:Make')),
    model: name(fieldText(main.get(MODEL))) ?? name(xmpText(also, 'tiff:Model')),
    serial: name(fieldText(fields.get(SERIAL))) ?? name(xmpText(also, 'exifEX:BodySerialNumber', 'aux:SerialNumber')),
    lens: lens(exif, also),
    lens_make: name(fieldText(fields.get(LENS_MAKE))) ?? name(xmpText(also, 'exifEX:LensMake')),
    lens_serial: name(fieldText(fields.get(LENS_SERIAL))) ?? name(xmpText(also, 'exifEX:LensSerialNumber')),
    focal_length: rounded(positive(fieldNumber(fields.get(FOCAL)) ?? xmpNumber(also, 'exif:FocalLength')), 2),
    focal_length_35mm: rounded(
      positive(fieldNumber(fields.get(FOCAL_35MM)) ?? xmpNumber(also, 'exif:FocalLengthIn35mmFilm')),
      2,
    ),
    aperture: rounded(aperture(exif) ?? positive(xmpNumber(also, 'exif:FNumber')), 2),
    exposure_time: seconds === null ? null : exposureText(seconds),
    exposure_bias: rounded(bias(fieldNumber(fields.get(BIAS)) ?? xmpNumber(also, 'exif:ExposureBiasValue')), 2),
    iso: iso(exif) ?? positive(xmpNumber(also, 'exif:ISOSpeedRatings', 'exifEX:PhotographicSensitivity')),
    flash: words(FLASH, fields.get(FLASH)),
    flash_fired: flashFired(fields.get(FLASH)),
    metering: words(METERING, fields.get(METERING)),
    exposure_program: words(PROGRAM, fields.get(PROGRAM)),
    exposure_mode: words(EXPOSURE_MODE, fields.get(EXPOSURE_MODE)),
    white_balance: words(WHITE_BALANCE, fields.get(WHITE_BALANCE)),
  })
}

const MAKE = 0x10f
const MODEL = 0x110
const EXPOSURE = 0x829a
const F_NUMBER = 0x829d
const PROGRAM = 0x8822
const SHUTTER_APEX = 0x9201
const APERTURE_APEX = 0x9202
const BIAS = 0x9204
const METERING = 0x9207
const FLASH = 0x9209
const FOCAL = 0x920a
const EXPOSURE_MODE = 0xa402
const WHITE_BALANCE = 0xa403
const FOCAL_35MM = 0xa405
const SERIAL = 0xa431
const LENS_SPECIFICATION = 0xa432
const LENS_MAKE = 0xa433
const LENS_MODEL = 0xa434
const LENS_SERIAL = 0xa435
/** Adobe's, of the early digital backs. */
const LENS_ADOBE = 0xfdea
const LENS_DNG = 0xc630
/** ISO, then what Exif 2.3 has for values over 65,534: recommended index, standard output sensitivity, ISO speed. */
const SENSITIVITIES = [0x8827, 0x8832, 0x8831, 0x8833]

/** Image generators keep whole workflows in fields that are for the camera's name. */
function name(text: string | null): string | null {
  if (text === null || text.length > 128 || text.includes('{') || /^[-\s.?]*$/.test(text)) return null
  return /^(?:unknown|n\/a|none|0+(?:\.0+)?|0\.0 mm f\/0\.0)$/i.test(text) ? null : text
}

function positive(value: number | null): number | null {
  return value !== null && Number.isFinite(value) && value > 0 && value < 1e7 ? value : null
}

/** Beyond ±15 EV it is a fraction that was written wrongly. */
function bias(value: number | null): number | null {
  return value !== null && Math.abs(value) <= 15 ? value : null
}

function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Number(value.toFixed(digits))
}

function exposureSeconds({ exif }: ExifDirectories): number | null {
  const seconds = positive(fieldNumber(exif.get(EXPOSURE)))
  if (seconds !== null) return seconds
  const apex = fieldNumber(exif.get(SHUTTER_APEX))
  return apex === null ? null : positive(2 ** -apex)
}

/** `1/250` below half a second, decimals above. */
function exposureText(seconds: number): string {
  if (seconds >= 0.5) return String(Number(seconds.toFixed(1)))
  return `1/${Math.round(1 / seconds)}`
}

function aperture({ exif }: ExifDirectories): number | null {
  const written = positive(fieldNumber(exif.get(F_NUMBER)))
  if (written !== null) return written
  const apex = fieldNumber(exif.get(APERTURE_APEX))
  // An f-number of 1, APEX 0, is what cameras write that know none.
  return apex === null || apex <= 0 || apex > 20 ? null : 2 ** (apex / 2)
}

function iso({ exif }: ExifDirectories): number | null {
  for (const tag of SENSITIVITIES) {
    const [value] = fieldNumbers(exif.get(tag))
    if (value !== undefined && value > 0 && value !== 65_535 && Number.isFinite(value)) return value
  }
  return null
}

function lens({ main, exif }: ExifDirectories, xmp: XmpFacts): string | null {
  return (
    name(fieldText(exif.get(LENS_MODEL))) ??
    name(fieldText(exif.get(LENS_ADOBE))) ??
    name(xmpText(xmp, 'exifEX:LensModel', 'aux:Lens')) ??
    specification(exif.get(LENS_SPECIFICATION) ?? main.get(LENS_DNG))
  )
}

/** `24–70 mm ƒ/2.8–4` out of the shortest and longest focal length and their apertures; 0/0 stands for unknown. */
function specification(field: ExifField | undefined): string | null {
  const [shortest, longest, wide, tele] = fieldRationals(field).map(([above, below]) =>
    positive(below === 0 ? null : above / below),
  )
  if (shortest === null || shortest === undefined) return null
  const focal = `${range(shortest, longest ?? shortest)} mm`
  return wide === null || wide === undefined ? focal : `${focal} ƒ/${range(wide, tele ?? wide)}`
}

function range(from: number, to: number): string {
  const [first, last] = [rounded(from, 1), rounded(to, 1)]
  return first === last ? String(first) : `${first}–${last}`
}

function flashFired(field: ExifField | undefined): boolean | null {
  const value = fieldNumber(field)
  return value === null ? null : (value & 1) === 1
}

/** What a code means; codes that the standard does not have say nothing. */
function words(tag: number, field: ExifField | undefined): string | null {
  const value = fieldNumber(field)
  const text: unknown = value === null ? undefined : exifr.tagValues.get('exif')?.get(tag)?.[value]
  return typeof text === 'string' && text !== 'Unknown' && text !== 'Not defined' ? text : null
}
