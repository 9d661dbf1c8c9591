import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import type { RenderTaskMessage } from '../../../shared/contract/mediaWire.ts'
import { readLimits } from '../limits.ts'
import { renderPicture } from './renderPicture.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-render-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const limits = readLimits({})

const blue = { r: 20, g: 40, b: 200 }
const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: blue } })

let made = 0
function file(extension: string, bytes: Uint8Array | string): string {
  const path = join(folder, `in-${++made}.${extension}`)
  writeFileSync(path, bytes)
  return path
}

function task(path: string, mimeType: string, changed: Partial<RenderTaskMessage> = {}): RenderTaskMessage {
  const outputs = [{ path: join(folder, `out-${++made}`), width: null, height: null }]
  return { path, mimeType, format: 'jpeg', quality: 85, keepMetadata: false, side: 400, outputs, ...changed }
}

const first = (made: RenderTaskMessage): string => made.outputs[0]?.path ?? ''

describe('files made of a picture', () => {
  it('stand upright and are fitted into their box, and none is enlarged', async () => {
    const sideways = file('jpg', await picture(400, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer())
    const outputs = [100, 150, 4000].map((width) => ({ path: join(folder, `w${width}.webp`), width, height: null }))
    const outcome = await renderPicture(task(sideways, 'image/jpeg', { format: 'webp', outputs }), limits)
    expect(outcome).toMatchObject({
      ok: true,
      rendered: [
        { width: 100, height: 200 },
        { width: 150, height: 300 },
        { width: 200, height: 400 },
      ],
    })
    for (const { path } of outputs) expect((await sharp(path).metadata()).format).toBe('webp')
  })

  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('can be %s', async (format) => {
    const made = task(file('png', await picture(60, 40).png().toBuffer()), 'image/png', { format })
    expect(await renderPicture(made, limits)).toMatchObject({ ok: true, rendered: [{ width: 60, height: 40 }] })
    const { format: written, compression } = await sharp(first(made)).metadata()
    expect([written, compression]).toEqual(format === 'avif' ? ['heif', 'av1'] : [format, undefined])
  })

  it('say nothing of place, camera or colours of a screen unless they are to', async () => {
    const told = await picture(50, 50)
      .withExif({
        IFD0: { Make: 'Camera', Copyright: 'Mai' },
        IFD3: { GPSLatitude: '52/1 30/1 0/1', GPSLatitudeRef: 'N' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>secret</note></x:xmpmeta>')
      .jpeg()
      .toBuffer()
    const path = file('jpg', told)
    const [stripped, kept] = [task(path, 'image/jpeg'), task(path, 'image/jpeg', { keepMetadata: true })]
    await renderPicture(stripped, limits)
    await renderPicture(kept, limits)
    const without = await sharp(first(stripped)).metadata()
    expect([without.exif, without.xmp, without.iptc]).toEqual([undefined, undefined, undefined])
    const { exif, xmp, orientation } = await sharp(first(kept)).metadata()
    expect(exif?.toString('latin1')).toContain('Camera')
    expect(xmp?.toString('utf8')).toContain('secret')
    expect(orientation ?? 1).toBe(1)
  })

  it('of what shines through are on white paper where the format knows no transparency', async () => {
    const clear = await sharp({ create: { width: 8, height: 8, channels: 4, background: { ...blue, alpha: 0 } } })
      .png()
      .toBuffer()
    const made = task(file('png', clear), 'image/png')
    await renderPicture(made, limits)
    expect([...(await sharp(first(made)).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255])
  })

  it('of a drawing are as large as was asked for', async () => {
    const svg = file(
      'svg',
      '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><rect width="10" height="5" fill="red"/></svg>',
    )
    const outputs = [{ path: join(folder, 'drawn.png'), width: 300, height: null }]
    const outcome = await renderPicture(task(svg, 'image/svg+xml', { format: 'png', side: 300, outputs }), limits)
    expect(outcome).toMatchObject({ ok: true, rendered: [{ width: 300, height: 150 }] })
  })
})

describe('what can’t be made', () => {
  it('of a damaged picture is refused, and nothing is left', async () => {
    const whole = await picture(400, 400).jpeg().toBuffer()
    const made = task(file('jpg', whole.subarray(0, whole.length / 2)), 'image/jpeg')
    expect(await renderPicture(made, limits)).toMatchObject({ ok: false, code: 'decode_failed' })
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    expect(existsSync(first(made))).toBe(false)
  })

  it('of a file that is no picture is refused', async () => {
    const sound = file('wav', 'RIFF')
    expect(await renderPicture(task(sound, 'audio/wav'), limits)).toMatchObject({ ok: false })
    expect(await renderPicture(task(file('bin', 'x'), 'application/x-nothing'), limits)).toMatchObject({
      ok: false,
      code: 'unsupported_type',
    })
  })

  it('where there is no folder, or of a file that is gone, is said', async () => {
    const path = file('png', await picture(5, 5).png().toBuffer())
    const outputs = [{ path: join(folder, 'no such folder', 'x.jpg'), width: null, height: null }]
    expect(await renderPicture(task(path, 'image/png', { outputs }), limits)).toMatchObject({
      ok: false,
      code: 'io_error',
    })
    expect(await renderPicture(task(join(folder, 'gone.png'), 'image/png'), limits)).toMatchObject({
      ok: false,
      code: 'file_vanished',
    })
  })

  it('with more pixels than the limit is refused before anything is decoded', async () => {
    const path = file('png', await picture(100, 100).png().toBuffer())
    expect(await renderPicture(task(path, 'image/png'), { ...limits, pixels: 1_000 })).toMatchObject({
      ok: false,
      code: 'pixel_limit',
    })
  })
})
