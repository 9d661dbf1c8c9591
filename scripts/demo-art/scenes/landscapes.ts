import { mix } from '../palette.ts'
import {
  type Canvas,
  circle,
  cover,
  n,
  polyline,
  radialGradient,
  type Scene,
  stars,
  verticalGradient,
} from '../scene.ts'

/** A sun or moon with its glow, at (x, y). */
function light({ palette, size }: Canvas, x: number, y: number, radius: number, glow: number): string {
  return [
    `<defs>${radialGradient('glow', [
      [0, palette.pale, 0.95],
      [0.12, palette.pale, 0.6],
      [0.35, palette.bright, 0.32],
      [1, palette.bright, 0],
    ])}</defs>`,
    circle(x, y, size * glow, 'fill="url(#glow)"'),
    circle(x, y, radius, `fill="${mix(palette.pale, '#ffffff', 0.35)}"`),
  ].join('')
}

/** Everything below a ridge line, from edge to edge; `body` and `rim` are attributes of the area and of its upper edge. */
function ground({ width, height }: Canvas, ridge: (x: number) => number, body: string, rim: string): string {
  const step = Math.max(3, width / 220)
  const line: [number, number][] = []
  for (let x = -step; x <= width + step; x += step) line.push([x, ridge(x)])
  const path = polyline(line)
  return `<path d="${path}L${width + step} ${height}L${-step} ${height}Z" ${body}/><path d="${path}" fill="none" ${rim}/>`
}

export const dunes: Scene = {
  name: 'dunes',
  titles: ['Sea of sand', 'Last light on the dunes', 'Quiet ridges', 'Before the wind'],
  prompt: 'endless dunes under a low sun, long soft ridges, haze between the layers, wide shot, calm, painterly',
  draw(canvas) {
    const { width, height, size, random, noise, palette } = canvas
    const horizon = height * random.between(0.42, 0.56)
    const sunX = width * random.between(0.25, 0.75)
    const sunY = horizon - size * random.between(0.06, 0.24)
    const haze = mix(palette.mid, palette.bright, 0.55)
    const layers = random.whole(5, 7)
    const shapes = [
      `<defs>${verticalGradient('sky', [
        [0, palette.deep],
        [0.45, palette.dark],
        [0.8, palette.mid],
        [1, haze],
      ])}</defs>`,
      `<rect width="${width}" height="${n(horizon + size * 0.1)}" fill="url(#sky)"/>`,
      light(canvas, sunX, sunY, size * random.between(0.035, 0.06), 0.75),
    ]
    for (let layer = 0; layer < layers; layer++) {
      const depth = layer / (layers - 1)
      const base = horizon + (height - horizon) * depth ** 1.35 * 0.86
      const tall = size * (0.05 + 0.16 * depth)
      const long = width * (0.28 + 0.34 * depth)
      const shift = random.between(0, 100)
      // Wind piles sand up slowly and lets it fall steeply, which makes sharp crests.
      const ridge = (x: number) => {
        const wave = x / long + shift + 0.35 * noise(x / long, layer * 9)
        return base - tall * (1 - Math.abs(Math.sin(wave * 1.7)) ** 0.8) - tall * 0.5 * noise(x / long, layer * 5.3)
      }
      const top = mix(haze, palette.dark, 0.15 + 0.85 * depth)
      const fill = `d${layer}`
      shapes.push(
        `<defs>${verticalGradient(fill, [
          [0, mix(top, palette.bright, 0.3 * (1 - depth))],
          [0.35, top],
          [1, mix(top, palette.deep, 0.35 + 0.6 * depth)],
        ])}</defs>`,
        ground(
          canvas,
          ridge,
          `fill="url(#${fill})"`,
          `stroke="${palette.pale}" stroke-opacity="0.14" stroke-width="${n(size / 500)}"`,
        ),
      )
    }
    return { shapes: shapes.join('') }
  },
}

export const peaks: Scene = {
  name: 'peaks',
  titles: ['Above the valley', 'Cold morning', 'The long ridge', 'First snow'],
  prompt: 'mountain range at blue hour, snow on the faces, thin mist in the valleys, stars, crisp air, matte painting',
  draw(canvas) {
    const { width, height, size, random, noise, palette } = canvas
    const shapes = [
      `<defs>${verticalGradient('sky', [
        [0, palette.deep],
        [0.5, palette.dark],
        [1, mix(palette.mid, palette.bright, 0.45)],
      ])}${verticalGradient('mist', [
        [0, palette.bright, 0],
        [1, palette.bright, 0.55],
      ])}</defs>`,
      cover(canvas, 'url(#sky)'),
      stars(canvas, height * 0.5, 120),
      light(canvas, width * random.between(0.15, 0.85), height * random.between(0.14, 0.28), size * 0.028, 0.42),
    ]
    const layers = 4
    for (let layer = 0; layer < layers; layer++) {
      const depth = layer / (layers - 1)
      const base = height * (0.52 + 0.38 * depth)
      const tall = size * (0.34 - 0.1 * depth)
      const rough = width / (2.2 + depth * 2)
      const crest = (x: number) => {
        let y = 0
        for (let octave = 0; octave < 5; octave++) {
          const fold = Math.abs(2 * noise((x / rough) * 2 ** octave + layer * 31, octave * 7.7 + layer) - 1)
          y += (1 - fold) * 0.5 ** octave
        }
        return base - tall * (y - 1)
      }
      const rock = mix(mix(palette.mid, palette.bright, 0.3), palette.deep, 0.35 + 0.65 * depth)
      shapes.push(ground(canvas, crest, `fill="${rock}"`, ''), faces(canvas, crest, tall, 1 - depth * 0.75))
      if (layer < layers - 1) {
        shapes.push(
          `<rect y="${n(base - tall * 0.25)}" width="${width}" height="${n(tall * 0.9)}" fill="url(#mist)" opacity="${n(0.9 - depth * 0.5)}"/>`,
        )
      }
    }
    return { shapes: shapes.join('') }
  },
}

/** Sunlit snow on the slopes that face left, as slivers hanging from the crest. */
function faces({ width, size, random, palette }: Canvas, crest: (x: number) => number, tall: number, strength: number) {
  const step = size / 90
  const slivers: string[] = []
  for (let x = 0; x < width; x += step) {
    const rise = crest(x) - crest(x + step)
    if (rise <= step * 0.12) continue
    const drop = tall * Math.min(0.5, (rise / step) * 0.22) * random.between(0.5, 1.1)
    slivers.push(
      polyline([
        [x, crest(x)],
        [x + step, crest(x + step)],
        [x + step * random.between(1.1, 1.7), crest(x + step) + drop],
        [x + step * 0.7, crest(x) + drop * 0.55],
      ]),
    )
  }
  return `<path d="${slivers.map((sliver) => `${sliver}Z`).join('')}" fill="${palette.pale}" opacity="${n(0.55 * strength)}"/>`
}

export const sea: Scene = {
  name: 'sea',
  titles: ['Glitter', 'Tide going out', 'Slow water', 'Moon road'],
  prompt: 'calm sea at night, a road of light on the water, low swell, fine haze on the horizon, minimal, cinematic',
  draw(canvas) {
    const { width, height, size, random, noise, palette } = canvas
    const horizon = height * random.between(0.36, 0.5)
    const moonX = width * random.between(0.3, 0.7)
    const shapes = [
      `<defs>${verticalGradient('sky', [
        [0, palette.deep],
        [0.55, palette.dark],
        [1, palette.bright],
      ])}${verticalGradient('water', [
        [0, mix(palette.bright, palette.mid, 0.35)],
        [0.2, palette.mid],
        [0.6, palette.dark],
        [1, palette.deep],
      ])}</defs>`,
      `<rect width="${width}" height="${n(horizon + 1)}" fill="url(#sky)"/>`,
      light(canvas, moonX, horizon - size * random.between(0.08, 0.22), size * random.between(0.04, 0.075), 0.6),
      `<rect y="${n(horizon)}" width="${width}" height="${n(height - horizon)}" fill="url(#water)"/>`,
    ]
    for (let band = 0; band < 16; band++) {
      const depth = ((band + 1) / 16) ** 1.8
      const base = horizon + (height - horizon) * depth
      const swell = size * (0.002 + 0.018 * depth)
      const wave = (x: number) =>
        base + swell * (Math.sin((x / size) * (14 - 9 * depth) + band * 2.1) + 1.4 * noise((x / size) * 6, band * 3.1))
      shapes.push(
        ground(
          canvas,
          wave,
          `fill="${palette.deep}" fill-opacity="0.1"`,
          `stroke="${palette.pale}" stroke-opacity="${n(0.22 - 0.13 * depth)}" stroke-width="${n(size * (0.0008 + 0.0018 * depth))}"`,
        ),
      )
    }
    const sparks = Array.from({ length: 420 }, () => {
      const depth = random.next() ** 1.5
      const y = horizon + (height - horizon) * depth + size * 0.004
      const spread = size * (0.03 + 0.3 * depth)
      const x = moonX + (random.next() + random.next() + random.next() - 1.5) * spread
      const half = size * (0.003 + 0.022 * depth) * random.between(0.4, 1)
      return `M${n(x - half)} ${n(y)}L${n(x + half)} ${n(y)}`
    })
    shapes.push(
      `<path d="${sparks.join('')}" stroke="${mix(palette.pale, '#ffffff', 0.4)}" stroke-opacity="0.75" stroke-width="${n(size / 330)}" stroke-linecap="round"/>`,
    )
    return { shapes: shapes.join('') }
  },
}

export const forest: Scene = {
  name: 'forest',
  titles: ['Fog in the pines', 'Where the path ends', 'Still air', 'Undergrowth'],
  prompt:
    'pine forest in morning fog, tall trunks in receding layers, light from behind, quiet, atmospheric perspective',
  draw(canvas) {
    const { width, height, size, random, noise, palette } = canvas
    const haze = mix(palette.bright, palette.pale, 0.5)
    const shapes = [
      `<defs>${verticalGradient('air', [
        [0, mix(haze, palette.mid, 0.55)],
        [0.55, haze],
        [1, mix(haze, palette.mid, 0.8)],
      ])}${verticalGradient('fog', [
        [0, haze, 0],
        [1, haze, 0.75],
      ])}</defs>`,
      cover(canvas, 'url(#air)'),
      light(canvas, width * random.between(0.3, 0.7), height * random.between(0.3, 0.45), size * 0.03, 0.85),
    ]
    const layers = 5
    for (let layer = 0; layer < layers; layer++) {
      const depth = layer / (layers - 1)
      const colour = mix(mix(haze, palette.mid, 0.55), palette.deep, depth ** 0.8)
      const floor = (x: number) => height * (0.7 + 0.24 * depth) - size * 0.1 * noise((x / size) * 2, layer * 4)
      const count = Math.round((width / size) * (24 - 19 * depth))
      const trees: string[] = []
      for (let tree = 0; tree < count; tree++) {
        const x = width * ((tree + random.between(0, 1)) / count)
        trees.push(pine(canvas, x, floor(x) + size * 0.05, size * (0.26 + 0.52 * depth) * random.between(0.65, 1.15)))
      }
      shapes.push(`<path d="${trees.join('')}" fill="${colour}"/>`, ground(canvas, floor, `fill="${colour}"`, ''))
      if (depth < 1) {
        shapes.push(
          `<rect y="${n(height * 0.45)}" width="${width}" height="${n(height * (0.42 + 0.2 * depth))}" fill="url(#fog)" opacity="${n(0.75 - 0.5 * depth)}"/>`,
        )
      }
    }
    return { shapes: shapes.join('') }
  },
}

/** Outline of a pine that stands at (x, y): tiers of drooping branches around a thin trunk. */
function pine({ random }: Canvas, x: number, y: number, tall: number): string {
  const tiers = 11
  const half = tall * random.between(0.11, 0.17)
  const left: [number, number][] = []
  const right: [number, number][] = []
  for (let tier = 1; tier <= tiers; tier++) {
    const down = y - tall * (1 - (tier / tiers) * 0.93)
    const reach = half * (tier / tiers) ** 0.85
    const inner = reach * 0.38
    left.push([x - reach * random.between(0.75, 1.2), down], [x - inner, down - tall * 0.022])
    right.push([x + reach * random.between(0.75, 1.2), down], [x + inner, down - tall * 0.022])
  }
  const trunk = tall * 0.012
  return `${polyline([[x, y - tall], ...right, [x + trunk, y - tall * 0.06], [x + trunk, y], [x - trunk, y], [x - trunk, y - tall * 0.06], ...left.reverse()])}Z`
}
