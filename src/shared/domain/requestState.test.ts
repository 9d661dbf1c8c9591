import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { GenerationJob } from './collection.ts'
import { requestStatusSchema } from './generationRequest.ts'
import { requestState } from './requestState.ts'

type Job = Pick<GenerationJob, 'status' | 'progress' | 'counts' | 'error'>
const job = (status: Job['status'], files = 1, progress = status === 'pending' ? 0 : 1): Job => ({
  status,
  progress,
  counts: { imported: files, processing: 0, failed: 0 },
  error: status === 'failed' ? 'The file is empty.' : null,
})

it.each([
  ['nothing has come of it', [], 0, 'pending'],
  ['something was made without a job', [], 2, 'completed'],
  ['a job waits', [job('pending')], 0, 'pending'],
  ['a job runs', [job('completed'), job('running')], 0, 'running'],
  ['one of two jobs is done', [job('completed'), job('pending')], 0, 'running'],
  ['all jobs are done', [job('completed'), job('completed')], 0, 'completed'],
  ['one job failed, another did not', [job('failed'), job('completed')], 0, 'completed'],
  ['every job failed', [job('failed'), job('cancelled')], 0, 'failed'],
  ['every job failed, but something was made', [job('failed')], 1, 'completed'],
  ['every job was cancelled', [job('cancelled')], 0, 'cancelled'],
] as const)('%s', (_, jobs, outputs, status) => {
  expect(requestState('pending', jobs, outputs).status).toBe(status)
})

it('progress counts files, not jobs', () => {
  expect(requestState('pending', [job('running', 30, 0.5), job('completed', 10)], 0).progress).toBe(25 / 40)
})

it('says why it failed, and only then', () => {
  expect(requestState('pending', [job('failed')], 0)).toMatchObject({ error: 'The file is empty.', progress: 1 })
  expect(requestState('pending', [job('failed'), job('completed')], 0).error).toBeNull()
})

it('what a person has cancelled is cancelled, and progress is always between 0 and 1', () => {
  const anyJob = fc.record({
    status: fc.constantFrom(...requestStatusSchema.options),
    progress: fc.double({ min: 0, max: 1, noNaN: true }),
    counts: fc.record({ imported: fc.nat(1e6), processing: fc.nat(1e6), failed: fc.nat(1e6) }),
    error: fc.constantFrom(null, 'why'),
  })
  fc.assert(
    fc.property(
      fc.constantFrom(...requestStatusSchema.options),
      fc.array(anyJob, { maxLength: 8 }),
      fc.nat(3),
      (own, jobs, outputs) => {
        const { status, progress } = requestState(own, jobs, outputs)
        if (own === 'cancelled') expect(status).toBe('cancelled')
        if (jobs.length > 0 && own !== 'cancelled') {
          expect(status === 'running' || !jobs.some((one) => one.status === 'running')).toBe(true)
        }
        expect(progress).toBeGreaterThanOrEqual(0)
        expect(progress).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 200 },
  )
})
