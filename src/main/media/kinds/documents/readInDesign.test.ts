import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { TemporarySources } from './fixtures/temporarySource.ts'
import { readInDesign } from './readInDesign.ts'

const files = new TemporarySources()
afterAll(() => files.remove())
const read = (bytes: Buffer) => readInDesign(files.of(bytes, 'application/x-indesign'))

const SIGNATURE = Buffer.from('0606edf5d81d46e5bd31efe7fe74b71d', 'hex')

async function packet(width: number): Promise<string> {
  const jpeg = await sharp({ create: { width, height: 8, channels: 3, background: 'plum' } })
    .jpeg()
    .toBuffer()
  return (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><rdf:Description xmp:CreatorTool="Adobe InDesign 19.0">' +
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Menu &amp; map</rdf:li></rdf:Alt></dc:title>' +
    `<xmpTPg:NPages>12</xmpTPg:NPages><xmpGImg:image>${jpeg.toString('base64')}</xmpGImg:image></rdf:Description>`
  )
}

describe('an InDesign document', () => {
  it('shows the page of the packet that was saved last, however far into the file', async () => {
    const boundary = Buffer.alloc(4 * 1024 ** 2 - 20)
    const facts = await read(
      Buffer.concat([SIGNATURE, Buffer.from(await packet(10)), boundary, Buffer.from(await packet(31))]),
    )
    expect(facts).toMatchObject({ width: 31, height: 8, problem: null })
    expect(facts.metadata).toEqual({
      format: 'indd',
      title: 'Menu & map',
      creator: 'Adobe InDesign 19.0',
      pages: 12,
      size_of: 'preview',
    })
  })

  it('without a page preview says so, and how to have one', async () => {
    const { problem } = await read(Buffer.concat([SIGNATURE, Buffer.from('<?xpacket begin=""?><a/>')]))
    expect(problem).toEqual({ code: 'unsupported_type', message: expect.stringMatching(/Preview Images/) })
  })

  it('that is cut anywhere is read', async () => {
    const whole = Buffer.concat([SIGNATURE, Buffer.from(await packet(3))])
    for (let length = 0; length < whole.length; length += 5) {
      const { picture, problem } = await read(whole.subarray(0, length))
      expect(picture === null).toBe(problem !== null)
    }
  })
})
