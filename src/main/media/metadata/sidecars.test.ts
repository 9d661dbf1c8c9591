import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readSidecars } from './sidecars.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-sidecars-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('files beside another', () => {
  it('are XMP, and the texts of image generators with their bytes', async () => {
    const swarm = '{"sui_image_params":{"prompt":"a harbour"}}'
    const paths = [file('a.xmp', '<x:xmpmeta/>'), file('a.TXT', 'a harbour'), file('a.swarm.json', swarm)]
    expect(await readSidecars(paths)).toEqual({
      xmp: '<x:xmpmeta/>',
      texts: [
        { carrier: 'sidecar', key: 'txt', text: 'a harbour', bytes: Buffer.from('a harbour') },
        { carrier: 'sidecar', key: 'swarm.json', text: swarm, bytes: Buffer.from(swarm) },
      ],
    })
  })

  it.each([
    ['UTF-8', Buffer.from('<a>東京')],
    ['UTF-8 with a mark', Buffer.from('\uFEFF<a>東京')],
    ['UTF-16 with a mark', Buffer.from('\uFEFF<a>東京', 'utf16le')],
    ['big-endian UTF-16 with a mark', Buffer.from('\uFEFF<a>東京', 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from('<a>東京', 'utf16le')],
    ['big-endian UTF-16 without a mark', Buffer.from('<a>東京', 'utf16le').swap16()],
  ])('may be in %s', async (_, bytes) => {
    expect((await readSidecars([file('b.xmp', bytes)])).xmp).toBe('<a>東京')
  })

  it('are absent if they are gone, empty, too large, no files, or something else', async () => {
    mkdirSync(join(folder, 'folder.xmp'))
    const paths = [
      join(folder, 'gone.xmp'),
      join(folder, 'folder.xmp'),
      file('empty.txt', ''),
      file('large.txt', Buffer.alloc(1024 ** 2 + 1, 65)),
      file('other.json', '{}'),
    ]
    expect(await readSidecars(paths)).toEqual({ xmp: null, texts: [] })
  })

  it('are the first of each kind that can be read', async () => {
    const paths = [join(folder, 'gone.xmp'), file('c.jpg.xmp', '<first/>'), file('c.xmp', '<second/>')]
    expect((await readSidecars(paths)).xmp).toBe('<first/>')
  })
})
