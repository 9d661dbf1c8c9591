import type { Json } from '../../kindReader.ts'
import { boundedText, present } from '../boundedText.ts'

/** What a mesh file's start says, and whether its numbers are of the whole file. */
export type MeshFacts = Readonly<Record<string, Json>>

/**
 * A stereolithography file, binary or text. Null if it is neither, or shorter than it says.
 * Source: StL format as "The STL Format" (Marshall Burns, Automated Fabrication) describes it.
 * @param start the first bytes
 * @param size of the file
 */
export function stlFacts(start: Buffer, size: number): MeshFacts | null {
  // A binary header may begin with `solid` as well; only its length tells.
  const triangles = start.length >= 84 ? start.readUInt32LE(80) : 0
  if (start.length >= 84 && size === 84 + triangles * 50) {
    return present<Json>({ encoding: 'binary', triangles, title: boundedText(start.toString('latin1', 0, 80), 80) })
  }
  const text = start.toString('latin1')
  const name = /^\s*solid\b[ \t]*([^\r\n]{0,200})/.exec(text)?.[1]
  if (name === undefined) return null
  const counted = size <= start.length
  const facets = text.match(/\bendfacet\b/g)?.length ?? 0
  return present<Json>({ encoding: 'text', title: boundedText(name), triangles: counted ? facets : null })
}

/** A polygon file. Null if it is none. Source: "The PLY Polygon File Format" (Greg Turk, 1994). */
export function plyFacts(start: Buffer): MeshFacts | null {
  const header = start.toString('latin1', 0, 16_384).split(/\r?\n/)
  if (header[0] !== 'ply') return null
  const [, encoding] = /^format (ascii|binary_little_endian|binary_big_endian) /.exec(header[1] ?? '') ?? []
  const element = (name: string) => {
    const number = Number(header.find((line) => line.startsWith(`element ${name} `))?.slice(9 + name.length))
    return Number.isSafeInteger(number) && number >= 0 ? number : null
  }
  return present<Json>({ encoding: encoding ?? null, vertices: element('vertex'), faces: element('face') })
}

/** An Autodesk FBX file: its version. Null if it is none. Source: the header as Blender's documentation has it. */
export function fbxFacts(start: Buffer): MeshFacts | null {
  if (start.length >= 27 && start.toString('latin1', 0, 21) === 'Kaydara FBX Binary  \0') {
    const version = start.readUInt32LE(23)
    return { encoding: 'binary', version: `${Math.floor(version / 1000)}.${Math.floor((version % 1000) / 100)}` }
  }
  return /^; FBX (\d+\.\d+)/.test(start.toString('latin1', 0, 40)) ? { encoding: 'text' } : null
}

/**
 * Counts what is on the lines of a Wavefront file, in chunks. Source: "Object Files (.obj)", Wavefront Advanced Visualizer
 * manual, appendix B1.
 */
export class ObjCounter {
  readonly #counts = { vertices: 0, faces: 0, objects: 0 }
  #start = ''

  add(chunk: string): void {
    const text = this.#start + chunk
    const end = text.lastIndexOf('\n')
    for (const [keyword] of text.slice(0, end + 1).matchAll(/^[ \t]*(?:v|f|o|g)(?=[ \t])/gm)) {
      const letter = keyword.trim()
      if (letter === 'v') this.#counts.vertices++
      else if (letter === 'f') this.#counts.faces++
      else if (letter === 'o') this.#counts.objects++
    }
    // What a line begins with is enough to count it.
    this.#start = text.slice(end + 1).slice(0, 200)
  }

  get facts(): MeshFacts {
    const { vertices, faces, objects } = this.#counts
    return { vertices, faces, ...(objects > 0 ? { objects } : {}) }
  }
}
