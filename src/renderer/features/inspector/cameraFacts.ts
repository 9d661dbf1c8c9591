import type { Asset } from '../../../shared/domain/asset.ts'

export type CameraFactName = 'camera' | 'lens' | 'exposure' | 'focal' | 'iso' | 'place'

export interface CameraFact {
  readonly name: CameraFactName
  readonly value: string
}

type Source = Pick<Asset, 'metadata' | 'gps'>

function text(value: unknown): string | null {
  if (typeof value !== 'string') return null
  // Cameras pad their names with NUL and blanks.
  const trimmed = value.replaceAll('\0', '').trim()
  return trimmed === '' ? null : trimmed
}

function positive(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null
}

function round(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)))
}

/** `1/250 s` below half a second, as on the dial of a camera; decimals above. */
export function exposureTime(seconds: number): string {
  return seconds < 0.5 ? `1/${Math.round(1 / seconds)} s` : `${round(seconds, 1)} s`
}

/** The model, with the maker in front unless the model says it already ("Canon Canon EOS 5D"). */
function cameraName(make: string | null, model: string | null): string | null {
  if (make === null || model === null) return model ?? make
  const firstWord = make.split(' ')[0] ?? make
  return model.toLowerCase().startsWith(firstWord.toLowerCase()) ? model : `${make} ${model}`
}

/** Degrees with a hemisphere, four digits (about 10 m): `60.1699° N, 24.9384° E`. */
export function placeText(gps: { readonly latitude: number; readonly longitude: number }): string {
  const latitude = `${Math.abs(gps.latitude).toFixed(4)}° ${gps.latitude < 0 ? 'S' : 'N'}`
  const longitude = `${Math.abs(gps.longitude).toFixed(4)}° ${gps.longitude < 0 ? 'W' : 'E'}`
  return `${latitude}, ${longitude}`
}

/** The facts that a camera wrote, in the order they are shown; empty for pictures that no camera took. */
export function cameraFacts(asset: Source): readonly CameraFact[] {
  const found = asset.metadata.exif
  const exif: Readonly<Record<string, unknown>> =
    typeof found === 'object' && found !== null && !Array.isArray(found) ? found : {}
  const facts: CameraFact[] = []
  const add = (name: CameraFactName, value: string | null) => {
    if (value !== null) facts.push({ name, value })
  }
  add('camera', cameraName(text(exif.Make), text(exif.Model)))
  add('lens', text(exif.LensModel) ?? text(exif.Lens))
  const seconds = positive(exif.ExposureTime)
  const aperture = positive(exif.FNumber)
  const exposure = [
    seconds === null ? null : exposureTime(seconds),
    aperture === null ? null : `ƒ/${round(aperture, 1)}`,
  ].filter((part) => part !== null)
  add('exposure', exposure.length === 0 ? null : exposure.join(' · '))
  const focal = positive(exif.FocalLength)
  add('focal', focal === null ? null : `${round(focal, 1)} mm`)
  const iso = positive(exif.ISO) ?? positive(exif.ISOSpeedRatings)
  add('iso', iso === null ? null : String(iso))
  add('place', asset.gps === null ? null : placeText(asset.gps))
  return facts
}
