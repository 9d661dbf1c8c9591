import { describe, expect, it } from 'vitest'
import { payloadText } from './payloadText.ts'

const base64 = (bytes: Buffer) => ({
  carrier: 'exif',
  key: 'UserComment',
  encoding: 'base64' as const,
  data: bytes.toString('base64'),
})

describe('a payload for people', () => {
  it('is its text where it is text', () => {
    expect(payloadText({ carrier: 'png:tEXt', key: 'parameters', encoding: 'utf8', data: 'a cat' })).toBe('a cat')
  })

  it('is decoded from UTF-16 in either order, with and without what EXIF puts before it', () => {
    const text = 'a cat, 猫\nSteps: 20'
    const little = Buffer.from(text, 'utf16le')
    const big = Buffer.from(little).swap16()
    const prefix = Buffer.from('UNICODE\0')
    for (const bytes of [little, big]) {
      expect(payloadText(base64(bytes))).toBe(text)
      expect(payloadText(base64(Buffer.concat([prefix, bytes])))).toBe(text)
    }
  })

  it('stays base64 where the bytes are no text', () => {
    const bytes = Buffer.from([0x00, 0xd8, 0x00, 0xd8, 0xff])
    expect(payloadText(base64(bytes))).toBe(bytes.toString('base64'))
  })
})
