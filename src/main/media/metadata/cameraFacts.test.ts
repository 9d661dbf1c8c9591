import { describe, expect, it } from 'vitest'
import { exifBlock, type Fields, metadataOf, xmpPacket } from './fixtures/metadataBlocks.ts'

const cameraOf = (exif: Fields, main: Fields = {}) =>
  metadataOf({ exif: exifBlock({ main, exif }) }).metadata.camera as Record<string, unknown> | undefined

describe('the camera', () => {
  it('is told with all its settings', () => {
    const camera = cameraOf(
      {
        33434: { rational: [[10, 2500]] },
        33437: { rational: [[28, 10]] },
        34850: { short: [3] },
        34855: { short: [400] },
        37380: { signed: [[-2, 3]] },
        37383: { short: [5] },
        37385: { short: [0x19] },
        37386: { rational: [[50, 1]] },
        41986: { short: [0] },
        41987: { short: [1] },
        41989: { short: [75] },
        42033: { ascii: '1234567' },
        42035: { ascii: 'Nikon' },
        42036: { ascii: 'NIKKOR Z 50mm f/1.8 S' },
        42037: { ascii: '76543' },
      },
      { 271: { ascii: 'NIKON CORPORATION' }, 272: { ascii: 'NIKON Z 6 \0junk' } },
    )
    expect(camera).toEqual({
      make: 'NIKON CORPORATION',
      model: 'NIKON Z 6',
      serial: '1234567',
      lens: 'NIKKOR Z 50mm f/1.8 S',
      lens_make: 'Nikon',
      lens_serial: '76543',
      focal_length: 50,
      focal_length_35mm: 75,
      aperture: 2.8,
      exposure_time: '1/250',
      exposure_bias: -0.67,
      iso: 400,
      flash: 'Flash fired, auto mode',
      flash_fired: true,
      metering: 'Pattern',
      exposure_program: 'Aperture priority',
      exposure_mode: 'Auto',
      white_balance: 'Manual',
    })
  })

  it.each([
    [[1, 250], '1/250'],
    [[4, 10], '1/3'],
    [[10, 300], '1/30'],
    [[1, 2], '0.5'],
    [[13, 10], '1.3'],
    [[30, 1], '30'],
  ] as const)('exposes %j as %s', (fraction, text) => {
    expect(cameraOf({ 33434: { rational: [fraction] } })?.exposure_time).toBe(text)
  })

  it('has exposure and aperture by their APEX values if by nothing else', () => {
    const camera = cameraOf({ 37377: { signed: [[5, 1]] }, 37378: { rational: [[4, 1]] } })
    expect(camera).toEqual({ exposure_time: '1/32', aperture: 4 })
  })

  it('leaves out what cannot be', () => {
    expect(
      cameraOf(
        {
          33434: { rational: [[0, 0]] },
          33437: { rational: [[0, 1]] },
          34855: { short: [0] },
          37380: { signed: [[900, 1]] },
          37383: { short: [77] },
          37386: { rational: [[1, 0]] },
          42036: { ascii: '----' },
          42033: { ascii: 'Unknown' },
        },
        { 271: { ascii: '   ' } },
      ),
    ).toBeUndefined()
  })

  it('takes high ISO values from where Exif 2.3 has them', () => {
    expect(cameraOf({ 34855: { short: [65_535] }, 34866: { long: [102_400] } })?.iso).toBe(102_400)
  })

  it('describes a lens without a name by what it can', () => {
    const lens = (...fractions: readonly (readonly [number, number])[]) =>
      cameraOf({ 42034: { rational: fractions } })?.lens
    expect(lens([24, 1], [70, 1], [28, 10], [4, 1])).toBe('24–70 mm ƒ/2.8–4')
    expect(lens([50, 1], [50, 1], [0, 0], [0, 0])).toBe('50 mm')
    expect(lens([0, 0], [0, 0], [0, 0], [0, 0])).toBeUndefined()
  })

  it('is no workflow of an image generator', () => {
    const camera = cameraOf({}, { 271: { ascii: 'workflow:{"nodes":[]}' }, 272: { ascii: 'prompt:{"1":{}}' } })
    expect(camera).toBeUndefined()
  })

  it('is known from XMP where EXIF says nothing', () => {
    const packet = xmpPacket(
      '<exif:FNumber>28/10</exif:FNumber><exif:ExposureTime>1/60</exif:ExposureTime><aux:Lens>50.0 mm f/1.8</aux:Lens>' +
        '<exif:ISOSpeedRatings><rdf:Seq><rdf:li>200</rdf:li></rdf:Seq></exif:ISOSpeedRatings>',
    )
    const expected = { lens: '50.0 mm f/1.8', aperture: 2.8, exposure_time: '1/60', iso: 200 }
    expect(metadataOf({ xmp: [packet] }).metadata.camera).toEqual(expected)
    expect(metadataOf({}, packet).metadata.camera).toEqual(expected)
    const exif = exifBlock({ exif: { 33437: { rational: [[4, 1]] } } })
    expect(metadataOf({ exif, xmp: [packet] }).metadata.camera).toMatchObject({ aperture: 4, iso: 200 })
  })
})
