import { describe, expect, it } from 'vitest'
import { type CareStatus, defaultCareSettings, type ScrubRound } from '../../shared/domain/cloudCare.ts'
import { importIdSchema } from '../../shared/domain/ids.ts'
import type { ImportSummary } from '../../shared/domain/import.ts'
import type { SyncStatus } from '../../shared/domain/remote.ts'
import { careNotices, engineNotices, importNotices, syncNotices } from './notices.ts'

const run = (more: Partial<ImportSummary> = {}): ImportSummary => ({
  id: importIdSchema.parse('01890a5d-ac96-774b-bcce-b302099a8057'),
  source: 'window',
  state: 'running',
  found: 10,
  bytesFound: 100,
  imported: 7,
  duplicates: 0,
  skipped: 0,
  sidecars: 0,
  failed: 0,
  processing: 0,
  filesPerSecond: 0,
  problem: null,
  startedAt: '2026-03-01T12:00:00.000Z',
  finishedAt: null,
  ...more,
})
const sync = (more: Partial<SyncStatus> = {}): SyncStatus => ({
  state: 'working',
  waiting: 3,
  uploading: 1,
  synced: 0,
  attention: 0,
  conflicts: 0,
  stopped: 0,
  reading: null,
  bytesPerSecond: 0,
  bytesWaiting: 0,
  bytesDownPerSecond: 0,
  bytesSent: 0,
  lastSuccessAt: null,
  nextAttemptAt: null,
  message: null,
  ...more,
})
/** Later than the imports of which nothing else is said. */
const OPENED = Date.parse('2026-03-01T12:00:00.500Z')
const titles = (notices: readonly { readonly title: string }[]) => notices.map(({ title }) => title)

describe('an import', () => {
  it('that ends with failures is told of, once', () => {
    const ended = run({ state: 'done', failed: 3 })
    expect(titles(importNotices([run()], [ended], OPENED))).toEqual(['3 files could not be taken in'])
    expect(importNotices([ended], [ended], OPENED)).toEqual([])
  })

  it('that ends well, is cancelled, or was over before is not', () => {
    expect(importNotices([run()], [run({ state: 'done' })], OPENED)).toEqual([])
    expect(
      importNotices([run({ state: 'cancelling', failed: 1 })], [run({ state: 'cancelled', failed: 1 })], OPENED),
    ).toEqual([])
    expect(importNotices([], [run({ state: 'done', failed: 1 })], OPENED)).toEqual([])
  })

  it('that is over before anybody has heard of it is told of all the same', () => {
    const short = run({ state: 'done', failed: 1, startedAt: '2026-03-01T12:00:01.000Z' })
    expect(titles(importNotices([], [short], OPENED))).toEqual(['1 file could not be taken in'])
    expect(importNotices([short], [short], OPENED)).toEqual([])
  })

  it('that has to wait is told of with the reason, once for each', () => {
    const full = run({ problem: { code: 'disk_full', message: 'The disk is full.' } })
    expect(importNotices([run()], [full], OPENED)).toEqual([
      { title: 'An import has to wait', body: 'The disk is full.', command: null },
    ])
    expect(importNotices([full], [full], OPENED)).toEqual([])
    expect(importNotices([full], [run()], OPENED)).toEqual([])
  })
})

describe('sync', () => {
  it('is told of when it comes to need a person, not while it does', () => {
    const needs = sync({ state: 'attention', attention: 3, message: 'The keys are not accepted.' })
    expect(syncNotices(sync(), needs)).toEqual([
      { title: 'Sync needs you: 3 things', body: 'The keys are not accepted.', command: 'remotes' },
    ])
    expect(syncNotices(needs, needs)).toEqual([])
    expect(syncNotices(null, needs)).toEqual([])
    expect(syncNotices(needs, sync())).toEqual([])
  })
})

describe('the library', () => {
  it('is told of when it goes away while it is worked with', () => {
    const missing = { state: 'missing', path: '/disk/library', name: 'Mine' } as const
    expect(titles(engineNotices({ state: 'restarting', attempt: 1 }, missing))).toEqual([
      'The library is not there any more',
    ])
    expect(engineNotices({ state: 'starting' }, missing)).toEqual([])
    expect(engineNotices(missing, missing)).toEqual([])
  })
})

describe('careNotices', () => {
  const round = (unrepaired: number, finishedAt: string | null): ScrubRound => ({
    startedAt: '2026-03-01T12:00:00.000Z',
    finishedAt,
    files: 10,
    bytes: 100,
    objects: 10,
    found: unrepaired,
    repaired: 0,
    unrepaired,
    troubles: [],
  })
  const care = (present: ScrubRound | null, last: ScrubRound | null): CareStatus => ({
    settings: defaultCareSettings,
    bytesHere: 0,
    pinned: [],
    toFetch: 0,
    scrub: { state: 'waiting', message: null, checked: 0, total: 10, nextAt: null, round: present, last },
  })
  const running = care(round(0, null), null)
  const ended = (unrepaired: number) => care(null, round(unrepaired, '2026-03-02T12:00:00.000Z'))

  it('tells of what could not be repaired when a round ends', () => {
    expect(careNotices(running, ended(2))).toMatchObject([{ title: '2 files could not be repaired' }])
  })

  it('says nothing of a round that found nothing or repaired it, nor of one that is old news', () => {
    expect(careNotices(running, ended(0))).toEqual([])
    expect(careNotices(null, ended(2))).toEqual([])
    expect(careNotices(ended(2), ended(2))).toEqual([])
  })
})
