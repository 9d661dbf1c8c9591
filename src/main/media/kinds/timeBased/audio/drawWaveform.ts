import type { Waveform } from './loudness.ts'

const SIDE = 600
/** Bars that are drawn: as many as can still be told apart in the smallest thumbnail. */
const BARS = 48
const MARGIN = 60
/** Share of a bar's room that it fills. */
const FILLED = 0.58
/** Height of a bar where there is silence. */
const LOWEST = 6
const HIGHEST = 340

/**
 * A square drawing of a waveform, as SVG: bars in the colour of the program's accents on a dark neutral ground, which
 * stands out from a light page as a picture does.
 */
export function drawWaveform(waveform: Waveform): string {
  const room = (SIDE - 2 * MARGIN) / BARS
  const width = room * FILLED
  const bars = Array.from({ length: BARS }, (_, index) => {
    const height = LOWEST + (barValue(waveform, index) / 100) * (HIGHEST - LOWEST)
    const x = MARGIN + index * room + (room - width) / 2
    const y = (SIDE - height) / 2
    return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${round(width / 2)}"/>`
  })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${SIDE} ${SIDE}">` +
    `<rect width="${SIDE}" height="${SIDE}" fill="#25282e"/><g fill="#6ea8ff">${bars.join('')}</g></svg>`
  )
}

/** The mean of the values that share a bar. */
function barValue(waveform: Waveform, bar: number): number {
  const from = Math.floor((bar * waveform.length) / BARS)
  const to = Math.max(from + 1, Math.floor(((bar + 1) * waveform.length) / BARS))
  const values = waveform.slice(from, to)
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
