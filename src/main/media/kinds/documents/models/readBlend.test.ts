import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { TemporarySources } from '../fixtures/temporarySource.ts'
import { readBlend } from './readBlend.ts'

const files = new TemporarySources()
afterAll(() => files.remove())
const read = (bytes: Uint8Array) => readBlend(files.of(bytes, 'application/x-blender'))

/** Two pixels on top of each other: white is stored first, as the lower one. */
const PIXELS = [255, 255, 255, 255, 1, 2, 3, 4]

function thumbnail(write: (buffer: Buffer, value: number, at: number) => void): Buffer {
  const data = Buffer.alloc(8)
  write(data, 1, 0)
  write(data, 2, 4)
  return Buffer.concat([data, Buffer.from(PIXELS)])
}

/** A Blender file before 5.0. */
function blend(header: string, wide: boolean, bigEndian = false): Buffer {
  const write = (buffer: Buffer, value: number, at: number) =>
    bigEndian ? buffer.writeInt32BE(value, at) : buffer.writeInt32LE(value, at)
  const block = (code: string, data: Buffer) => {
    const head = Buffer.alloc(wide ? 24 : 20)
    head.write(code, 'latin1')
    write(head, data.length, 4)
    return Buffer.concat([head, data])
  }
  return Buffer.concat([Buffer.from(header), block('REND', Buffer.alloc(72)), block('TEST', thumbnail(write))])
}

/** A Blender file of 5.0. */
function blend5(): Buffer {
  const block = (code: string, data: Buffer) => {
    const head = Buffer.alloc(32)
    head.write(code, 'latin1')
    head.writeBigInt64LE(BigInt(data.length), 16)
    return Buffer.concat([head, data])
  }
  const test = thumbnail((buffer, value, at) => buffer.writeInt32LE(value, at))
  return Buffer.concat([Buffer.from('BLENDER17-01v0500'), block('REND', Buffer.alloc(72)), block('TEST', test)])
}

describe('a Blender file', () => {
  it('shows the thumbnail it was saved with, whichever version and machine wrote it', async () => {
    for (const [bytes, version] of [
      [blend('BLENDER-v402', true), '4.2'],
      [blend('BLENDER_v248', false), '2.48'],
      [blend('BLENDER_V250', false, true), '2.50'],
      [blend5(), '5.0'],
      [gzipSync(blend('BLENDER-v293', true)), '2.93'],
      [zstdCompressSync(blend('BLENDER-v405', true)), '4.5'],
    ] as const) {
      const facts = await read(bytes)
      expect(facts.metadata.creator).toBe(`Blender ${version}`)
      expect(facts.picture).toMatchObject({ width: 1, height: 2, channels: 4 })
      expect(facts.picture?.kind === 'pixels' && [...facts.picture.data]).toEqual([1, 2, 3, 4, 255, 255, 255, 255])
    }
  })

  it('without a thumbnail says so', async () => {
    const { problem } = await read(Buffer.concat([Buffer.from('BLENDER-v402'), Buffer.alloc(200)]))
    expect(problem).toEqual({ code: 'unsupported_type', message: expect.stringMatching(/without a preview/) })
  })

  it('is read whatever is wrong with it', async () => {
    const whole = blend('BLENDER-v402', true)
    for (let length = 0; length < whole.length; length++) {
      expect((await read(whole.subarray(0, length))).problem).not.toBeNull()
    }
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.boolean(), async (changes, zipped) => {
        const wrong = zipped ? zstdCompressSync(whole) : Buffer.from(whole)
        for (const [index, value] of changes) wrong[index % wrong.length] = value
        const { picture, problem } = await read(wrong)
        expect(picture === null).toBe(problem !== null)
      }),
      { numRuns: 150 },
    )
  })
})
