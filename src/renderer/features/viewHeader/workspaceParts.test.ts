import { describe, expect, it } from 'vitest'
import type { GenerationJob } from '../../../shared/domain/collection.ts'
import { jobIdSchema } from '../../../shared/domain/ids.ts'
import type { WorkspaceSession } from '../../../shared/domain/lifecycle.ts'
import { jobParts, sessionParts } from './workspaceParts.ts'

const session = (day: number, jobs: WorkspaceSession['jobs'] = []): WorkspaceSession => ({
  from: `2026-11-0${day}T10:00:00.000Z`,
  to: `2026-11-0${day}T11:00:00.000Z`,
  assets: 5,
  bytes: 50,
  jobs,
  nextExpiryAt: null,
})
const sessions = [session(5), session(4), session(3), session(2), session(1)]
const id = (digit: number) => jobIdSchema.parse(`018f0c5e-0000-7000-8000-00000000000${digit}`)
const job = (digit: number, asset_count: number, status: GenerationJob['status'] = 'completed') =>
  ({ id: id(digit), folder: `run-${digit}`, asset_count, status }) as GenerationJob

describe('the sessions of the Workspace', () => {
  it('are not shown while there is only one, which is everything', () => {
    expect(sessionParts([session(5)], { kind: 'workspace' }).shown).toEqual([])
  })

  it('are the latest three, and the earlier ones together', () => {
    const { shown, earlier } = sessionParts(sessions, { kind: 'workspace' })
    expect(shown).toEqual(sessions.slice(0, 3))
    expect(earlier).toEqual(sessions.slice(3))
  })

  it('know the one that is looked at, also after more has come to it', () => {
    const { from, to } = session(3)
    const grown = { ...session(3), to: '2026-11-03T11:20:00.000Z' }
    const view = { kind: 'workspace', session: { from, to } } as const
    expect(sessionParts([session(5), grown], view).current).toBe(grown)
    expect(sessionParts(sessions.slice(0, 2), view).current).toBeNull()
  })
})

describe('the jobs of the Workspace', () => {
  it('are those with something left, those that run, and the one that is looked at', () => {
    const jobs = [job(1, 3), job(2, 0), job(3, 0, 'running'), job(4, 0)]
    expect(jobParts(jobs, null, id(4)).map(({ job: { folder } }) => folder)).toEqual(['run-1', 'run-3', 'run-4'])
  })

  it('are those of the session when one is looked at, with what they have in it', () => {
    const of = session(5, [{ id: id(1), folder: 'run-1', assets: 2 }])
    expect(jobParts([job(1, 30), job(2, 9)], of, undefined)).toEqual([{ job: job(1, 30), assets: 2 }])
  })
})
