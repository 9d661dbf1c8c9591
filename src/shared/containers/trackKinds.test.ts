import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReadBytes } from './isoBoxes.ts'
import { isoTrackKinds, matroskaTrackKinds } from './trackKinds.ts'

function reader(bytes: Uint8Array): ReadBytes {
  return async (position, length) => bytes.subarray(position, position + length)
}

function box(type: string, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}

function track(handler: string): Buffer {
  return box(
    'trak',
    box('tkhd', Buffer.alloc(20)),
    box('mdia', box('hdlr', Buffer.alloc(8), Buffer.from(handler), Buffer.alloc(13))),
  )
}

const FILE_TYPE = box('ftyp', Buffer.from('isom'))

async function iso(...boxes: readonly Buffer[]) {
  const bytes = Buffer.concat([FILE_TYPE, ...boxes])
  return isoTrackKinds(reader(bytes), bytes.length)
}

/** An element with a length of four bytes. */
function element(id: string, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const length = Buffer.alloc(4)
  length.writeUInt32BE((0x10000000 | content.length) >>> 0)
  return Buffer.concat([Buffer.from(id, 'hex'), length, content])
}

const HEADER = element('1a45dfa3', Buffer.alloc(8))
const entry = (type: number) => element('ae', element('d7', Buffer.from([1])), element('83', Buffer.from([type])))

async function mkv(...parts: readonly Buffer[]) {
  const bytes = Buffer.concat([HEADER, ...parts])
  return matroskaTrackKinds(reader(bytes), bytes.length)
}

describe('what tracks a container has', () => {
  it('is told by the handlers of an MP4 file, wherever its index is', async () => {
    const moov = box('moov', box('mvhd', Buffer.alloc(20)), track('soun'))
    const media = box('mdat', Buffer.alloc(100))
    expect(await iso(moov, media)).toEqual({ video: false, audio: true })
    expect(await iso(media, moov)).toEqual({ video: false, audio: true })
    expect(await iso(box('moov', track('soun'), track('vide'), track('text')))).toEqual({ video: true, audio: true })
    expect(await iso(box('moov', track('text')))).toBeNull()
    expect(await iso(media)).toBeNull()
  })

  it('is told behind a box of more than 4 GB', async () => {
    const head = Buffer.alloc(16)
    head.writeUInt32BE(1)
    head.write('mdat', 4, 'latin1')
    head.writeBigUInt64BE(6_000_000_000n, 8)
    const moov = box('moov', track('vide'))
    const end = FILE_TYPE.length + 6_000_000_000
    const read: ReadBytes = async (position, length) => {
      if (position >= end) return moov.subarray(position - end, position - end + length)
      return Buffer.concat([FILE_TYPE, head]).subarray(position, position + length)
    }
    expect(await isoTrackKinds(read, end + moov.length)).toEqual({ video: true, audio: false })
  })

  it('is told by the track entries of a Matroska file', async () => {
    const info = element('1549a966', Buffer.alloc(30))
    expect(await mkv(element('18538067', info, element('1654ae6b', entry(2))))).toEqual({ video: false, audio: true })
    expect(await mkv(element('18538067', element('1654ae6b', entry(1), entry(2))))).toEqual({
      video: true,
      audio: true,
    })
    expect(await mkv(element('18538067', element('1f43b675', Buffer.alloc(9))))).toBeNull()
    expect(await mkv()).toBeNull()
  })

  it('is told where the length of the segment is unknown, as in a live recording', async () => {
    const tracks = element('1654ae6b', entry(2))
    expect(await mkv(Buffer.from('1853806701ffffffffffffff', 'hex'), tracks)).toEqual({ video: false, audio: true })
  })

  it('is looked for in any bytes without an end', async () => {
    const start = fc.constantFrom(FILE_TYPE, HEADER, Buffer.alloc(0))
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 300 }), async (head, noise) => {
        const bytes = Buffer.concat([head, noise])
        await isoTrackKinds(reader(bytes), bytes.length)
        await matroskaTrackKinds(reader(bytes), bytes.length)
      }),
      { numRuns: 300 },
    )
  })
})
