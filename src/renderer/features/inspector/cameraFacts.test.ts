import { describe, expect, it } from 'vitest'
import { cameraFacts, placeText } from './cameraFacts.ts'

const values = (camera: Record<string, string | number | boolean>) =>
  Object.fromEntries(cameraFacts({ metadata: { camera }, gps: null }).map(({ name, value }) => [name, value]))

describe('what the camera wrote', () => {
  it('is empty for a picture that no camera took', () => {
    expect(cameraFacts({ metadata: {}, gps: null })).toEqual([])
    expect(cameraFacts({ metadata: { camera: 'damaged' }, gps: null })).toEqual([])
  })

  it('names the camera once, although many repeat the maker in the model', () => {
    expect(values({ make: 'Canon', model: 'Canon EOS 5D' })).toEqual({ camera: 'Canon EOS 5D' })
    expect(values({ make: 'NIKON CORPORATION', model: 'NIKON D100' })).toEqual({ camera: 'NIKON D100' })
    expect(values({ make: 'samsung', model: 'GT-I9505' })).toEqual({ camera: 'samsung GT-I9505' })
  })

  it('reads exposure as it stands on a camera', () => {
    const camera = { exposure_time: '1/250', aperture: 2.8, exposure_bias: -0.67, focal_length: 50, iso: 400 }
    expect(cameraFacts({ metadata: { camera }, gps: null })).toEqual([
      { name: 'exposure', value: '1/250 s · ƒ/2.8 · −0.7 EV' },
      { name: 'focal', value: '50 mm' },
      { name: 'iso', value: '400' },
    ])
    expect(values({ exposure_time: '30', exposure_bias: 0 })).toEqual({ exposure: '30 s' })
  })

  it('says what a focal length is on film, if that differs', () => {
    expect(values({ focal_length: 4.15, focal_length_35mm: 29 }).focal).toBe('4.2 mm (29 mm on film)')
    expect(values({ focal_length: 50, focal_length_35mm: 50 }).focal).toBe('50 mm')
    expect(values({ focal_length_35mm: 29 }).focal).toBe('29 mm (35 mm film)')
  })

  it('speaks of the flash if it fired', () => {
    expect(values({ flash: 'Flash fired, auto mode', flash_fired: true }).flash).toBe('Flash fired, auto mode')
    expect(values({ flash: 'Flash did not fire', flash_fired: false })).toEqual({})
  })

  it('leaves out numbers that cannot be', () => {
    expect(values({ aperture: Number.NaN, focal_length: -1, iso: 'auto' })).toEqual({})
  })

  it('writes a place with its hemispheres, and its height', () => {
    expect(placeText({ latitude: -33.8568, longitude: 151.2153 })).toBe('33.8568° S, 151.2153° E')
    const gps = { latitude: 60.1699, longitude: 24.9384 }
    expect(cameraFacts({ metadata: { gps: { altitude: -111.26 } }, gps })).toEqual([
      { name: 'place', value: '60.1699° N, 24.9384° E' },
      { name: 'altitude', value: '−111 m' },
    ])
  })
})
