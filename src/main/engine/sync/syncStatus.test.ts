import { describe, expect, it } from 'vitest'
import { type StatusFacts, syncStatus } from './syncStatus.ts'

const facts = (over: Partial<StatusFacts> = {}): StatusFacts => ({
  link: { state: 'ready' },
  paused: false,
  counts: {},
  inFlight: 0,
  holdUntil: null,
  nextJobAt: null,
  now: 1_000_000,
  bytesPerSecond: 0,
  bytesDownPerSecond: 0,
  bytesUnderWay: 0,
  bytesSent: 0,
  largeWait: null,
  lastSuccessAt: null,
  conflicts: 0,
  reading: null,
  ...over,
})
const some = (assets: number) => ({ assets, bytes: assets * 10 })

describe('the status of sync', () => {
  it('is up to date when all is synced, and there is none without a remote', () => {
    expect(syncStatus(facts({ counts: { synced: some(3) } }))).toMatchObject({ state: 'up-to-date', synced: 3 })
    const none = syncStatus(facts({ link: { state: 'no-remote' }, counts: { local: some(3) } }))
    expect(none).toMatchObject({ state: 'no-remote', waiting: 0, bytesWaiting: 0 })
  })

  it('counts what waits and what is under way apart, also after a crash', () => {
    const counts = { queued: some(5), uploading: some(2), local: some(1), synced: some(4) }
    expect(syncStatus(facts({ counts, inFlight: 2 }))).toMatchObject({ state: 'working', waiting: 6, uploading: 2 })
    expect(syncStatus(facts({ counts, inFlight: 0 }))).toMatchObject({ waiting: 8, uploading: 0, bytesWaiting: 80 })
  })

  it('needs a person for edits that lost, once all else is done', () => {
    expect(syncStatus(facts({ counts: { synced: some(3) }, conflicts: 2 }))).toMatchObject({
      state: 'attention',
      attention: 0,
      conflicts: 2,
      message: '2 edits lost against those of another device.',
    })
    expect(syncStatus(facts({ counts: { queued: some(3) }, conflicts: 2 })).state).toBe('working')
  })

  it('works on while some assets need a person, and says so afterwards', () => {
    expect(syncStatus(facts({ counts: { error: some(1), queued: some(1) } })).state).toBe('working')
    expect(syncStatus(facts({ counts: { error: some(1), blocked: some(1) } }))).toMatchObject({
      state: 'attention',
      attention: 2,
      message: '2 assets could not be uploaded.',
    })
  })

  it('offline says when it tries again, a refusal waits for a person, a pause comes before both', () => {
    const offline = { state: 'offline', message: 'gone', nextAt: 1_005_000, attempt: 2 } as const
    expect(syncStatus(facts({ link: offline }))).toMatchObject({
      state: 'offline',
      message: 'gone',
      nextAttemptAt: new Date(1_005_000).toISOString(),
    })
    expect(syncStatus(facts({ link: { state: 'stopped', message: 'refused' } }))).toMatchObject({
      state: 'attention',
      message: 'refused',
      nextAttemptAt: null,
    })
    expect(syncStatus(facts({ link: offline, paused: true }))).toMatchObject({ state: 'paused', nextAttemptAt: null })
  })

  it('says when a server that asked to wait is asked again', () => {
    expect(syncStatus(facts({ holdUntil: 1_060_000, counts: { queued: some(1) } }))).toMatchObject({
      state: 'working',
      nextAttemptAt: new Date(1_060_000).toISOString(),
      message: 'The server asked to slow down.',
    })
  })

  it('counts what of the files under way is sent already', () => {
    const counts = { uploading: { assets: 1, bytes: 100 }, queued: { assets: 1, bytes: 50 } }
    const under = { counts, inFlight: 1, bytesUnderWay: 60, bytesSent: 360 }
    expect(syncStatus(facts(under))).toMatchObject({ bytesWaiting: 90, bytesSent: 360 })
    expect(syncStatus(facts({ counts: { synced: some(1) }, bytesSent: 360 }))).toMatchObject({ bytesSent: 0 })
  })

  it('says why large files wait, for as long as any wait', () => {
    const largeWait = 'Large files wait, because this computer runs on its battery.'
    expect(syncStatus(facts({ largeWait, counts: { queued: some(1) } })).message).toBe(largeWait)
    expect(syncStatus(facts({ largeWait, counts: { synced: some(1) } })).message).toBeNull()
  })
})
