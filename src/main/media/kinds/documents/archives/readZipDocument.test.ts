import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import type { KindFacts } from '../../kindReader.ts'
import { makeZip, type ZipDraft } from '../fixtures/makeZip.ts'
import { TemporarySources } from '../fixtures/temporarySource.ts'
import { readBook, readComic, readIdml, readZipDocument } from './readZipDocument.ts'

const files = new TemporarySources()
afterAll(() => files.remove())

const picture = (width: number, format: 'png' | 'jpeg' | 'webp' = 'png') =>
  sharp({ create: { width, height: 10, channels: 3, background: 'teal' } })
    .toFormat(format)
    .toBuffer()
const read = (mimeType: string, zip: readonly ZipDraft[]) => readZipDocument(files.of(makeZip(zip), mimeType))

async function widthOf({ picture }: KindFacts): Promise<number | null> {
  if (picture === null) return null
  if (picture.kind !== 'encoded') throw new Error('decoded too early')
  return (await sharp(picture.input).metadata()).width
}

const MISSING = { picture: null, problem: { code: 'unsupported_type' } }

describe('a document in a zip file', () => {
  it('from Krita shows its merged picture and knows its canvas', async () => {
    const facts = await read('application/x-krita', [
      { name: 'mimetype', data: 'application/x-krita' },
      {
        name: 'maindoc.xml',
        data: '<DOC kritaVersion="5.2.2"><IMAGE name="Sea &amp; sky" width="4000" height=\'3000\' colorspacename="RGBA"><layers><layer/><layer name="a>b"/></layers></IMAGE></DOC>',
      },
      { name: 'preview.png', data: await picture(20) },
      { name: 'mergedimage.png', data: await picture(40) },
    ])
    expect([await widthOf(facts), facts.width, facts.height]).toEqual([40, 4000, 3000])
    expect(facts.metadata).toEqual({
      format: 'kra',
      title: 'Sea & sky',
      layers: 2,
      color_space: 'RGBA',
      editor: '5.2.2',
    })
  })

  it('from Krita without a merged picture shows the smaller one', async () => {
    const facts = await read('application/x-krita', [{ name: 'preview.png', data: await picture(20) }])
    expect([await widthOf(facts), facts.metadata.size_of]).toEqual([20, 'preview'])
  })

  it('of OpenRaster, Sketch, Procreate and Office shows the picture in its place', async () => {
    for (const [mimeType, name] of [
      ['image/openraster', 'Thumbnails/thumbnail.png'],
      ['application/x-sketch', 'previews/preview.png'],
      ['application/x-procreate', 'QuickLook/Thumbnail.png'],
      ['application/vnd.oasis.opendocument.text', 'Thumbnails/thumbnail.png'],
      ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'docProps/thumbnail.jpeg'],
    ] as const) {
      const facts = await read(mimeType, [{ name, data: await picture(30) }])
      expect([mimeType, await widthOf(facts), facts.width, facts.problem]).toEqual([mimeType, 30, 30, null])
    }
  })

  it('of 3MF shows the thumbnail that its relationships name', async () => {
    const facts = await read('model/3mf', [
      {
        name: '_rels/.rels',
        data: '<Relationships><Relationship Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail" Target="/Auxiliaries/plate.png"/></Relationships>',
      },
      { name: 'Auxiliaries/plate.png', data: await picture(50) },
    ])
    expect(await widthOf(facts)).toBe(50)
  })

  it('tells what its properties say', async () => {
    const sketch = await read('application/x-sketch', [
      {
        name: 'meta.json',
        data: JSON.stringify({
          app: 'com.bohemiancoding.sketch3',
          appVersion: '101',
          pagesAndArtboards: { a: { artboards: { x: {}, y: {} } }, b: {} },
        }),
      },
    ])
    expect(sketch.metadata).toEqual({
      format: 'sketch',
      creator: 'com.bohemiancoding.sketch3 101',
      pages: 2,
      artboards: 2,
    })
    const office = await read('application/vnd.openxmlformats-officedocument.wordprocessingml.document', [
      { name: 'docProps/core.xml', data: '<p><dc:title>Plan</dc:title><dc:creator>Jo</dc:creator></p>' },
      { name: 'docProps/app.xml', data: '<p><Pages>7</Pages><Words>x</Words></p>' },
    ])
    expect(office.metadata).toEqual({ format: 'docx', title: 'Plan', author: 'Jo', pages: 7 })
  })

  it('without a preview says so', async () => {
    const facts = await read('application/x-sketch', [{ name: 'document.json', data: '{}' }])
    expect(facts).toMatchObject(MISSING)
    expect(facts.problem?.message).toMatch(/Sketch document was saved without a preview/)
  })

  it('that is only an archive tells how many files are in it', async () => {
    const facts = await read('application/zip', [
      { name: 'a/', data: '' },
      { name: 'a/b.txt', data: 'b' },
    ])
    expect(facts).toMatchObject({ ...MISSING, metadata: { format: 'zip', files: 1 } })
  })

  it('shows the thumbnail of InDesign’s markup', async () => {
    const base64 = (await picture(60, 'jpeg')).toString('base64')
    const zip = makeZip([{ name: 'META-INF/metadata.xml', data: `<a xmpGImg:image="${base64}"/>` }])
    expect(await widthOf(await readIdml(files.of(zip)))).toBe(60)
  })
})

describe('a book', () => {
  const container = {
    name: 'META-INF/container.xml',
    data: '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
  }
  const book = (opf: string, more: readonly ZipDraft[]) =>
    readBook(files.of(makeZip([container, { name: 'OEBPS/book.opf', data: opf }, ...more])))

  it('shows the cover that its manifest names', async () => {
    const facts = await book(
      '<package><dc:title>Sea</dc:title><dc:creator>Jo</dc:creator><manifest>' +
        '<item id="i" href="../pictures/my%20cover.png" properties="svg cover-image"/></manifest><spine><itemref/></spine></package>',
      [{ name: 'pictures/my cover.png', data: await picture(45) }],
    )
    expect(await widthOf(facts)).toBe(45)
    expect(facts.metadata).toEqual({ format: 'epub', title: 'Sea', author: 'Jo', chapters: 1, size_of: 'preview' })
  })

  it('of the second edition names its cover in other ways', async () => {
    const cover = { name: 'OEBPS/c.jpg', data: await picture(46, 'jpeg') }
    const named = '<meta name="cover" content="c"/><item id="c" href="c.jpg"/>'
    expect(await widthOf(await book(named, [cover]))).toBe(46)
    const page = { name: 'OEBPS/text/cover.xhtml', data: '<svg><image xlink:href="../c.jpg"/></svg>' }
    expect(await widthOf(await book('<reference type="cover" href="text/cover.xhtml#a"/>', [page, cover]))).toBe(46)
  })

  it('without a cover says so', async () => {
    expect(await book('<package/>', [])).toMatchObject(MISSING)
    expect(await readBook(files.of(makeZip([])))).toMatchObject(MISSING)
  })
})

describe('a comic book', () => {
  it('shows its first page in the order that a person reads', async () => {
    const facts = await readComic(
      files.of(
        makeZip([
          { name: 'p10.png', data: await picture(10) },
          { name: '__MACOSX/p1.png', data: await picture(99) },
          { name: 'p2.png', data: await picture(22) },
          { name: 'ComicInfo.xml', data: '<ComicInfo><Series>Fog</Series><Number>3</Number></ComicInfo>' },
        ]),
      ),
    )
    expect(await widthOf(facts)).toBe(22)
    expect(facts.metadata).toMatchObject({ format: 'cbz', pages: 2, series: 'Fog', number: '3' })
  })

  it('is drawn page by page', async () => {
    const data = makeZip([
      { name: 'a/2.png', data: await picture(20) },
      { name: 'a/1.png', data: await picture(10) },
      { name: 'a/3.png', data: Buffer.from('no picture') },
    ])
    const page = async (number: number) => readComic({ ...files.of(data), page: number })
    expect(await widthOf(await page(0))).toBe(10)
    expect(await widthOf(await page(1))).toBe(20)
    for (const number of [2, 3]) {
      expect(await page(number)).toMatchObject({
        picture: null,
        problem: { message: expect.stringContaining(`Page ${number + 1}`) },
      })
    }
  })
})

describe('a zip file that nobody should have to unpack', () => {
  const name = 'QuickLook/Thumbnail.png'
  const procreate = (entries: readonly ZipDraft[]) => read('application/x-procreate', entries)

  it('may declare any size: what is unpacked stays below the limit', async () => {
    const bomb = Buffer.alloc(8 * 1024 ** 2)
    expect(await procreate([{ name, data: bomb, declaredSize: 0xfffffff0 }])).toMatchObject(MISSING)
    expect(await procreate([{ name, data: bomb, declaredSize: 100 }])).toMatchObject(MISSING)
  })

  it('may be encrypted', async () => {
    expect(await procreate([{ name, data: await picture(9), encrypted: true }])).toMatchObject(MISSING)
  })

  it('may call a drawing that loads other files a PNG', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'
    expect(await procreate([{ name, data: svg }])).toMatchObject(MISSING)
  })

  it('may be no zip file at all', async () => {
    for (const bytes of ['', 'PK', 'PK\x05\x06', 'x'.repeat(100_000)]) {
      const facts = await readZipDocument(files.of(bytes, 'application/x-krita'))
      expect(facts).toMatchObject({ picture: null, problem: { code: 'decode_failed' } })
    }
  })

  it('is read whatever is wrong with it', async () => {
    const whole = makeZip([
      { name: 'maindoc.xml', data: '<IMAGE width="3" height="4"/>' },
      { name: 'mergedimage.png', data: await picture(8) },
    ])
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
        async (cut, changes) => {
          const wrong = Buffer.from(whole)
          for (const [index, value] of changes) wrong[index] = value
          const part = changes.length === 0 ? wrong.subarray(0, cut) : wrong
          const { picture, problem } = await readZipDocument(files.of(part, 'application/x-krita'))
          expect(picture === null).toBe(problem !== null)
        },
      ),
      { numRuns: 200 },
    )
  })
})
