import type { Random } from './random.ts'

/** Red, green and blue, each 0 to 255. */
export type Rgb = readonly [number, number, number]

/** Colours of one picture, from the deepest shade to the palest light, and one that stands out. */
export interface Palette {
  readonly deep: string
  readonly dark: string
  readonly mid: string
  readonly bright: string
  readonly pale: string
  readonly accent: string
}

const PALETTES: readonly [Palette, ...Palette[]] = [
  { deep: '#0b1430', dark: '#1d3461', mid: '#3f6c9b', bright: '#f2a65a', pale: '#ffe8c8', accent: '#ef6f4c' },
  { deep: '#101f14', dark: '#29472c', mid: '#5f8a3f', bright: '#b5c95b', pale: '#f1f5c2', accent: '#e9a23b' },
  { deep: '#1d0b3a', dark: '#581c6b', mid: '#b23a74', bright: '#f5795d', pale: '#ffd98a', accent: '#ffce4a' },
  { deep: '#101820', dark: '#34495e', mid: '#7f9db0', bright: '#c9d6dc', pale: '#f2f0ea', accent: '#d9653b' },
  { deep: '#2b0903', dark: '#7a2306', mid: '#cf5b0c', bright: '#f59f1f', pale: '#ffe7b8', accent: '#fff3d6' },
  { deep: '#04123f', dark: '#12389b', mid: '#1f6fd0', bright: '#62c1f3', pale: '#dff6ff', accent: '#ffd166' },
  { deep: '#1a1232', dark: '#473a78', mid: '#8a72ae', bright: '#cba6cf', pale: '#fbeaf3', accent: '#f7b267' },
  { deep: '#0a2725', dark: '#0d5753', mid: '#1b9a94', bright: '#e7cf92', pale: '#fbf1d6', accent: '#ee8f2f' },
  { deep: '#240a1f', dark: '#701a3c', mid: '#c02f4a', bright: '#f0786a', pale: '#ffcbb5', accent: '#ffe3c2' },
  { deep: '#15171b', dark: '#3b4048', mid: '#787f88', bright: '#b9bfc4', pale: '#f3f3ef', accent: '#e3b23c' },
  { deep: '#0d1f2d', dark: '#1f4e5a', mid: '#4d9078', bright: '#b4d8a6', pale: '#f4f3d6', accent: '#ff8c61' },
  { deep: '#2a1a12', dark: '#6b4226', mid: '#b07d4f', bright: '#e0bb8c', pale: '#f8ecd8', accent: '#3f7d78' },
]

export function pickPalette(random: Random): Palette {
  return random.pick(PALETTES)
}

/** The colours from deep to pale. */
export function ramp({ deep, dark, mid, bright, pale }: Palette): readonly [string, ...string[]] {
  return [deep, dark, mid, bright, pale]
}

/** A colour between two: `t` = 0 gives the first, 1 the second. Mixed by amount of light, so that blends don't go muddy. */
export function mix(from: string, to: string, t: number): string {
  const a = parse(from)
  const b = parse(to)
  const channel = (index: 0 | 1 | 2) => Math.round(Math.sqrt(a[index] ** 2 + (b[index] ** 2 - a[index] ** 2) * t))
  return `#${[channel(0), channel(1), channel(2)].map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** `steps` colours evenly along `stops`. */
export function gradientTable(stops: readonly [string, ...string[]], steps: number): readonly Rgb[] {
  return Array.from({ length: steps }, (_, step) => {
    const position = (step / (steps - 1)) * (stops.length - 1)
    const index = Math.min(Math.floor(position), stops.length - 2)
    return parse(mix(stops[index] ?? stops[0], stops[index + 1] ?? stops[0], position - index))
  })
}

function parse(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}
