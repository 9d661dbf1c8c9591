import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOfDataUrl } from './dataUrl.ts'

const text = (address: string, limit = 1000) => bytesOfDataUrl(address, limit)?.toString('utf8') ?? null

describe('a data: address', () => {
  it('carries its bytes in base64 or escaped', () => {
    expect(text('data:image/png;base64,aGVsbG8=')).toBe('hello')
    expect(text('data:;base64,aGVs%0AbG8%3D')).toBe('hello')
    expect(text('DATA:image/svg+xml;charset=utf-8,%3Csvg%20a%3D%22ü%22/%3E')).toBe('<svg a="ü"/>')
    expect(text('data:,100%')).toBe('100%')
  })

  it('that is malformed carries nothing', () => {
    expect([text('data:image/png;base64'), text('data:;base64,@@@@'), text('http://a/,x'), text('')]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  it('carries no more than it may', () => {
    expect(text(`data:,${'x'.repeat(10)}`, 10)).toHaveLength(10)
    expect(text(`data:,${'x'.repeat(11)}`, 10)).toBeNull()
    expect(text(`data:;base64,${'AAAA'.repeat(4)}`, 10)).toBeNull()
  })

  it('gives every byte as it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const escaped = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
        expect([...(bytesOfDataUrl(`data:,${escaped}`, 60) ?? [])]).toEqual([...bytes])
        const base64 = Buffer.from(bytes).toString('base64')
        expect([...(bytesOfDataUrl(`data:x/y;base64,${base64}`, 60) ?? [])]).toEqual([...bytes])
      }),
    )
  })

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        bytesOfDataUrl(`data:${rest}`, 100)
      }),
    )
  })
})
