import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MediaTaskMessage } from '../../shared/contract/mediaWire.ts'
import { sha256Schema } from '../../shared/domain/ids.ts'
import { makePdf } from './kinds/documents/fixtures/makePdf.ts'
import { readLimits } from './limits.ts'
import { lookClosely } from './lookClosely.ts'

const sha256 = sha256Schema.parse('ab'.repeat(32))
const limits = readLimits({})
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-look-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Asks for a closer look at a file with these bytes. */
function look(bytes: Buffer | string, mimeType: string, wanted: MediaTaskMessage['wanted'], side = 2048) {
  const path = join(folder, 'original')
  writeFileSync(path, bytes)
  return lookClosely(
    { path, sha256, mimeType, thumbnailFolder: join(folder, 'drawn'), sizes: [side], sidecars: [], wanted },
    limits,
  )
}
const drawing = (page = 0, format: 'webp' | 'png' = 'webp') => ({ kind: 'drawing', page, format }) as const
const drawn = (side: number, format: string) => join(folder, 'drawn', `${sha256}-${side}.${format}`)

describe('a page that somebody looks at', () => {
  const red = '1 0 0 rg 0 0 400 400 re f'
  const pdf = makePdf({ pages: [{}, { box: '0 0 100 200', content: red }] })

  it('is drawn at the side wanted', async () => {
    expect(await look(pdf, 'application/pdf', drawing(1))).toMatchObject({ ok: true })
    const { data, info } = await sharp(readFileSync(drawn(2048, 'webp')))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([1024, 2048])
    // Close to red: WebP is not exact.
    expect([data[0], data[1], data[2]].map((value) => Math.round((value ?? 0) / 32))).toEqual([8, 0, 0])
  })

  it('that the document does not have is an answer', async () => {
    expect(await look(pdf, 'application/pdf', drawing(2))).toMatchObject({ ok: false, message: /no page 3/ })
  })
})

describe('a picture that Chromium can not draw', () => {
  it('is drawn with all of its pixels, and never enlarged', async () => {
    const tiff = await sharp({ create: { width: 900, height: 300, channels: 3, background: '#3366cc' } })
      .tiff()
      .toBuffer()
    expect(await look(tiff, 'image/tiff', drawing(0, 'png'), 8192)).toMatchObject({ ok: true })
    const { width, height, format } = await sharp(readFileSync(drawn(8192, 'png'))).metadata()
    expect([width, height, format]).toEqual([900, 300, 'png'])
  })

  it('is refused when it is damaged, and leaves nothing behind', async () => {
    rmSync(join(folder, 'drawn'), { recursive: true, force: true })
    expect(await look('II*\0nonsense', 'image/tiff', drawing())).toMatchObject({ ok: false, code: 'decode_failed' })
    expect(existsSync(drawn(2048, 'webp'))).toBe(false)
  })
})

describe('a text that somebody reads', () => {
  it('comes without what can not be shown', async () => {
    const outcome = await look('# Größe\r\n\u0000\u001bsmall\ttext', 'text/markdown', { kind: 'text' })
    expect(outcome).toMatchObject({
      ok: true,
      facts: { metadata: { text: '# Größe\r\nsmall\ttext', truncated: false } },
    })
  })

  it('comes without its form when it is RTF', async () => {
    const outcome = await look('{\\rtf1\\ansi {\\b Plain} text}', 'application/rtf', { kind: 'text' })
    expect(outcome).toMatchObject({ facts: { metadata: { text: expect.stringContaining('Plain text') } } })
  })

  it('ends where nobody reads on', async () => {
    const outcome = await look('word '.repeat(300_000), 'text/plain', { kind: 'text' })
    expect(outcome).toMatchObject({ facts: { metadata: { truncated: true } } })
  })

  it('that is not there says so', async () => {
    const task = {
      path: join(folder, 'gone'),
      sha256,
      mimeType: 'text/plain',
      thumbnailFolder: folder,
      sizes: [],
      sidecars: [],
    }
    expect(await lookClosely({ ...task, wanted: { kind: 'text' } }, limits)).toMatchObject({ code: 'file_vanished' })
  })
})
