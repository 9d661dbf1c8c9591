import { describe, expect, it } from 'vitest'
import { cameraFacts, exposureTime, placeText } from './cameraFacts.ts'

describe('what the camera wrote', () => {
  it('is empty for a picture that no camera took', () => {
    expect(cameraFacts({ metadata: {}, gps: null })).toEqual([])
    expect(cameraFacts({ metadata: { exif: 'damaged' }, gps: null })).toEqual([])
  })

  it('names the camera once, although many repeat the maker in the model', () => {
    const named = (Make: string, Model: string) => cameraFacts({ metadata: { exif: { Make, Model } }, gps: null })[0]
    expect(named('Canon', 'Canon EOS 5D')?.value).toBe('Canon EOS 5D')
    expect(named('NIKON CORPORATION', 'NIKON D100')?.value).toBe('NIKON D100')
    expect(named('samsung\0', 'GT-I9505')?.value).toBe('samsung GT-I9505')
  })

  it('reads exposure as it stands on a camera', () => {
    const exif = { ExposureTime: 0.004, FNumber: 2.8, FocalLength: 50, ISO: 400 }
    expect(cameraFacts({ metadata: { exif }, gps: null })).toEqual([
      { name: 'exposure', value: '1/250 s · ƒ/2.8' },
      { name: 'focal', value: '50 mm' },
      { name: 'iso', value: '400' },
    ])
    expect(exposureTime(1.3)).toBe('1.3 s')
    expect(exposureTime(30)).toBe('30 s')
  })

  it('leaves out numbers that cannot be', () => {
    const exif = { ExposureTime: 0, FNumber: Number.NaN, FocalLength: -1, ISO: 'auto' }
    expect(cameraFacts({ metadata: { exif }, gps: null })).toEqual([])
  })

  it('writes a place with its hemispheres', () => {
    expect(placeText({ latitude: -33.8568, longitude: 151.2153 })).toBe('33.8568° S, 151.2153° E')
  })
})
