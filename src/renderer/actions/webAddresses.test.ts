import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressesOfText } from './webAddresses.ts'

describe('a text that was copied', () => {
  it('is an address of the web, or several below each other', () => {
    expect(addressesOfText(' https://example.com/pier.png\n')).toEqual(['https://example.com/pier.png'])
    expect(addressesOfText('http://a.org/1\r\n\r\nHTTPS://b.org/2\nhttp://a.org/1')).toEqual([
      'http://a.org/1',
      'HTTPS://b.org/2',
    ])
  })

  it('is none when it says anything else', () => {
    for (const text of [
      '',
      'a harbour at dusk',
      'see https://example.com/pier.png',
      'https://example.com/pier.png and more',
      'https://',
      'https://[',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:image/png;base64,aGVsbG8=',
      Array.from({ length: 51 }, (_, at) => `https://example.com/${at}`).join('\n'),
      `https://example.com/${'x'.repeat(9_000)}`,
    ])
      expect([text.slice(0, 40), addressesOfText(text)]).toEqual([text.slice(0, 40), []])
  })

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 3 }), (ends) => {
        for (const address of addressesOfText(ends.map((end) => `https://${end}`).join('\n')))
          expect(URL.canParse(address)).toBe(true)
      }),
    )
  })
})
