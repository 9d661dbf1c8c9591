import { createReadStream } from 'node:fs'
import type { KindFacts, KindReader, MediaSource } from '../../kindReader.ts'
import { damaged, withoutPreview } from '../documentFacts.ts'
import { readSlice } from '../readSlice.ts'
import { gltfFacts } from './gltfFacts.ts'
import { fbxFacts, type MeshFacts, ObjCounter, plyFacts, stlFacts } from './meshFacts.ts'

/** A glTF document is parsed as one tree; buffers are beside it or after it. */
const JSON_LIMIT = 64 * 1024 ** 2
/** What is counted through line by line. */
const COUNTED = 256 * 1024 ** 2
const START = 1024 ** 2

/** Reads glTF, as text or in a binary container: names and counts. There is no picture of a model. */
export const readGltf: KindReader = async (source) => {
  const isBinary = source.mimeType === 'model/gltf-binary'
  const format = isBinary ? 'glb' : 'gltf'
  const part = isBinary ? jsonChunk(await readSlice(source.path, 0, 20)) : { offset: 0, length: source.size }
  if (part === null) return broken(format)
  if (part.length > JSON_LIMIT) return noPreview({ format }, 'glTF model')
  const facts = gltfFacts(jsonOf(await readSlice(source.path, part.offset, Math.min(part.length, source.size))))
  return facts === null ? broken(format) : noPreview({ format, ...facts }, 'glTF model')
}

/** Reads a Wavefront file: vertices and faces. */
export const readObj: KindReader = async (source) => {
  const counter = new ObjCounter()
  const whole = source.size <= COUNTED
  if (whole) for await (const chunk of createReadStream(source.path, 'latin1')) counter.add(String(chunk))
  counter.add('\n')
  return noPreview({ format: 'obj', ...(whole ? counter.facts : {}) }, 'OBJ model')
}

/** Reads a stereolithography file: triangles. */
export const readStl = startReader('stl', 'STL model', stlFacts)
/** Reads a polygon file: vertices and faces. */
export const readPly = startReader('ply', 'PLY model', plyFacts)
/** Reads an Autodesk FBX file: its version. */
export const readFbx = startReader('fbx', 'FBX model', fbxFacts)

function startReader(
  format: string,
  called: string,
  factsOf: (start: Buffer, size: number) => MeshFacts | null,
): KindReader {
  return async (source: MediaSource) => {
    const facts = factsOf(await readSlice(source.path, 0, START), source.size)
    return facts === null ? broken(format) : noPreview({ format, ...facts }, called)
  }
}

/** The first chunk of a GLB file. Source: glTF 2.0 specification, section 4.4. */
function jsonChunk(head: Buffer): { offset: number; length: number } | null {
  if (head.length < 20 || head.toString('latin1', 0, 4) !== 'glTF' || head.toString('latin1', 16, 20) !== 'JSON')
    return null
  return { offset: 20, length: head.readUInt32LE(12) }
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''))
  } catch {
    // Damaged or cut off: the caller says so.
    return null
  }
}

function noPreview(metadata: KindFacts['metadata'], called: string): KindFacts {
  return withoutPreview(
    metadata,
    `Vitrine keeps this ${called} safely, but doesn’t draw 3D models yet. Open it in your 3D program to see it.`,
  )
}

function broken(format: string): KindFacts {
  return damaged(
    { format },
    `This ${format.toUpperCase()} file is damaged or incomplete. The original is kept as it is.`,
  )
}
