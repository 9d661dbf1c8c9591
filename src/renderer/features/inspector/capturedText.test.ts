import { describe, expect, it } from 'vitest'
import { dateText } from '../../strings/quantities.ts'
import { capturedText } from './capturedText.ts'

const at = '2024-07-01T10:00:00.000Z'
const local = { captured_at_local: '2024-07-01T12:00:00.25' }

describe('when a picture was taken', () => {
  it('is what the clock of the camera showed, with its zone', () => {
    const metadata = { ...local, captured_at_zone: 'offset', captured_at_offset: '+02:00' }
    expect(capturedText({ captured_at: at, metadata })).toBe('1 Jul 2024, 12:00 · UTC+02:00')
  })

  it('says if the zone was worked out', () => {
    const metadata = { ...local, captured_at_zone: 'gps', captured_at_offset: '+02:00' }
    expect(capturedText({ captured_at: at, metadata })).toBe('1 Jul 2024, 12:00 · UTC+02:00 by GPS')
  })

  it('says if nobody knows the zone', () => {
    const metadata = { ...local, captured_at_zone: 'assumed-utc' }
    expect(capturedText({ captured_at: at, metadata })).toBe('1 Jul 2024, 12:00 · time zone not recorded')
  })

  it('has no hour where none was written', () => {
    expect(capturedText({ captured_at: at, metadata: { captured_at_local: '2024-07-01' } })).toBe('1 Jul 2024')
  })

  it('is the moment in the zone of whoever looks where only that is known', () => {
    expect(capturedText({ captured_at: at, metadata: {} })).toBe(dateText(at))
    expect(capturedText({ captured_at: at, metadata: { captured_at_local: 'damaged' } })).toBe(dateText(at))
    expect(capturedText({ captured_at: null, metadata: local })).toBeNull()
  })
})
