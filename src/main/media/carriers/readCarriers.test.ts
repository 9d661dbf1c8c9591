import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bufferSource, fileSource, partOf } from './byteSource.ts'
import { makePng, pngChunk } from './fixtures/makePng.ts'
import { readCarriers } from './readCarriers.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-carriers-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('reading the carriers of a file', () => {
  const many = Array.from({ length: 300 }, () => pngChunk('IDAT', Buffer.alloc(8192)))
  const png = makePng([pngChunk('tEXt', 'before\0one'), ...many], [pngChunk('tEXt', `after\0${'x'.repeat(70_000)}`)])

  it('finds what stands before and behind megabytes of pixels, and closes the file', async () => {
    const path = join(folder, 'a.png')
    writeFileSync(path, png)
    const open = openFiles()
    const { texts } = await readCarriers(path, 'image/png', png.length)
    expect(texts.map(({ key, text }) => [key, text.length])).toEqual([
      ['before', 3],
      ['after', 70_000],
    ])
    expect(openFiles()).toBe(open)
  })

  it('reads a file that has become shorter as far as it goes', async () => {
    const path = join(folder, 'short.png')
    writeFileSync(path, png.subarray(0, 1000))
    const { texts } = await readCarriers(path, 'image/png', png.length)
    expect(texts.map(({ key }) => key)).toEqual(['before'])
  })

  it('finds nothing in what is no file of a known kind', async () => {
    const path = join(folder, 'text')
    for (const content of ['', 'x', 'some text']) {
      writeFileSync(path, content)
      const { texts, exif, xmp, iptc, credentials } = await readCarriers(path, 'text/plain', content.length)
      expect([texts, exif, xmp, iptc, credentials]).toEqual([[], null, [], null, null])
    }
  })

  it('throws what the file system says', async () => {
    await expect(readCarriers(join(folder, 'none'), 'image/png', 1)).rejects.toMatchObject({ code: 'ENOENT' })
    mkdirSync(join(folder, 'folder'))
    await expect(readCarriers(join(folder, 'folder'), 'image/png', 100)).rejects.toMatchObject({
      syscall: expect.any(String),
    })
  })
})

describe('the bytes of an open file', () => {
  it('are those of the file, whatever is asked for in which order', () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 2654435761) >>> 24))
    const path = join(folder, 'bytes')
    writeFileSync(path, bytes)
    const descriptor = openSync(path, 'r')
    const length = fc.oneof(fc.nat(40), fc.nat(100_000))
    const request = fc.record({ at: fc.nat(210_000), length })
    try {
      fc.assert(
        fc.property(fc.array(request, { maxLength: 30 }), (requests) => {
          const file = fileSource(descriptor, bytes.length)
          const memory = bufferSource(bytes)
          const read = requests.map((one) => file.read(one.at, one.length))
          const wanted = requests.map((one) => memory.read(one.at, one.length))
          expect(read.every((found, index) => found?.toString('hex') === wanted[index]?.toString('hex'))).toBe(true)
        }),
        { numRuns: 100 },
      )
    } finally {
      closeSync(descriptor)
    }
  })

  it.each([
    [-1, 1],
    [0, -1],
    [0, 11],
    [10, 1],
    [Number.NaN, 1],
    [0, Number.NaN],
    [Number.POSITIVE_INFINITY, 1],
    [2 ** 60, 2 ** 60],
  ])('are none at %d for %d', (at, length) => {
    const source = bufferSource(Buffer.alloc(10))
    expect(source.read(at, length)).toBeNull()
    expect(partOf(source, 0, 10).read(at, length)).toBeNull()
  })
})

/** Of this process, where the system tells; 0 elsewhere. */
function openFiles(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
}
