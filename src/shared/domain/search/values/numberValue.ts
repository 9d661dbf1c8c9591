import { compared, type NumberRange, splitRange } from './range.ts'

/** Units, in what the field counts in. What a unit is missing from is `units['']`. */
type Units = Readonly<Record<string, number>>

const none: Units = { '': 1, px: 1 }
const sizes: Units = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  t: 1e12,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}
const durations: Units = { '': 1, ms: 1e-3, s: 1, sec: 1, m: 60, min: 60, h: 3600 }

interface Written {
  readonly value: number
  /** Half a unit of the last digit, in what the field counts in; 0 for what is exact. */
  readonly rounding: number
}

/** Reads pixels, stars and the like: exact. */
export function readNumber(operator: string, text: string): NumberRange | null {
  return readRange(operator, text, (part) => withUnit(part, none, false))
}

/** Reads bytes. `2mb` is what is shown as 2 MB: from 1.5 to 2.5; without a unit it is exact. */
export function readSize(operator: string, text: string): NumberRange | null {
  const unit = /[a-z]+$/i.exec(text)?.[0] ?? ''
  return readRange(operator, text, (part, first) =>
    withUnit(first && /^[\d.]+$/.test(part) ? `${part}${unit}` : part, sizes, true),
  )
}

/** Reads seconds: `90`, `30s`, `1.5min`, `1:30`, `1:02:03`; rounded to the digit that is written. */
export function readDuration(operator: string, text: string): NumberRange | null {
  return readRange(operator, text, (part) => clock(part) ?? withUnit(part, durations, true))
}

/** How far from an aspect ratio a picture may be that is said to have it, as a share. */
const ASPECT_TOLERANCE = 0.03

/** Reads width to height: `16:9`, `1.5`, `portrait`. */
export function readAspect(operator: string, text: string): NumberRange | null {
  const range = { kind: 'range', min: null, minOpen: false, max: null, maxOpen: false } as const
  const nearOne = { min: 1 - ASPECT_TOLERANCE, max: 1 / (1 - ASPECT_TOLERANCE) }
  switch (operator === ':' || operator === '=' ? text.toLowerCase() : '') {
    case 'landscape':
      return { ...range, min: nearOne.max, minOpen: true }
    case 'portrait':
      return { ...range, max: nearOne.min, maxOpen: true }
    case 'square':
      return { ...range, ...nearOne }
  }
  const read = readRange(operator, text, (part) => {
    const sides = /^(\d{1,6}(?:\.\d{1,6})?)(?:[:x/](\d{1,6}(?:\.\d{1,6})?))?$/.exec(part)
    const value = Number(sides?.[1]) / Number(sides?.[2] ?? 1)
    return Number.isFinite(value) && value > 0 ? { value, rounding: 0 } : null
  })
  if (read === null || read.min === null || read.min !== read.max) return read
  return { ...read, min: read.min * (1 - ASPECT_TOLERANCE), max: read.min / (1 - ASPECT_TOLERANCE) }
}

function readRange(
  operator: string,
  text: string,
  read: (part: string, first: boolean) => Written | null,
): NumberRange | null {
  const parts = splitRange(text)
  if (parts === null) {
    const written = read(text, false)
    if (written === null) return null
    const { value, rounding } = written
    // “Over 2 MB” begins right behind 2 MB, however it was rounded.
    if (rounding === 0 || (operator !== ':' && operator !== '=')) return compared(operator, exact(value))
    return compared(operator, { min: value - rounding, max: value + rounding, maxOpen: true })
  }
  if (operator !== ':' && operator !== '=') return null
  const min = parts[0] === '' ? null : read(parts[0], true)
  const max = parts[1] === '' ? null : read(parts[1], false)
  if ((min === null && parts[0] !== '') || (max === null && parts[1] !== '')) return null
  return { kind: 'range', min: min?.value ?? null, minOpen: false, max: max?.value ?? null, maxOpen: false }
}

function exact(value: number) {
  return { min: value, max: value, maxOpen: false }
}

function withUnit(text: string, units: Units, rounded: boolean): Written | null {
  const match = /^(\d{1,15})(?:\.(\d{1,9}))?\s?([a-z]{0,3})$/i.exec(text)
  const name = (match?.[3] ?? '').toLowerCase()
  const unit = Object.hasOwn(units, name) ? units[name] : undefined
  if (match === null || unit === undefined) return null
  const decimals = match[2] ?? ''
  const value = Number(`${match[1]}.${decimals || '0'}`) * unit
  const step = unit / 10 ** decimals.length
  // Bytes are whole and so known to the last one; seconds are not.
  const isExact = !rounded || (units === sizes && step <= 1)
  return { value, rounding: isExact ? 0 : step / 2 }
}

function clock(text: string): Written | null {
  const match = /^(?:(\d{1,4}):)?(\d{1,4}):(\d{2})$/.exec(text)
  if (match === null || Number(match[3]) > 59) return null
  return { value: Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3]), rounding: 0.5 }
}
