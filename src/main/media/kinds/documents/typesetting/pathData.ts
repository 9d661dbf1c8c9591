import type { PathCommand } from 'fontkit'
import type { Outline } from './face.ts'

/** A box in units of a face, y upwards. */
export interface InkBox {
  readonly left: number
  readonly bottom: number
  readonly right: number
  readonly top: number
}

const LETTERS: Readonly<Record<PathCommand['command'], string>> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
}

/**
 * SVG path data of an outline at a place on the page, y downwards.
 * @param x of the glyph's origin, pixels
 * @param y of the baseline, pixels
 * @param scale pixels for each unit of the face
 */
export function pathData(commands: readonly PathCommand[], x: number, y: number, scale: number): string {
  let data = ''
  for (const { command, args } of commands) {
    data += LETTERS[command]
    for (const [index, value] of args.entries()) {
      data += `${index === 0 ? '' : ' '}${tenths(index % 2 === 0 ? x + value * scale : y - value * scale)}`
    }
  }
  return data
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}

/** The box around all points of an outline, control points included; null if it has no ink. */
export function inkBox({ layers }: Outline): InkBox | null {
  let left = Number.POSITIVE_INFINITY
  let bottom = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let top = Number.NEGATIVE_INFINITY
  for (const { commands } of layers) {
    for (const { args } of commands) {
      for (let index = 0; index + 1 < args.length; index += 2) {
        const x = args[index] ?? 0
        const y = args[index + 1] ?? 0
        if (x < left) left = x
        if (x > right) right = x
        if (y < bottom) bottom = y
        if (y > top) top = y
      }
    }
  }
  return right > left && top > bottom ? { left, bottom, right, top } : null
}
