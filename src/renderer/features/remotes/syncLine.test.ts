import { describe, expect, it } from 'vitest'
import type { SyncStatus } from '../../../shared/domain/remote.ts'
import { syncLine } from './syncLine.ts'

const status: SyncStatus = {
  state: 'working',
  waiting: 28,
  uploading: 2,
  synced: 100,
  attention: 0,
  conflicts: 0,
  stopped: 0,
  reading: null,
  bytesPerSecond: 2_000_000,
  bytesWaiting: 40_000_000,
  bytesDownPerSecond: 0,
  bytesSent: 0,
  lastSuccessAt: null,
  nextAttemptAt: null,
  message: null,
}

describe('the line of the sync centre', () => {
  it('estimates what is left from the bytes and the rate', () => {
    expect(syncLine(status, 0)).toEqual({
      kind: 'uploading',
      left: 30,
      bytesPerSecond: 2_000_000,
      secondsLeft: 20,
      share: null,
    })
  })

  it('knows how far it has come once something has been sent', () => {
    expect(syncLine({ ...status, bytesSent: 120_000_000 }, 0)).toMatchObject({ share: 0.75 })
  })

  it('does not estimate from a rate of nothing', () => {
    expect(syncLine({ ...status, bytesPerSecond: 0 }, 0)).toMatchObject({ secondsLeft: null })
  })

  it('counts down to the next attempt and stops at zero', () => {
    const offline = { ...status, state: 'offline', nextAttemptAt: '2026-11-20T10:00:30.000Z' } as const
    const at = Date.parse('2026-11-20T10:00:00.000Z')
    expect(syncLine(offline, at)).toEqual({ kind: 'offline', waiting: 30, secondsToNext: 30 })
    expect(syncLine(offline, at + 90_000)).toMatchObject({ secondsToNext: 0 })
  })
})
