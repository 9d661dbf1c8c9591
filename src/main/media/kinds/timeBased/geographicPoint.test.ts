import { describe, expect, it } from 'vitest'
import { geographicPoint } from './geographicPoint.ts'

describe('where a recording was made', () => {
  it.each([
    ['+32.0929+034.8620+028.516/', { latitude: 32.0929, longitude: 34.862 }],
    ['+51.4169-000.0806/', { latitude: 51.4169, longitude: -0.0806 }],
    ['-12.5+130.84', { latitude: -12.5, longitude: 130.84 }],
    ['+5130.0-00007.5/', { latitude: 51.5, longitude: -0.125 }],
    ['+402646-0795856/', { latitude: 40 + 26 / 60 + 46 / 3600, longitude: -(79 + 58 / 60 + 56 / 3600) }],
  ])('%s', (text, expected) => {
    const point = geographicPoint(text)
    expect(point?.latitude).toBeCloseTo(expected.latitude, 6)
    expect(point?.longitude).toBeCloseTo(expected.longitude, 6)
  })

  it.each(['+00.0000+000.0000/', '+91.0+000.1/', '+10.0+181.0/', '+5170.0-00007.5/', '32.09,34.86', '', '+1+2'])(
    'nowhere: %s',
    (text) => expect(geographicPoint(text)).toBeNull(),
  )
})
