import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { withFontBudget } from '../fonts/fontkitBudget.ts'
import { openFont } from '../fonts/openFont.ts'
import { type Face, faceOf, type Outline } from './face.ts'

const require = createRequire(import.meta.url)

/** Files of a typeface that is shipped with the app, and the characters that each of them is for. */
interface Subset {
  readonly name: string
  readonly ranges: readonly (readonly [first: number, last: number])[]
}

/** In the order in which they are tried; a character that two of them have comes from the first. */
const SUBSETS: readonly Subset[] = [
  {
    name: 'latin',
    ranges: [
      [0x20, 0xff],
      [0x131, 0x153],
      [0x2bb, 0x2dc],
      [0x2000, 0x206f],
      [0x20ac, 0x20ac],
      [0x2122, 0x2215],
      [0xfeff, 0xfffd],
    ],
  },
  {
    name: 'cyrillic',
    ranges: [
      [0x301, 0x301],
      [0x400, 0x45f],
      [0x490, 0x491],
      [0x4b0, 0x4b1],
      [0x2116, 0x2116],
    ],
  },
  { name: 'greek', ranges: [[0x370, 0x3ff]] },
  {
    name: 'latin-ext',
    ranges: [
      [0x100, 0x2ff],
      [0x1d00, 0x1dbf],
      [0x1e00, 0x1eff],
      [0x2010, 0x214f],
      [0x2c60, 0xa7ff],
    ],
  },
  {
    name: 'cyrillic-ext',
    ranges: [
      [0x460, 0x52f],
      [0x1c80, 0x1c88],
      [0x2de0, 0x2dff],
      [0xa640, 0xa69f],
    ],
  },
  {
    name: 'vietnamese',
    ranges: [
      [0x102, 0x1b0],
      [0x300, 0x329],
      [0x1ea0, 0x1ef9],
      [0x20ab, 0x20ab],
    ],
  },
]

/** Inter, the typeface of the window. */
export const textFace = shipped('inter', () => require.resolve('@fontsource-variable/inter/package.json'), 2048)
/** JetBrains Mono, for code and tables. */
export const monoFace = shipped(
  'jetbrains-mono',
  () => require.resolve('@fontsource-variable/jetbrains-mono/package.json'),
  1000,
)

/**
 * A typeface whose files are read when the first character of theirs is wanted.
 * @param manifest finds a file of its package
 */
function shipped(family: string, manifest: () => string, unitsPerEm: number): Face {
  const faces = new Map<string, Face>()
  const faceFor = (name: string): Face => {
    let face = faces.get(name)
    if (face === undefined) {
      const file = join(dirname(manifest()), 'files', `${family}-${name}-wght-normal.woff2`)
      const opened = openFont(readFileSync(file))
      if (opened === null) throw new Error(`${file} can't be read`)
      face = faceOf(opened.font)
      faces.set(name, face)
    }
    return face
  }
  return {
    unitsPerEm,
    outline(codePoint): Outline | null {
      for (const { name, ranges } of SUBSETS) {
        if (!ranges.some(([first, last]) => codePoint >= first && codePoint <= last)) continue
        // What a hostile font has used up must not be missing here.
        const outline = withFontBudget(() => faceFor(name).outline(codePoint))
        if (outline !== null) return outline
      }
      return null
    },
  }
}
