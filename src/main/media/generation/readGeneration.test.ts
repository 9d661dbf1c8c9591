import { describe, expect, it } from 'vitest'
import { generationRecordSchema } from '../../../shared/domain/generation.ts'
import type { CarrierText } from '../carriers/carriers.ts'
import { png, read, text } from './fixtures/carriersOf.ts'
import { A1111 } from './fixtures/payloadTexts.ts'

describe('a file that was not generated', () => {
  it.each<[string, CarrierText[]]>([
    ['no texts', []],
    [
      'a photo with a caption',
      [
        text('exif', 'Make', 'Canon'),
        text('exif', 'Model', 'Canon EOS 5D'),
        text('exif', 'ImageDescription', 'A cat, sitting on a mat'),
        text('exif', 'Artist', 'Jane'),
        text('exif', 'Software', 'Adobe Lightroom'),
      ],
    ],
    [
      'a PNG of a paint program',
      [
        png('Software', 'Adobe ImageReady'),
        png('Description', 'holiday'),
        png('Title', 'Rome'),
        png('Comment', 'Created with GIMP'),
      ],
    ],
    [
      'a comment of a program',
      [text('exif', 'UserComment', '{"width": 100, "height": 200, "device": "scanner", "seed": 1}')],
    ],
    ['a text named prompt that is no graph', [png('prompt', 'a cat')]],
    ['parameters of something else', [png('parameters', 'scale=2;rotate=90')]],
    ['JSON that is no graph', [png('workflow', '{"name": "approval", "nodes": 3}')]],
    ['notes beside it', [text('sidecar', 'txt', 'Steps: 3 to cook it, Size: large.\nNegative prompt: nothing')]],
    [
      'a description by Photoshop',
      [text('xmp', 'CreatorTool', 'Adobe Photoshop 26.0'), text('xmp', 'description', 'v 6 --- the end')],
    ],
    [
      'damaged JSON',
      [png('parameters', '{"sui_image_params": {"prompt": "a cat"'), png('invokeai_metadata', '{"positive_prompt": ')],
    ],
  ])('yields none: %s', (_, texts) => {
    expect(read(...texts)).toBeNull()
  })
})

describe('the raw payload', () => {
  it('is the bytes as text, or as base64 where a text would not give them back', () => {
    const plain = Buffer.from(`ASCII\0\0\0${A1111}\0`)
    const utf16 = Buffer.concat([Buffer.from('UNICODE\0'), Buffer.from(A1111, 'utf16le')])
    const latin1 = Buffer.from(`${A1111}, Author: Zo\xeb`, 'latin1')
    const raw = (bytes: Buffer, decoded = A1111) =>
      read({ carrier: 'exif', key: 'UserComment', text: decoded, bytes })?.raw[0]
    expect(raw(plain)).toEqual({ carrier: 'exif', key: 'UserComment', encoding: 'utf8', data: plain.toString('utf8') })
    expect(raw(utf16)).toEqual({
      carrier: 'exif',
      key: 'UserComment',
      encoding: 'base64',
      data: utf16.toString('base64'),
    })
    expect(raw(latin1, latin1.toString('latin1'))).toMatchObject({
      encoding: 'base64',
      data: latin1.toString('base64'),
    })
  })

  it('keeps what is too long for a setting', () => {
    const record = read(png('parameters', `${A1111}, Mask: "${'A'.repeat(20_000)}"`))
    expect(record?.settings).toEqual({})
    expect(record?.raw[0]?.data.length).toBeGreaterThan(20_000)
  })
})

it('fits the schema with settings of any name', () => {
  const record = read(png('parameters', `${A1111}, __proto__: x, constructor: y`))
  expect(generationRecordSchema.parse(record)).toEqual(record)
  expect(Object.keys(record?.settings ?? {})).toContain('constructor')
})
