import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { encodeFrame, frameReader, MalformedFrameError } from './frames.ts'

describe('frames on a socket', () => {
  test('messages come out as they went in, however the stream is cut', () => {
    const message = fc.record({
      id: fc.integer(),
      text: fc.string({ unit: 'grapheme' }),
      rows: fc.int32Array(),
      nothing: fc.constant(undefined),
    })
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 50 })), (messages, cuts) => {
        const read = frameReader()
        let stream = Buffer.concat(messages.map((each) => encodeFrame(each)))
        const received: unknown[] = []
        for (const cut of cuts) {
          received.push(...read(stream.subarray(0, cut)))
          stream = stream.subarray(cut)
        }
        received.push(...read(stream))
        expect(received).toEqual(messages)
      }),
    )
  })

  test('a vector of a million rows crosses as typed arrays', () => {
    const rowIds = Int32Array.from({ length: 1_000_000 }, (_, i) => i)
    const [message] = frameReader()(encodeFrame({ rowIds, aspects: new Float32Array(1_000_000) }))
    expect(message).toMatchObject({ rowIds: expect.any(Int32Array), aspects: expect.any(Float32Array) })
    expect((message as { rowIds: Int32Array }).rowIds.at(-1)).toBe(999_999)
  })

  test('a frame that says it is too long is refused before it is read', () => {
    const header = Buffer.alloc(4)
    header.writeUInt32BE(0xffff_ffff)
    expect(() => frameReader()(header)).toThrow(MalformedFrameError)
  })

  test('bytes that are no message of ours are refused', () => {
    expect(() => frameReader()(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toThrow(MalformedFrameError)
    const garbage = Buffer.concat([Buffer.from([0, 0, 0, 4]), Buffer.from([0xff, 0x0f, 0x7f, 0x00])])
    expect(() => frameReader()(garbage)).toThrow(MalformedFrameError)
  })

  test('what is too large or no data can not be sent, and says so', () => {
    expect(() => encodeFrame('x'.repeat(100), 50)).toThrow(VitrineError)
    expect(() => encodeFrame({ run: () => {} })).toThrow(VitrineError)
  })
})
