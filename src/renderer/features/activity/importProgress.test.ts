import { describe, expect, it } from 'vitest'
import type { ImportId } from '../../../shared/domain/ids.ts'
import type { ImportSummary } from '../../../shared/domain/import.ts'
import { importProgress } from './importProgress.ts'

const running: ImportSummary = {
  id: '00000000-0000-4000-8000-000000000000' as ImportId,
  source: 'window',
  state: 'running',
  found: 100,
  bytesFound: 1_000_000,
  imported: 40,
  duplicates: 5,
  skipped: 3,
  sidecars: 0,
  failed: 2,
  processing: 12,
  filesPerSecond: 10,
  problem: null,
  startedAt: '2026-11-21T10:00:00.000Z',
  finishedAt: null,
}

describe('how far an import is', () => {
  it('counts every file that is done with, whatever became of it', () => {
    expect(importProgress(running)).toEqual({ handled: 50, share: 0.5, secondsLeft: 5 })
  })

  it('is unknown while files are being counted', () => {
    expect(importProgress({ ...running, state: 'counting' })).toMatchObject({ share: null, secondsLeft: null })
  })

  it('does not promise a time before there is a rate', () => {
    expect(importProgress({ ...running, filesPerSecond: 0 }).secondsLeft).toBeNull()
  })

  it('counts thumbnails once all files are in', () => {
    const done = { ...running, state: 'done' as const, finishedAt: '2026-11-21T10:01:00.000Z' }
    expect(importProgress({ ...done, imported: 40, processing: 10 }).share).toBe(0.75)
    expect(importProgress({ ...done, processing: 0 }).share).toBe(1)
    expect(importProgress({ ...done, imported: 0, processing: 0 }).share).toBe(1)
  })

  it('never goes over the end when more files turned up than were counted', () => {
    expect(importProgress({ ...running, found: 20 }).share).toBe(1)
  })
})
