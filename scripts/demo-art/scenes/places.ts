import { mix } from '../palette.ts'
import { type Canvas, circle, cover, n, radialGradient, type Scene, stars, verticalGradient } from '../scene.ts'

export const harbour: Scene = {
  name: 'harbour',
  titles: ['Harbour at dusk', 'The last ferry', 'Lamps on the quay', 'Across the water'],
  prompt:
    'quiet harbour city at dusk, warm windows, long reflections on calm water, low haze, wide shot, muted teal and amber',
  draw(canvas) {
    const { width, height, size, random, palette } = canvas
    const shore = height * random.between(0.66, 0.74)
    const glowX = width * random.between(0.2, 0.8)
    const skyline = [
      row(canvas, shore, 0.34, mix(palette.mid, palette.dark, 0.35), 0.25),
      row(canvas, shore, 0.3, mix(palette.dark, palette.deep, 0.35), 0.55),
      row(canvas, shore, 0.2, palette.deep, 0.8),
    ].join('')
    const ripples = Array.from({ length: 70 }, () => {
      const depth = random.next() ** 1.3
      const y = shore + (height - shore) * depth
      const half = width * random.between(0.01, 0.07) * (0.4 + depth)
      const x = random.between(0, width)
      return `<path d="M${n(x - half)} ${n(y)}h${n(half * 2)}" stroke="${random.pick([palette.bright, palette.deep, palette.pale])}" stroke-opacity="${n(random.between(0.1, 0.3))}" stroke-width="${n(size * (0.001 + 0.003 * depth))}"/>`
    }).join('')
    const shapes = `<defs>${verticalGradient('sky', [
      [0, palette.deep],
      [0.4, palette.dark],
      [0.75, palette.mid],
      [1, palette.bright],
    ])}${radialGradient('dusk', [
      [0, palette.pale, 0.85],
      [0.3, palette.bright, 0.5],
      [1, palette.bright, 0],
    ])}${verticalGradient('water', [
      [0, palette.deep, 0.2],
      [1, palette.deep, 0.9],
    ])}</defs>
    <g id="above"><rect width="${width}" height="${n(shore)}" fill="url(#sky)"/>
    ${stars(canvas, height * 0.3, 40)}
    <ellipse cx="${n(glowX)}" cy="${n(shore)}" rx="${n(size * 0.75)}" ry="${n(size * 0.42)}" fill="url(#dusk)"/>${skyline}</g>
    <use href="#above" transform="translate(0 ${n(shore * 1.62)}) scale(1 -0.62)" opacity="0.85"/>
    <rect y="${n(shore)}" width="${width}" height="${n(height - shore)}" fill="url(#water)"/>${ripples}`
    return { shapes }
  },
}

/** A row of houses up to `tall` (share of the height) above the shore; `lit` is how likely a window shines. */
function row({ width, height, size, random, palette }: Canvas, shore: number, tall: number, wall: string, lit: number) {
  const houses: string[] = []
  const windows: string[] = []
  const pitch = size / 46
  for (let x = -size * 0.02; x < width; ) {
    const floors = Math.round((height * tall * (0.25 + 0.75 * random.next() ** 1.4)) / pitch)
    const bays = random.whole(3, 7)
    const wide = bays * pitch
    const top = shore - floors * pitch - pitch * 0.5
    houses.push(`M${n(x)} ${n(shore)}V${n(top)}${roof(random.whole(0, 4), wide, pitch)}V${n(shore)}Z`)
    for (let floor = 0; floor < floors; floor++) {
      for (let bay = 0; bay < bays; bay++) {
        if (!random.chance(lit * 0.55)) continue
        windows.push(
          `M${n(x + (bay + 0.28) * pitch)} ${n(top + (floor + 0.75) * pitch)}h${n(pitch * 0.42)}v${n(pitch * 0.5)}h${n(-pitch * 0.42)}z`,
        )
      }
    }
    x += wide + (random.chance(0.25) ? pitch * random.between(0.3, 1.4) : 0)
  }
  const glow = mix(palette.bright, palette.pale, 0.55)
  return `<path d="${houses.join('')}" fill="${wall}"/><path d="${windows.join('')}" fill="${glow}" opacity="${n(0.35 + lit * 0.7)}"/>`
}

/** The way from a house's upper left corner to its upper right one. */
function roof(kind: number, wide: number, pitch: number): string {
  if (kind === 0) return `l${n(wide / 2)} ${n(-pitch * 1.6)}l${n(wide / 2)} ${n(pitch * 1.6)}`
  if (kind === 1) return `h${n(wide * 0.3)}v${n(-pitch)}h${n(wide * 0.35)}v${n(pitch)}h${n(wide * 0.35)}`
  if (kind === 2) {
    const mast = pitch * 0.14
    return `h${n(wide * 0.6)}v${n(-pitch * 2.6)}h${n(mast)}v${n(pitch * 2.6)}h${n(wide * 0.4 - mast)}`
  }
  return `h${n(wide)}`
}

export const blocks: Scene = {
  name: 'blocks',
  titles: ['Corner of Fifth', 'New quarter', 'Model town', 'Long afternoon'],
  prompt: 'city blocks in flat colour, bold facades with rows of windows, low sun, graphic poster, strong shadows',
  draw(canvas) {
    const { width, height, size, random, palette } = canvas
    const colours = [palette.deep, palette.dark, palette.mid, palette.bright, palette.pale, palette.accent] as const
    const count = Math.max(4, Math.round((width / size) * random.whole(4, 6)))
    const wide = width / count
    const shapes = [
      `<defs>${verticalGradient('sky', [
        [0, palette.dark],
        [0.6, palette.mid],
        [1, palette.bright],
      ])}</defs>`,
      cover(canvas, 'url(#sky)'),
      circle(
        width * random.between(0.15, 0.85),
        height * random.between(0.18, 0.4),
        size * 0.09,
        `fill="${palette.pale}" opacity="0.9"`,
      ),
    ]
    for (let index = 0; index < count; index++) {
      const wall = random.pick(colours)
      const glass = random.pick(colours.filter((colour) => colour !== wall) as [string, ...string[]])
      const tall = height * random.between(0.28, 0.86)
      const x = index * wide
      const top = height - tall
      shapes.push(
        `<rect x="${n(x)}" y="${n(top)}" width="${n(wide + 1)}" height="${n(tall)}" fill="${wall}"/>`,
        facade(canvas, x, top, wide, tall, glass),
        // The low sun leaves the right side of each house in its own shade.
        `<rect x="${n(x + wide * 0.78)}" y="${n(top)}" width="${n(wide * 0.22 + 1)}" height="${n(tall)}" fill="${palette.deep}" opacity="0.22"/>`,
      )
    }
    return { shapes: shapes.join('') }
  },
}

function facade({ random }: Canvas, x: number, top: number, wide: number, tall: number, glass: string): string {
  const bays = random.whole(2, 4)
  const pitch = (wide * 0.78) / (bays + 0.4)
  const kind = random.whole(0, 2)
  const panes: string[] = []
  for (let y = top + pitch * 0.45; y < top + tall; y += pitch * 1.15) {
    for (let bay = 0; bay < bays; bay++) {
      const left = x + pitch * (bay + 0.4)
      const half = pitch * 0.3
      if (kind === 0) panes.push(`M${n(left)} ${n(y)}h${n(half * 2)}v${n(pitch * 0.7)}h${n(-half * 2)}z`)
      else if (kind === 1)
        panes.push(
          `M${n(left)} ${n(y + pitch * 0.7)}v${n(-pitch * 0.4)}a${n(half)} ${n(half)} 0 0 1 ${n(half * 2)} 0v${n(pitch * 0.4)}z`,
        )
      else if (bay === 0)
        panes.push(`M${n(left)} ${n(y)}h${n(pitch * (bays - 0.4))}v${n(pitch * 0.42)}h${n(-pitch * (bays - 0.4))}z`)
    }
  }
  return `<path d="${panes.join('')}" fill="${glass}" opacity="0.85"/>`
}

export const planet: Scene = {
  name: 'planet',
  titles: ['Transit', 'Ringed', 'Far side', 'Approach'],
  prompt:
    'giant banded planet with thin rings over a field of stars, rim light, deep space, serene, science fiction cover',
  draw(canvas) {
    const { width, height, size, random, noise, palette } = canvas
    const x = width * random.between(0.32, 0.68)
    const y = height * random.between(0.42, 0.62)
    const radius = size * random.between(0.24, 0.34)
    const tilt = random.between(-28, 28)
    const bands = Array.from({ length: 26 }, (_, band) => {
      const colour = mix(
        random.pick([palette.mid, palette.bright, palette.pale]),
        palette.dark,
        random.between(0, 0.55),
      )
      const top = y - radius + (radius * 2 * band) / 26
      const bow = radius * 0.12
      return `<path d="M${n(x - radius)} ${n(top)}q${n(radius)} ${n(bow)} ${n(radius * 2)} 0v${n(radius * 0.13)}h${n(-radius * 2)}z" fill="${colour}" opacity="${n(0.35 + 0.5 * noise(band * 0.7, 2))}"/>`
    }).join('')
    const ring = (scale: number, thick: number, colour: string, opacity: number) =>
      `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(radius * scale)}" ry="${n(radius * scale * 0.24)}" fill="none" stroke="${colour}" stroke-width="${n(radius * thick)}" stroke-opacity="${opacity}"/>`
    const rings =
      ring(1.75, 0.2, palette.bright, 0.45) + ring(1.98, 0.07, palette.pale, 0.5) + ring(1.5, 0.05, palette.accent, 0.5)
    const turned = `transform="rotate(${n(tilt)} ${n(x)} ${n(y)})"`
    const shapes = `<defs>${verticalGradient('space', [
      [0, mix(palette.deep, '#000000', 0.6)],
      [1, palette.deep],
    ])}${radialGradient('halo', [
      [0.5, palette.mid, 0.6],
      [1, palette.mid, 0],
    ])}<radialGradient id="shade" cx="0.3" cy="0.28" r="0.85"><stop offset="0" stop-color="${palette.pale}" stop-opacity="0.35"/><stop offset="0.45" stop-color="${palette.deep}" stop-opacity="0.05"/><stop offset="1" stop-color="#000" stop-opacity="0.9"/></radialGradient>
    <clipPath id="disc"><circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}"/></clipPath>
    <clipPath id="front"><rect x="${n(x - width * 2)}" y="${n(y)}" width="${width * 4}" height="${height * 2}"/></clipPath></defs>
    ${cover(canvas, 'url(#space)')}${stars(canvas, height, 320)}
    ${circle(x, y, radius * 1.7, 'fill="url(#halo)"')}
    <g ${turned}>${rings}</g>
    <g clip-path="url(#disc)">${circle(x, y, radius, `fill="${palette.mid}"`)}<g ${turned}>${bands}</g>${circle(x, y, radius, 'fill="url(#shade)"')}</g>
    <g ${turned}><g clip-path="url(#front)">${rings}</g></g>
    ${circle(x + radius * 1.9, y - radius * 1.15, radius * 0.09, `fill="${palette.pale}"`)}`
    return { shapes }
  },
}
