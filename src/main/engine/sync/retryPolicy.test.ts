import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorCodeSchema, VitrineError } from '../../../shared/contract/errors.ts'
import { backoffMs, judge } from './retryPolicy.ts'

const error = (code: VitrineError['code'], details?: VitrineError['details']) => new VitrineError(code, 'x', details)

describe('after a failed upload', () => {
  it('a refusal stops the loop instead of being tried again', () => {
    for (const code of ['remote_permission', 'remote_secret_key', 'remote_access_key', 'remote_bucket'] as const) {
      for (const attempts of [1, 2, 50]) expect(judge(error(code), attempts, 0)).toEqual({ kind: 'stop' })
    }
  })

  it('a server that asks to wait is given the time it named', () => {
    expect(judge(error('remote_throttled', { retryAfterMs: 42_000 }), 1, 0)).toEqual({ kind: 'hold', ms: 42_000 })
    expect(judge(error('remote_throttled', { retryAfterMs: 0 }), 1, 0)).toEqual({ kind: 'hold', ms: 1000 })
    expect(judge(error('remote_throttled'), 3, 0)).toEqual({ kind: 'hold', ms: 4000 })
  })

  it('an unreachable server is being offline, a failing one is tried again', () => {
    expect(judge(error('remote_unreachable'), 9, 0)).toEqual({ kind: 'offline' })
    expect(judge(error('remote_server'), 9, 0)).toEqual({ kind: 'retry' })
  })

  it('damage on the way is tried again, but not for ever', () => {
    expect(judge(error('remote_checksum'), 1, 0)).toEqual({ kind: 'retry' })
    expect(judge(error('remote_checksum'), 4, 0)).toEqual({ kind: 'park' })
  })

  it('what is wrong with one file stops no other', () => {
    for (const code of ['file_vanished', 'io_error', 'permission_denied', 'internal'] as const) {
      expect(judge(error(code), 1, 0)).toEqual({ kind: 'park' })
    }
  })

  it('every code has exactly one verdict, whatever the attempt', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...errorCodeSchema.options),
        fc.nat(),
        fc.double({ min: 0, max: 0.999 }),
        (code, n, r) => {
          expect(['interrupted', 'offline', 'hold', 'retry', 'stop', 'park']).toContain(judge(error(code), n, r).kind)
        },
      ),
    )
  })
})

describe('the pause between attempts', () => {
  it('is between one second and five minutes and does not shrink with attempts', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempts, random) => {
        const pause = backoffMs(attempts, random)
        expect(pause).toBeGreaterThanOrEqual(1000)
        expect(pause).toBeLessThanOrEqual(300_000)
        expect(backoffMs(attempts + 1, random)).toBeGreaterThanOrEqual(pause)
      }),
    )
    expect(backoffMs(100, 0.999)).toBeGreaterThan(290_000)
  })
})
