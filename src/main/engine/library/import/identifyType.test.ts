import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HEAD_BYTES, identifyType } from './identifyType.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-identify-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function identify(bytes: Buffer | string, name: string): Promise<string> {
  const content = Buffer.from(bytes)
  const path = join(folder, 'file')
  await writeFile(path, content)
  const { mimeType, extension, assetType } = await identifyType(
    content.subarray(0, HEAD_BYTES),
    content.length,
    path,
    name,
  )
  return `${assetType} ${mimeType} ${extension}`.trim()
}

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex')
const PNG = Buffer.from(
  '89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082',
  'hex',
)

function isoMedia(brand: string, handler?: string): Buffer {
  const type = isoBox('ftyp', `${brand}\0\0\0\0${brand}mp42`)
  if (handler === undefined) return type
  const tracks = isoBox('moov', isoBox('trak', isoBox('mdia', isoBox('hdlr', `\0\0\0\0\0\0\0\0${handler}`))))
  // Where cameras write it: behind the pictures and samples, past the start that decides for other types.
  return Buffer.concat([type, isoBox('mdat', Buffer.alloc(HEAD_BYTES)), tracks])
}

function isoBox(type: string, content: Buffer | string): Buffer {
  const body = typeof content === 'string' ? Buffer.from(content, 'latin1') : content
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

/** A Matroska file with one track: 1 for pictures, 2 for sound. */
function matroskaMedia(docType: string, track: number): Buffer {
  const name = Buffer.from(docType, 'latin1')
  const header = Buffer.concat([Buffer.from([0x42, 0x82, 0x80 + name.length]), name])
  const tracks = Buffer.from([0x16, 0x54, 0xae, 0x6b, 0x85, 0xae, 0x83, 0x83, 0x81, track])
  return Buffer.concat([
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80 + header.length]),
    header,
    Buffer.from([0x18, 0x53, 0x80, 0x67, 0x80 + tracks.length]),
    tracks,
  ])
}

function riff(form: string): Buffer {
  return Buffer.from(`RIFF\x20\0\0\0${form}${form === 'WEBP' ? 'VP8 ' : 'LIST'}\x10\0\0\0`, 'latin1')
}

/** Packets of an MPEG transport stream; camcorders put a time of four bytes before each. */
function transportStream(packetBytes: 188 | 192): Buffer {
  const packet = Buffer.alloc(packetBytes)
  packet[packetBytes - 188] = 0x47
  return Buffer.concat(Array.from({ length: 10 }, () => packet))
}

describe('what a file is', () => {
  it.each([
    ['holiday.jpg', JPEG, 'image image/jpeg jpg'],
    ['holiday.JPEG', JPEG, 'image image/jpeg jpeg'],
    ['lies.png', JPEG, 'image image/jpeg jpg'],
    ['no-extension', JPEG, 'image image/jpeg jpg'],
    ['raw.nef', JPEG, 'image image/jpeg jpg'],
    ['picture.png', PNG, 'image image/png png'],
    ['clip.mp4', isoMedia('isom'), 'video video/mp4 mp4'],
    ['clip.mov', isoMedia('isom'), 'video video/mp4 mov'],
    ['clip.exe', isoMedia('isom'), 'video video/mp4 mp4'],
    ['film.mp4', isoMedia('isom', 'vide'), 'video video/mp4 mp4'],
    ['song.mp4', isoMedia('isom', 'soun'), 'audio audio/mp4 mp4'],
    ['song', isoMedia('isom', 'soun'), 'audio audio/mp4 m4a'],
    ['memo.mov', isoMedia('qt  ', 'soun'), 'audio audio/mp4 mov'],
    ['memo.3gp', isoMedia('3gp5', 'soun'), 'audio audio/3gpp 3gp'],
    ['film.mkv', matroskaMedia('matroska', 1), 'video video/matroska mkv'],
    ['song.mkv', matroskaMedia('matroska', 2), 'audio audio/matroska mkv'],
    ['song', matroskaMedia('matroska', 2), 'audio audio/matroska mka'],
    ['film.mkv', matroskaMedia('webm', 1), 'video video/webm webm'],
    ['song.weba', matroskaMedia('webm', 2), 'audio audio/webm weba'],
    ['00001.MTS', transportStream(192), 'video video/mp2t mts'],
    ['recording.ts', transportStream(188), 'video video/mp2t ts'],
    ['program.ts', 'export const answer: number = 42\n', 'document text/x-typescript ts'],
    ['film.avi', riff('AVI '), 'video video/vnd.avi avi'],
    ['sound.wav', riff('WAVE'), 'audio audio/wav wav'],
    ['picture.webp', riff('WEBP'), 'image image/webp webp'],
    ['photo.heic', isoMedia('heic'), 'image image/heic heic'],
    ['photo.avif', isoMedia('avif'), 'image image/avif avif'],
    ['photo.jp2', Buffer.from('0000000c6a5020200d0a870a00000014667479706a703220', 'hex'), 'image image/jp2 jp2'],
    ['book.pdf', '%PDF-1.7\n%âãÏÓ\n', 'document application/pdf pdf'],
    ['logo.ai', '%PDF-1.5\n', 'image application/illustrator ai'],
    ['old-logo.ai', '%!PS-Adobe-3.0 EPSF-3.0\n', 'image application/illustrator ai'],
    ['figure.eps', '%!PS-Adobe-3.0 EPSF-3.0\n', 'image application/postscript eps'],
    ['icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image image/svg+xml svg'],
    [
      'icon.xml',
      '<?xml version="1.0"?>\n<!-- a comment -->\n<!DOCTYPE svg [ <!ENTITY a "b"> ]>\n<svg:svg/>',
      'image image/svg+xml svg',
    ],
    ['icon.svgz', gzipSync('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image image/svg+xml svgz'],
    ['data.xml', '<?xml version="1.0"?><data/>', 'document application/xml xml'],
    ['scene.gltf', '{ "asset": { "version": "2.0" }, "scenes": [] }', 'model model/gltf+json gltf'],
    ['workflow.json', '{"1": {"class_type": "KSampler"}}', 'document application/json json'],
    ['list.txt', '[1, 2, 3]', 'document application/json json'],
    ['readme.md', '# A title\n\nText.', 'document text/markdown md'],
    ['prompt.txt', 'a castle, at night', 'document text/plain txt'],
    ['notes', 'just a note', 'document text/plain txt'],
    ['notes.txt', 'BMW is a maker of cars', 'document text/plain txt'],
    ['latin.txt', Buffer.from('Gr\xfc\xdfe aus K\xf6ln, sch\xf6nes Wetter heute', 'latin1'), 'document text/plain txt'],
    ['utf16.txt', Buffer.from('\ufeffhello', 'utf16le'), 'document text/plain txt'],
    ['page.html', '<!doctype html><html></html>', 'document text/html html'],
    ['shader.glsl', 'void main() {}', 'document text/x-source-code glsl'],
    ['palette.xmp', '<?xml version="1.0"?><x:xmpmeta/>', 'document application/xml xmp'],
    ['scene.dae', '<?xml version="1.0"?><COLLADA/>', 'model model/vnd.collada+xml dae'],
    ['lies.mp4', '<?xml version="1.0"?><data/>', 'document application/xml xml'],
    ['notebook.ipynb', '{"cells": []}', 'document application/json ipynb'],
    ['utf16.bin', Buffer.from('fffe410000004200', 'hex'), 'other application/octet-stream bin'],
    ['scene.blend', Buffer.from('28b52ffd0458', 'hex'), 'model application/x-blender blend'],
    ['scene.zst', Buffer.from('28b52ffd0458', 'hex'), 'other application/zstd zst'],
    ['poster.afpub', Buffer.from([0, 255, 75, 65, 0]), 'document application/x-affinity-publisher afpub'],
    ['part.stl', Buffer.alloc(134), 'model model/stl stl'],
    ['mesh.obj', 'v 0 0 0\nv 1 0 0\nf 1 2 3\n', 'model model/obj obj'],
    ['font.otf', Buffer.from('4f54544f000b00800003003043464620', 'hex'), 'font font/otf otf'],
    ['font.woff2', Buffer.from('774f46320001000000000000', 'hex'), 'font font/woff2 woff2'],
    ['song.flac', Buffer.from('664c614300000022', 'hex'), 'audio audio/flac flac'],
    ['unknown.dat', Buffer.from([0, 1, 2, 3, 200, 201, 0, 0]), 'other application/octet-stream dat'],
    ['unknown', Buffer.from([0, 1, 2, 3, 200, 201, 0, 0]), 'other application/octet-stream'],
    ['strange.ex tension', Buffer.from([0, 1, 2, 3]), 'other application/octet-stream'],
  ])('%s', async (name, bytes, expected) => {
    expect(await identify(bytes, name)).toBe(expected)
  })

  it('reads past the head where the start says nothing', async () => {
    const tag = Buffer.alloc(HEAD_BYTES * 2)
    tag.write('ID3')
    tag[3] = 4
    // The size of an ID3 tag is 28 bits in four bytes of seven.
    const size = tag.length - 10
    tag.set([(size >> 21) & 127, (size >> 14) & 127, (size >> 7) & 127, size & 127], 6)
    const frame = Buffer.alloc(1024)
    frame.set([0xff, 0xfb, 0x90, 0x00])
    expect(await identify(Buffer.concat([tag, frame]), 'song.mp3')).toBe('audio audio/mpeg mp3')
  })

  it('has an answer for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 512 }), fc.string({ maxLength: 20 }), async (bytes, name) => {
        expect(await identify(Buffer.from(bytes), name)).toMatch(
          /^(image|video|audio|document|model|font|other) \S+\/.+/,
        )
      }),
      { numRuns: 300 },
    )
  })
})
