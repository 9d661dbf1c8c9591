export interface GeographicPoint {
  /** Degrees, north positive. */
  readonly latitude: number
  /** Degrees, east positive. */
  readonly longitude: number
}

/**
 * A point as ISO 6709 writes it (Annex H): `+32.0929+034.8620+028.516/`, degrees, or degrees with minutes (`+5125.01`),
 * or with minutes and seconds. Null Island is what devices write that do not know where they are.
 */
export function geographicPoint(text: string): GeographicPoint | null {
  const match = /^\s*([+-])(\d{2,6}(?:\.\d{1,12})?)([+-])(\d{3,7}(?:\.\d{1,12})?)/.exec(text)
  if (match === null) return null
  const latitude = degrees(match[2] ?? '', 2)
  const longitude = degrees(match[4] ?? '', 3)
  if (latitude === null || longitude === null || latitude > 90 || longitude > 180) return null
  if (latitude === 0 && longitude === 0) return null
  return {
    latitude: match[1] === '-' ? -latitude : latitude,
    longitude: match[3] === '-' ? -longitude : longitude,
  }
}

/** @param width digits of whole degrees; two more are minutes, two more seconds */
function degrees(text: string, width: number): number | null {
  const whole = text.split('.')[0]?.length ?? 0
  if (whole === width) return Number(text)
  const minutes = Number(text.slice(width, width + 2))
  if (whole === width + 2) return sexagesimal(Number(text.slice(0, width)), Number(text.slice(width)), 0)
  if (whole === width + 4) return sexagesimal(Number(text.slice(0, width)), minutes, Number(text.slice(width + 2)))
  return null
}

function sexagesimal(degree: number, minutes: number, seconds: number): number | null {
  return minutes < 60 && seconds < 60 ? degree + minutes / 60 + seconds / 3600 : null
}
