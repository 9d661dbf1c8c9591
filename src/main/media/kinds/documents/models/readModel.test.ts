import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { KindReader } from '../../kindReader.ts'
import { TemporarySources } from '../fixtures/temporarySource.ts'
import { readFbx, readGltf, readObj, readPly, readStl } from './readModel.ts'

const files = new TemporarySources()
afterAll(() => files.remove())

const GLTF = {
  asset: { version: '2.0', generator: 'Pen\n3D' },
  meshes: [
    {
      primitives: [
        { indices: 0, attributes: {} },
        { mode: 1, indices: 0 },
      ],
    },
    { primitives: [{ attributes: { POSITION: 1 } }] },
  ],
  accessors: [{ count: 36 }, { count: 9 }],
  materials: [{}, {}, {}],
  animations: [{}],
  extensionsUsed: ['KHR_draco_mesh_compression', 7],
}

function glb(json: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(json))
  const head = Buffer.alloc(20)
  head.write('glTF')
  head.writeUInt32LE(2, 4)
  head.writeUInt32LE(text.length, 12)
  head.write('JSON', 16)
  return Buffer.concat([head, text, Buffer.alloc(40)])
}

function stl(triangles: number): Buffer {
  const bytes = Buffer.alloc(84 + triangles * 50)
  bytes.write('solid although binary')
  bytes.writeUInt32LE(triangles, 80)
  return bytes
}

async function factsOf(read: KindReader, bytes: Uint8Array | string, mimeType = '') {
  const { metadata, problem, picture } = await read(files.of(bytes, mimeType))
  expect([picture, problem?.code]).toEqual([null, 'unsupported_type'])
  return metadata
}

describe('a model', () => {
  it('in glTF tells its names and counts, in either form', async () => {
    const expected = {
      version: '2.0',
      creator: 'Pen 3D',
      meshes: 2,
      materials: 3,
      animations: 1,
      triangles: 15,
      extensions: ['KHR_draco_mesh_compression'],
    }
    expect(await factsOf(readGltf, JSON.stringify(GLTF), 'model/gltf+json')).toEqual({ format: 'gltf', ...expected })
    expect(await factsOf(readGltf, glb(GLTF), 'model/gltf-binary')).toEqual({ format: 'glb', ...expected })
  })

  it('in other formats tells what is cheap to count', async () => {
    expect(await factsOf(readStl, stl(3))).toEqual({
      format: 'stl',
      encoding: 'binary',
      triangles: 3,
      title: 'solid although binary',
    })
    expect(await factsOf(readStl, 'solid cup\nfacet\nendfacet\nfacet\nendfacet\nendsolid')).toMatchObject({
      title: 'cup',
      triangles: 2,
    })
    expect(
      await factsOf(readObj, `o cup\nv 1 2 3\nv 1 2 4\nvn 0 0 1\n# v 1\nf 1 2 3\n${'f 1 2 3\n'.repeat(20_000)}f 1`),
    ).toEqual({
      format: 'obj',
      vertices: 2,
      faces: 20_002,
      objects: 1,
    })
    const ply = 'ply\nformat ascii 1.0\nelement vertex 8\nelement face 6\nend_header\n'
    expect(await factsOf(readPly, ply)).toMatchObject({ vertices: 8, faces: 6 })
    const fbx = Buffer.from('Kaydara FBX Binary  \0\x1a\0\xe8\x1c\0\0', 'latin1')
    expect(await factsOf(readFbx, fbx)).toMatchObject({ version: '7.4' })
  })

  it('says why there is no picture of it', async () => {
    const { problem } = await readStl(files.of(stl(1)))
    expect(problem?.message).toMatch(/keeps this STL model safely/)
  })

  it('that is damaged is told as damaged', async () => {
    for (const [read, bytes] of [
      [readGltf, '{"asset":'],
      [readGltf, '{"asset":{"version":2}}'],
      [readStl, 'nothing'],
      [readPly, 'plyers'],
      [readFbx, 'FBX'],
    ] as const) {
      expect((await read(files.of(bytes, 'model/gltf+json'))).problem?.code).toBe('decode_failed')
    }
    const long = glb(GLTF)
    long.writeUInt32LE(0xffffffff, 12)
    expect((await readGltf(files.of(long, 'model/gltf-binary'))).problem?.code).toBe('unsupported_type')
  })

  it('is read whatever it contains', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((json) => Buffer.from(`{"asset":{"version":"2"},"meshes":[${json}],"accessors":${json}}`)),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(readGltf, readObj, readStl, readPly, readFbx), bytes, async (read, made) => {
        const facts = await read(files.of(made, 'model/gltf+json'))
        expect(facts.picture).toBeNull()
        expect(facts.problem).not.toBeNull()
      }),
      { numRuns: 200 },
    )
  })
})
