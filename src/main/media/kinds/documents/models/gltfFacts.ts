import type { Json } from '../../kindReader.ts'
import { boundedText, present } from '../boundedText.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * Names and counts of a glTF document. Null if it is none. Source: glTF 2.0 specification (Khronos), section 5.
 * @param json parsed
 */
export function gltfFacts(json: unknown): Record<string, Json> | null {
  const root = fieldsOf(json)
  const asset = fieldsOf(root?.asset)
  if (root === null || asset === null || typeof asset.version !== 'string') return null
  return present<Json>({
    version: boundedText(asset.version, 20),
    creator: text(asset.generator),
    copyright: text(asset.copyright),
    meshes: count(root.meshes),
    materials: count(root.materials),
    textures: count(root.textures),
    images: count(root.images),
    animations: count(root.animations),
    nodes: count(root.nodes),
    skins: count(root.skins),
    triangles: trianglesOf(root),
    extensions: extensionsOf(root.extensionsUsed),
  })
}

const TRIANGLES = 4

/** Triangles of all meshes, each counted once; null if the document does not say. */
function trianglesOf(root: Fields): number | null {
  const accessors = listOf(root.accessors)
  let total = 0
  for (const mesh of listOf(root.meshes)) {
    for (const part of listOf(fieldsOf(mesh)?.primitives)) {
      const primitive = fieldsOf(part)
      if (primitive === null || (primitive.mode ?? TRIANGLES) !== TRIANGLES) continue
      const index = primitive.indices ?? fieldsOf(primitive.attributes)?.POSITION
      const vertices = typeof index === 'number' ? fieldsOf(accessors[index])?.count : undefined
      if (typeof vertices === 'number' && vertices > 0 && Number.isFinite(vertices)) total += Math.floor(vertices / 3)
    }
  }
  return total > 0 && Number.isSafeInteger(total) ? total : null
}

function extensionsOf(value: unknown): string[] | null {
  const names = listOf(value)
    .slice(0, 40)
    .flatMap((name) => text(name) ?? [])
  return names.length > 0 ? names : null
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function count(value: unknown): number | null {
  return listOf(value).length || null
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? boundedText(value) : null
}
