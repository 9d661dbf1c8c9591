import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { avchdTime, h264Size } from './h264Stream.ts'

const START = '00000001'

/** Units in hexadecimal with the codes by which they are told apart. */
function stream(...units: readonly string[]): Buffer {
  return Buffer.from(units.map((unit) => START + unit).join(''), 'hex')
}

/** A unit of user data with the entries that camcorders write, each a tag and four bytes. */
function recordedAt(...entries: readonly string[]): Buffer {
  const uuid = '17ee8c60f84d11d98cd60800200c9a66'
  const count = entries.length.toString(16).padStart(2, '0')
  return stream(`06052b${uuid}4d44504d${count}${entries.join('')}80`)
}

describe('the start of an H.264 stream', () => {
  it('has the size of its pictures, cropped', () => {
    // Baseline profile, of a film for music players.
    const small = stream('2742e00da918283f600d418041adb7a02f01e97bdf01', '28ce0988')
    expect(h264Size(small)).toEqual({ width: 320, height: 240 })
  })

  it('has twice the rows of a field where the pictures are interlaced', () => {
    // High profile, of a camera that records AVCHD.
    const parameters =
      '27640028acd301e0113f7808800009600001d4c07430007a1200008954577971a18003d09000044aa2bbcb87c2211458'
    expect(h264Size(stream('0910', parameters, '28ea43ce20'))).toEqual({ width: 1920, height: 1080 })
  })

  it('has no size without parameters', () => {
    expect(h264Size(stream('65888400'))).toBeNull()
    expect(h264Size(Buffer.alloc(0))).toBeNull()
  })

  it('tells when a camcorder recorded it, with the zone', () => {
    expect(avchdTime(recordedAt('1802201904', '1924222400'))).toEqual({
      at: Date.parse('2019-04-24T22:24:00+01:00'),
      zone: 'offset',
    })
    expect(avchdTime(recordedAt('1829201904', '1924222400'))?.at).toBe(Date.parse('2019-04-24T22:24:00-04:30'))
    expect(avchdTime(recordedAt('1880201904', '1924222400'))?.zone).toBe('assumed-utc')
  })

  it('tells no time that is none', () => {
    expect(avchdTime(recordedAt('1802201904'))).toBeNull()
    expect(avchdTime(recordedAt('180220ff04', '1924222400'))).toBeNull()
    expect(avchdTime(recordedAt('1802201913', '1932252400'))).toBeNull()
  })

  it('is read whatever is in it', () => {
    const noise = fc.uint8Array({ maxLength: 200 })
    fc.assert(
      fc.property(noise, (bytes) => {
        for (const head of ['67', '06', '']) {
          const made = Buffer.concat([stream(head), bytes])
          h264Size(made)
          avchdTime(made)
        }
      }),
      { numRuns: 200 },
    )
  })
})
