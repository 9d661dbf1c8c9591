import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { xmpProperties } from './xmpProperties.ts'

const DC = 'http://purl.org/dc/elements/1.1/'
const EXIF = 'http://ns.adobe.com/exif/1.0/'
const XMP = 'http://ns.adobe.com/xap/1.0/'

function packet(body: string, attributes = ''): string {
  return (
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Test">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description rdf:about="" xmlns:dc="${DC}" xmlns:exif="${EXIF}" xmlns:xmp="${XMP}" ${attributes}>${body}` +
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
  )
}

describe('the properties of an XMP packet', () => {
  it('stand in attributes or in elements', () => {
    expect(
      xmpProperties(packet('<exif:UserComment>a comment</exif:UserComment>', 'xmp:CreatorTool="Draw &amp; Co"')),
    ).toEqual([
      { namespace: XMP, name: 'CreatorTool', values: ['Draw & Co'] },
      { namespace: EXIF, name: 'UserComment', values: ['a comment'] },
    ])
  })

  it('have the items of arrays as values, the default language first', () => {
    const alternatives =
      '<dc:description><rdf:Alt><rdf:li xml:lang="de">Katze</rdf:li><rdf:li xml:lang="x-default">cat</rdf:li></rdf:Alt></dc:description>'
    const bag = '<dc:subject>\n <rdf:Bag>\n  <rdf:li>one</rdf:li>\n  <rdf:li>two</rdf:li>\n </rdf:Bag>\n</dc:subject>'
    expect(xmpProperties(packet(alternatives + bag))).toEqual([
      { namespace: DC, name: 'description', values: ['cat', 'Katze'] },
      { namespace: DC, name: 'subject', values: ['one', 'two'] },
    ])
  })

  it('have the fields of structures beside them, in every way to write one', () => {
    const fields = [
      '<exif:Flash rdf:parseType="Resource"><exif:Fired>True</exif:Fired></exif:Flash>',
      '<exif:Flash exif:Fired="False"/>',
      '<exif:Flash><rdf:Description exif:Mode="2"><exif:Return>0</exif:Return></rdf:Description></exif:Flash>',
      '<exif:History><rdf:Seq><rdf:li exif:Agent="A"/><rdf:li rdf:parseType="Resource"><exif:Agent>B</exif:Agent></rdf:li></rdf:Seq></exif:History>',
    ]
    expect(xmpProperties(packet(fields.join(''))).map(({ name, values }) => [name, ...values])).toEqual([
      ['Fired', 'True'],
      ['Fired', 'False'],
      ['Mode', '2'],
      ['Return', '0'],
      ['Agent', 'A'],
      ['Agent', 'B'],
    ])
  })

  it('have their value under qualifiers and behind a resource', () => {
    const qualified = '<dc:source rdf:parseType="Resource"><rdf:value>here</rdf:value><xmp:Q>sure</xmp:Q></dc:source>'
    expect(xmpProperties(packet(`${qualified}<dc:relation rdf:resource="http://a.example/b"/>`))).toEqual([
      { namespace: XMP, name: 'Q', values: ['sure'] },
      { namespace: DC, name: 'source', values: ['here'] },
      { namespace: DC, name: 'relation', values: ['http://a.example/b'] },
    ])
  })

  it('have entities, character references and CDATA replaced, and nothing else', () => {
    const text = '&lt;a&gt; &quot;&apos;&#65;&#x1F600;&nope;&#0;<![CDATA[{"a":"<&amp;>"}]]>'
    expect(xmpProperties(packet(`<dc:format>${text}</dc:format>`))[0]?.values).toEqual([
      '<a> "\'A😀&nope;&#0;{"a":"<&amp;>"}',
    ])
  })

  it('belong to the namespace that is declared, and to the usual one of a prefix that is not', () => {
    const other = '<p:UserComment xmlns:p="http://ns.adobe.com/exif/1.0/">x</p:UserComment>'
    expect(xmpProperties(packet(`${other}<tiff:Make>M</tiff:Make><who:knows>it</who:knows>`))).toEqual([
      { namespace: EXIF, name: 'UserComment', values: ['x'] },
      { namespace: 'http://ns.adobe.com/tiff/1.0/', name: 'Make', values: ['M'] },
      { namespace: '', name: 'knows', values: ['it'] },
    ])
  })

  it('are read without a wrapper', () => {
    expect(xmpProperties('<rdf:Description dc:format="image/png"/>')).toEqual([
      { namespace: DC, name: 'format', values: ['image/png'] },
    ])
  })

  it('lose only what is cut off', () => {
    const whole = packet('<dc:format>image/png</dc:format><dc:title>never finished</dc:title>')
    const cut = whole.slice(0, whole.indexOf('finished'))
    expect(xmpProperties(cut)).toEqual([{ namespace: DC, name: 'format', values: ['image/png'] }])
  })
})

describe('a hostile packet', () => {
  it('has no entities of its own making', () => {
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>' +
      packet('<dc:format>&b;&c;</dc:format>')
    expect(xmpProperties(bomb)[0]?.values).toEqual(['&b;&c;'])
  })

  it.each([
    ['elements nested without end', '<a:b>'.repeat(200_000)],
    ['structures nested without end', packet('<dc:a rdf:parseType="Resource">'.repeat(100_000))],
    ['openings that never close', '<'.repeat(500_000)],
    ['quotes that never close', '<a b="'.repeat(200_000)],
    ['attributes without end', packet('', 'a=""'.repeat(200_000))],
    ['declarations without end', packet('', Array.from({ length: 20_000 }, (_, n) => `xmlns:n${n}="u"`).join(' '))],
    ['ends without beginnings', packet('</a:b>'.repeat(200_000))],
    ['ampersands', packet(`<dc:format>${'&'.repeat(500_000)}</dc:format>`)],
    ['document types without end', '<!DOCTYPE [ '.repeat(100_000)],
    ['declarations of nothing', '<!a>'.repeat(200_000)],
  ])('is read to its end: %s', (_, text) => {
    expect(Array.isArray(xmpProperties(text))).toBe(true)
  })

  it('gives properties with values, or none, whatever is done to it', () => {
    const sound = packet(
      '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">cat</rdf:li></rdf:Alt></dc:description>',
    )
    fc.assert(
      fc.property(fc.nat(sound.length), fc.nat(60), fc.string({ maxLength: 20 }), (at, length, text) => {
        const properties = xmpProperties(sound.slice(0, at) + text + sound.slice(at + length))
        expect(properties.every(({ name, values }) => typeof name === 'string' && values.length > 0)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})
