import { gradientTable, mix, ramp } from '../palette.ts'
import { layered } from '../random.ts'
import { circle, cover, n, type Pixels, radialGradient, type Scene, softline, verticalGradient } from '../scene.ts'

export const flow: Scene = {
  name: 'flow',
  titles: ['Current', 'Combed light', 'Murmuration', 'Slipstream'],
  prompt: 'flowing lines like combed hair in a current, layered strokes, rich colour, abstract, fine art print',
  draw(canvas) {
    const { width, height, size, random, noise, palette } = canvas
    const scale = size * random.between(0.55, 0.95)
    const turn = random.between(0, Math.PI * 2)
    const angle = (x: number, y: number) => turn + noise(x / scale, y / scale) * Math.PI * 2.6
    const colours = gradientTable([palette.dark, palette.mid, palette.bright, palette.accent, palette.pale], 14)
    const spacing = size / 21
    const step = size / 60
    const strokes: { order: number; svg: string }[] = []
    for (let y = -spacing; y < height + spacing; y += spacing) {
      for (let x = -spacing; x < width + spacing; x += spacing) {
        let px = x + random.between(0, spacing)
        let py = y + random.between(0, spacing)
        const hue =
          colours[Math.floor(noise((px / scale) * 1.4 + 40, (py / scale) * 1.4) * 10 + random.between(0, 4))] ??
          colours[0]
        const points: [number, number][] = [[px, py]]
        const length = random.whole(9, 24)
        for (let k = 0; k < length; k++) {
          const direction = angle(px, py)
          px += Math.cos(direction) * step
          py += Math.sin(direction) * step
          points.push([px, py])
        }
        const thick = size * (0.0012 + 0.0052 * random.next() ** 3)
        strokes.push({
          order: random.next(),
          svg: `<path d="${softline(points)}" stroke="rgb(${hue?.join(' ')})" stroke-opacity="${n(random.between(0.45, 0.95))}" stroke-width="${n(thick)}"/>`,
        })
      }
    }
    strokes.sort((a, b) => a.order - b.order)
    const shapes = `<defs>${verticalGradient('ground', [
      [0, palette.deep],
      [1, mix(palette.dark, palette.mid, 0.25)],
    ])}</defs>${cover(canvas, 'url(#ground)')}<g fill="none" stroke-linecap="round">${strokes.map(({ svg }) => svg).join('')}</g>`
    return { shapes }
  },
}

export const bokeh: Scene = {
  name: 'bokeh',
  titles: ['Out of focus', 'Party lights', 'After rain', 'Slow shutter'],
  prompt: 'bokeh, soft circles of light, shallow depth of field, warm and cold lamps, night street out of focus',
  draw(canvas) {
    const { width, height, size, random, noise, palette } = canvas
    const lamps = [palette.mid, palette.bright, palette.pale, palette.accent]
    const defs = lamps.map((colour, index) =>
      radialGradient(`lamp${index}`, [
        [0, colour, 0.5],
        [0.8, colour, 0.62],
        [0.93, mix(colour, '#ffffff', 0.4), 0.9],
        [1, colour, 0],
      ]),
    )
    const discs: { radius: number; svg: string }[] = []
    for (let index = 0; index < 95; index++) {
      const radius = size * (0.02 + 0.16 * random.next() ** 2.1)
      const x = random.between(0, width)
      const y = height * (0.5 + (random.between(-1, 1) * 0.35 + (noise(x / size, 3) - 0.5) * 0.9))
      const lamp = random.whole(0, lamps.length - 1)
      const opacity = random.between(0.16, 0.75) * (1 - radius / (size * 0.32))
      discs.push({ radius, svg: circle(x, y, radius, `fill="url(#lamp${lamp})" opacity="${opacity.toFixed(2)}"`) })
    }
    // Near lamps blur the most; the small sharp ones shine through on top.
    discs.sort((a, b) => b.radius - a.radius)
    const shapes = `<defs>${verticalGradient('night', [
      [0, palette.deep],
      [0.55, palette.dark],
      [1, palette.deep],
    ])}${defs.join('')}</defs>${cover(canvas, 'url(#night)')}${discs.map(({ svg }) => svg).join('')}`
    return { shapes }
  },
}

export const tiles: Scene = {
  name: 'tiles',
  titles: ['Composition in quarters', 'Workshop wall', 'Twelve by eight', 'Kitchen floor'],
  prompt: 'geometric tiles, quarter circles and arcs, flat colour, mid-century poster, precise, playful rhythm',
  draw(canvas) {
    const { width, height, size, random, palette } = canvas
    const across = Math.round((width / size) * random.whole(4, 6))
    const cell = width / across
    const down = Math.ceil(height / cell)
    const colours = [palette.deep, palette.dark, palette.mid, palette.bright, palette.pale, palette.accent] as const
    const shapes = [cover(canvas, palette.pale)]
    for (let row = 0; row < down; row++) {
      for (let column = 0; column < across; column++) {
        const ground = random.pick(colours)
        const others = colours.filter((colour) => colour !== ground) as [string, ...string[]]
        const turn = random.whole(0, 3) * 90
        shapes.push(
          `<g transform="translate(${n(column * cell)} ${n(row * cell)}) scale(${cell / 100}) rotate(${turn} 50 50)">`,
          `<rect width="100.6" height="100.6" fill="${ground}"/>`,
          random.pick(MOTIFS)(random.pick(others), random.pick(others)),
          '</g>',
        )
      }
    }
    return { shapes: shapes.join('') }
  },
}

/** What can stand in a tile of 100 × 100, in two colours. */
const MOTIFS: readonly [Motif, ...Motif[]] = [
  (a) => `<path d="M0 0H100A100 100 0 0 1 0 100Z" fill="${a}"/>`,
  (a, b) => `<path d="M0 0H100A100 100 0 0 1 0 100Z" fill="${a}"/><path d="M0 0H50A50 50 0 0 1 0 50Z" fill="${b}"/>`,
  (a) => `<path d="M0 0H100A50 50 0 0 1 0 0Z" fill="${a}"/><path d="M0 50H100A50 50 0 0 1 0 50Z" fill="${a}"/>`,
  (a) => `<path d="M0 100A100 100 0 0 1 100 0A100 100 0 0 1 0 100Z" fill="${a}"/>`,
  (a, b) => `<circle cx="50" cy="50" r="38" fill="${a}"/><circle cx="50" cy="50" r="16" fill="${b}"/>`,
  (a, b) => `<path d="M0 0H100L0 100Z" fill="${a}"/><circle cx="34" cy="34" r="15" fill="${b}"/>`,
  (a) =>
    [88, 64, 40]
      .map(
        (radius) =>
          `<path d="M${radius} 0A${radius} ${radius} 0 0 1 0 ${radius}" fill="none" stroke="${a}" stroke-width="12"/>`,
      )
      .join(''),
  (a) =>
    [20, 50, 80].flatMap((x) => [20, 50, 80].map((y) => `<circle cx="${x}" cy="${y}" r="9" fill="${a}"/>`)).join(''),
  (a, b) => `<path d="M0 50A50 50 0 0 1 100 50Z" fill="${a}"/><path d="M0 50A50 50 0 0 0 100 50Z" fill="${b}"/>`,
]

type Motif = (a: string, b: string) => string

export const papercut: Scene = {
  name: 'papercut',
  titles: ['Canyon from above', 'Seven sheets', 'Depth chart', 'Paper lagoon'],
  prompt: 'layered paper cut, stacked sheets with soft shadows, organic contours, top view, studio light',
  draw({ width, height, size, random, noise, palette }) {
    const sheets = random.whole(6, 8)
    const colours = gradientTable(
      random.chance(0.5) ? ramp(palette) : [palette.accent, palette.mid, palette.deep],
      sheets,
    )
    const field = layered(noise, 2)
    const level = (x: number, y: number) => field(x * 1.9, y * 1.9) * 1.5 - 0.25
    const shadow = 0.018
    return {
      shapes: '',
      pixels: paint(width, height, size, (x, y) => {
        const here = level(x, y) * sheets
        const above = level(x - shadow, y - shadow * 1.4) * sheets
        const sheet = clamp(Math.floor(here), 0, sheets - 1)
        // Sheets lie deeper towards the last; one that is higher up to the left throws its shadow here.
        const dark = clamp((sheet - above) * 1.6, 0, 1) * 0.42
        const edge = clamp((here - sheet) * 9, 0, 1)
        const [r, g, b] = colours[sheet] ?? [0, 0, 0]
        const light = (1 - dark) * (1 + 0.1 * (1 - edge))
        return [r * light, g * light, b * light]
      }),
    }
  },
}

export const marble: Scene = {
  name: 'marble',
  titles: ['Ink in water', 'Agate', 'Endpaper', 'Slow pour'],
  prompt: 'marbled ink, swirling veins of colour, gold threads, macro, high detail, luxurious',
  draw({ width, height, size, random, noise, palette }) {
    const colours = gradientTable(
      [palette.deep, palette.dark, palette.mid, palette.bright, palette.pale, palette.mid, palette.deep],
      256,
    )
    const [goldR, goldG, goldB] = gradientTable([palette.pale, palette.accent], 3)[1] ?? [255, 220, 150]
    const swirl = random.between(1.6, 2.6)
    const fine = layered(noise, 3)
    return {
      shapes: '',
      pixels: paint(width, height, size, (x, y) => {
        const warpX = noise(x * 1.7 + 11, y * 1.7)
        const warpY = noise(x * 1.7, y * 1.7 + 47)
        const value = fine(x * 1.3 + swirl * warpX, y * 1.3 + swirl * warpY)
        const [r, g, b] = colours[clamp(Math.floor((value * 1.5 - 0.25) * 255), 0, 255)] ?? [0, 0, 0]
        const vein = Math.abs(((value * 9) % 1) - 0.5)
        const gold = vein < 0.06 ? (1 - vein / 0.06) * 0.8 : 0
        return [r + (goldR - r) * gold, g + (goldG - g) * gold, b + (goldB - b) * gold]
      }),
    }
  },
}

/** Paints at half size, which is as sharp as these soft scenes need; x and y are in units of the shorter side. */
function paint(
  width: number,
  height: number,
  size: number,
  colour: (x: number, y: number) => readonly [number, number, number],
): Pixels {
  const columns = Math.ceil(width / 2)
  const rows = Math.ceil(height / 2)
  const data = new Uint8Array(columns * rows * 3)
  for (let row = 0, offset = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, offset += 3) {
      const [r, g, b] = colour((column * 2) / size, (row * 2) / size)
      data[offset] = Math.min(255, r)
      data[offset + 1] = Math.min(255, g)
      data[offset + 2] = Math.min(255, b)
    }
  }
  return { width: columns, height: rows, data }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
