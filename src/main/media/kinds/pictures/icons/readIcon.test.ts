import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { iconBitmap, iconFile } from '../../../../../../test/fixtures/pictures/bitmapFiles.ts'
import { quarterPixels } from '../../../../../../test/fixtures/pictures/quarters.ts'
import { fixtureReader, quartersOf } from '../../../../../../test/fixtures/pictures/readFixture.ts'
import { PixelLimitError } from '../../kindReader.ts'
import { readIcon } from './readIcon.ts'

const read = fixtureReader(readIcon, 'image/x-icon')
const png = (side: number) =>
  sharp(quarterPixels(side, side), { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer()
const element = (type: string, data: Buffer) => {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(data.length + 8, 4)
  return Buffer.concat([head, data])
}

describe('an icon', () => {
  it('shows its largest picture: a bitmap', async () => {
    const facts = await read(iconFile([iconBitmap(16, 16), iconBitmap(48, 48), iconBitmap(32, 32)]))
    expect([facts.width, facts.height, facts.problem]).toEqual([48, 48, null])
    expect(facts.metadata).toMatchObject({ format: 'ico', pages: 3 })
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('shows its largest picture: a PNG, whose side the directory can’t say', async () => {
    const facts = await read(iconFile([iconBitmap(48, 48), await png(512)]))
    expect([facts.width, facts.height]).toEqual([512, 512])
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('that is a cursor is drawn, too', async () => {
    const facts = await read(iconFile([iconBitmap(32, 32)], 2))
    expect([facts.metadata.format, await quartersOf(facts)]).toEqual(['cur', 'rgby'])
  })

  it('of macOS shows its largest picture', async () => {
    const body = Buffer.concat([
      element('ic11', await png(32)),
      element('ic09', await png(512)),
      element('info', Buffer.alloc(4)),
    ])
    const facts = await read(element('icns', body), { mimeType: 'image/icns' })
    expect([facts.metadata.format, facts.width, await quartersOf(facts)]).toEqual(['icns', 512, 'rgby'])
    const old = await read(element('icns', element('it32', Buffer.alloc(40))), { mimeType: 'image/icns' })
    expect(old.problem?.code).toBe('unsupported_type')
  })

  it('of a declared size over the limit is refused before anything is decoded', async () => {
    const bitmap = iconBitmap(16, 16)
    bitmap.writeInt32LE(65_500, 4)
    bitmap.writeInt32LE(131_000, 8)
    await expect(read(iconFile([bitmap]))).rejects.toThrow(new PixelLimitError(65_500, 65_500))
  })

  it('that is damaged is an answer, not an exception', async () => {
    const whole = iconFile([iconBitmap(16, 16), await png(32)])
    const change = fc.tuple(fc.nat(100), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.nat(whole.length), async (changes, length) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        for (const part of [bytes, bytes.subarray(0, length)]) {
          await expect(read(part, { limits: { pixels: 1e6 } }).catch(pixelLimit)).resolves.toBeDefined()
        }
      }),
      { numRuns: 60 },
    )
  })
})

function pixelLimit(error: unknown): string {
  if (error instanceof PixelLimitError) return 'too many pixels'
  throw error
}
