import type { Asset } from '../../../shared/domain/asset.ts'
import { finite, metadataGroup, text } from './metadataGroup.ts'

export type CameraFactName = 'camera' | 'lens' | 'exposure' | 'focal' | 'iso' | 'flash' | 'place' | 'altitude'

export interface CameraFact {
  readonly name: CameraFactName
  readonly value: string
}

type Source = Pick<Asset, 'metadata' | 'gps'>

function positive(value: unknown): number | null {
  const number = finite(value)
  return number !== null && number > 0 ? number : null
}

function round(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)))
}

/** The model, with the maker in front unless the model says it already ("Canon Canon EOS 5D"). */
function cameraName(make: string | null, model: string | null): string | null {
  if (make === null || model === null) return model ?? make
  const firstWord = make.split(' ')[0] ?? make
  return model.toLowerCase().startsWith(firstWord.toLowerCase()) ? model : `${make} ${model}`
}

/** `1/250 s · ƒ/2.8 · +0.7 EV`: what is known of it, a correction of zero left out. */
function exposure(camera: Readonly<Record<string, unknown>>): string | null {
  const time = text(camera.exposure_time)
  const aperture = positive(camera.aperture)
  const bias = finite(camera.exposure_bias)
  const parts = [
    time === null ? null : `${time} s`,
    aperture === null ? null : `ƒ/${round(aperture, 1)}`,
    bias === null || bias === 0 ? null : `${bias > 0 ? '+' : '−'}${round(Math.abs(bias), 1)} EV`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' · ')
}

/** `50 mm`, with the length that shows as much on 35 mm film if that is another one. */
function focalLength(camera: Readonly<Record<string, unknown>>): string | null {
  const real = positive(camera.focal_length)
  const onFilm = positive(camera.focal_length_35mm)
  if (real === null) return onFilm === null ? null : `${round(onFilm, 1)} mm (35 mm film)`
  const differs = onFilm !== null && Math.round(onFilm) !== Math.round(real)
  return differs ? `${round(real, 1)} mm (${round(onFilm, 1)} mm on film)` : `${round(real, 1)} mm`
}

/** Degrees with a hemisphere, four digits (about 10 m): `60.1699° N, 24.9384° E`. */
export function placeText(gps: { readonly latitude: number; readonly longitude: number }): string {
  const latitude = `${Math.abs(gps.latitude).toFixed(4)}° ${gps.latitude < 0 ? 'S' : 'N'}`
  const longitude = `${Math.abs(gps.longitude).toFixed(4)}° ${gps.longitude < 0 ? 'W' : 'E'}`
  return `${latitude}, ${longitude}`
}

/** The facts that a camera wrote, in the order they are shown; empty for pictures that no camera took. */
export function cameraFacts(asset: Source): readonly CameraFact[] {
  const camera = metadataGroup(asset, 'camera')
  const facts: CameraFact[] = []
  const add = (name: CameraFactName, value: string | null) => {
    if (value !== null) facts.push({ name, value })
  }
  add('camera', cameraName(text(camera.make), text(camera.model)))
  add('lens', text(camera.lens))
  add('exposure', exposure(camera))
  add('focal', focalLength(camera))
  const iso = positive(camera.iso)
  add('iso', iso === null ? null : String(iso))
  // That it did not fire is no news.
  add('flash', camera.flash_fired === true ? text(camera.flash) : null)
  add('place', asset.gps === null ? null : placeText(asset.gps))
  const altitude = asset.gps === null ? null : finite(metadataGroup(asset, 'gps').altitude)
  add('altitude', altitude === null ? null : `${round(altitude, 0).replace('-', '−')} m`)
  return facts
}
