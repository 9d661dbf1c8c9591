import { describe, expect, test } from 'vitest'
import type { RowId } from '../../shared/domain/ids.ts'
import { engineEvents } from './engineEvents.ts'
import type { EngineEvent } from './host/engineDoor.ts'
import type { Clock } from './ports.ts'

/** A clock that stands still until it is told to go on. */
function handClock(): Clock & { advance(ms: number): void; set(now: number): void } {
  let now = 1_000_000
  let timers: { at: number; callback: () => void }[] = []
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      now += ms
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { callback } of due) callback()
    },
    set(time) {
      now = time
    },
  }
}

function recorded() {
  const clock = handClock()
  const events = engineEvents(clock)
  const sent: EngineEvent[] = []
  events.on((event) => sent.push(event))
  return { clock, events, sent }
}
const rows = (...ids: number[]) => ids as RowId[]

describe('events of an engine', () => {
  test('a first change goes out at once, but not from inside of the call that made it', () => {
    const { clock, events, sent } = recorded()
    events.catalogChanged({ revision: 1, rowIds: rows(7), membership: false })
    expect(sent).toEqual([])
    clock.advance(0)
    expect(sent).toEqual([{ name: 'catalog.changed', payload: { revision: 1, rowIds: [7], membership: false } }])
  })

  test('a thousand changes in a second are at most eleven events that together name every row', () => {
    const { clock, events, sent } = recorded()
    for (let i = 1; i <= 1000; i++) {
      events.catalogChanged({ revision: i, rowIds: rows(i), membership: i === 500 })
      clock.advance(1)
    }
    clock.advance(100)
    expect(sent.length).toBeLessThanOrEqual(11)
    const named = sent.flatMap((event) => (event.name === 'catalog.changed' ? (event.payload.rowIds ?? []) : []))
    expect(named).toHaveLength(1000)
    expect(sent.filter((event) => event.name === 'catalog.changed' && event.payload.membership)).toHaveLength(1)
    expect(sent.at(-1)).toMatchObject({ payload: { revision: 1000 } })
  })

  test('more rows than an event may name become "anything"', () => {
    const { clock, events, sent } = recorded()
    events.catalogChanged({
      revision: 1,
      rowIds: Array.from({ length: 600 }, (_, i) => (i + 1) as RowId),
      membership: true,
    })
    events.catalogChanged({
      revision: 2,
      rowIds: Array.from({ length: 600 }, (_, i) => (i + 601) as RowId),
      membership: false,
    })
    events.catalogChanged({ revision: 3, rowIds: rows(1), membership: false })
    clock.advance(0)
    expect(sent).toEqual([{ name: 'catalog.changed', payload: { revision: 3, rowIds: null, membership: true } }])
  })

  test('a payload is read when the event goes out, so it is never older than the event', () => {
    const { clock, events, sent } = recorded()
    let summaries: never[] | undefined
    events.changed('imports.changed', () => {
      summaries = []
      return summaries
    })
    expect(summaries).toBeUndefined()
    clock.advance(0)
    expect(sent).toEqual([{ name: 'imports.changed', payload: [] }])
  })

  test('a clock that is set back silences nothing', () => {
    const { clock, events, sent } = recorded()
    events.changed('imports.changed', () => [])
    clock.advance(0)
    clock.set(0)
    events.changed('imports.changed', () => [])
    clock.advance(0)
    expect(sent).toHaveLength(2)
  })

  test('closing sends what is waiting, and nothing after', () => {
    const { clock, events, sent } = recorded()
    events.catalogChanged({ revision: 1, rowIds: rows(1), membership: true })
    events.close()
    expect(sent).toHaveLength(1)
    events.catalogChanged({ revision: 2, rowIds: rows(2), membership: true })
    clock.advance(1000)
    expect(sent).toHaveLength(1)
  })
})
