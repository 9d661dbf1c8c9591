import { facetKindSchema } from '../../../src/shared/domain/facet.ts'
import type { LibraryQuery } from '../../../src/shared/domain/query.ts'
import { computedMs, type EngineSession } from './engineSession.ts'
import type { QueryClass } from './queryClasses.ts'
import { summarise, type Timing, timed } from './timing.ts'

/** Rows that a window shows at once, with what it fetches beyond them. */
const WINDOW = 200
const JUMPS = 40

export interface QueryTiming {
  readonly name: string
  /** Until the rows that a window shows first are known. */
  readonly first: Timing
  /** Until all rows are known. */
  readonly full: Timing
  /** What the engine computed for it, which a busy machine doesn't change. */
  readonly computed: Timing
  /** Rows of the longest answer. */
  readonly rows: number
  /** What the engine refused, null when all was answered. */
  readonly refused: string | null
}

const everything = {
  view: { kind: 'library' },
  text: '',
  sort: { field: 'imported_at', direction: 'desc' },
} as const satisfies LibraryQuery

/** Milliseconds until the first rows of a query are known, and until all are. */
async function ask(engine: EngineSession, query: LibraryQuery) {
  const began = performance.now()
  const opening = await engine.request('assets.openVector', { stream: 'bench', query, since: null })
  const first = performance.now() - began
  if (opening.kind !== 'first') throw new Error('A vector that nobody has was patched.')
  const parts = [opening.rowIds]
  for (let isDone = opening.done; !isDone; ) {
    const more = await engine.request('assets.moreVector', { handle: opening.handle })
    parts.push(more.rowIds)
    isDone = more.done
  }
  return { first, full: performance.now() - began, rowIds: joined(parts), revision: opening.revision }
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Each query once; before those that ask for the same again, something in the library changes. */
export async function measureQueries(engine: EngineSession, classes: readonly QueryClass[]): Promise<QueryTiming[]> {
  const timings: QueryTiming[] = []
  for (const { name, queries, isFixed } of classes) {
    const first: number[] = []
    const full: number[] = []
    const computed: number[] = []
    let rows = 0
    let refused: string | null = null
    for (const [run, query] of queries.entries()) {
      if (isFixed) await changeSomething(engine, run)
      try {
        const before = computedMs(engine.pid)
        const answer = await ask(engine, query)
        computed.push(computedMs(engine.pid) - before)
        first.push(answer.first)
        full.push(answer.full)
        rows = Math.max(rows, answer.rowIds.length)
      } catch (error) {
        refused = `${query.text}: ${error instanceof Error ? error.message : String(error)}`
        break
      }
    }
    if (rows === 0) refused ??= 'nothing is found'
    console.error(`  ${name}: ${full.length} runs, median ${summarise(full).p50.toFixed(1)} ms`)
    timings.push({ name, first: summarise(first), full: summarise(full), computed: summarise(computed), rows, refused })
  }
  return timings
}

async function changeSomething(engine: EngineSession, run: number): Promise<void> {
  await engine.request('assets.edit', { assets: { rowIds: [1 + run] }, patch: { rating: 1 + (run % 5) } })
}

/** The cards of one window: at the beginning, and anywhere. */
export async function measureJumps(engine: EngineSession): Promise<{ readonly first: Timing; readonly jump: Timing }> {
  const { rowIds } = await ask(engine, everything)
  const cardsAt = async (offset: number): Promise<number> => {
    const { ms } = await timed(() =>
      engine.request('assets.cards', { rowIds: [...rowIds.subarray(offset, offset + WINDOW)] }),
    )
    return ms
  }
  const first: number[] = []
  const jump: number[] = []
  const last = Math.max(0, rowIds.length - WINDOW)
  for (let run = 0; run < JUMPS; run++) {
    first.push(await cardsAt(0))
    // Far from each other: steps of the golden ratio.
    jump.push(await cardsAt(Math.floor(((run * 0.618_034) % 1) * last)))
  }
  return { first: summarise(first), jump: summarise(jump) }
}

/** A request that has nothing to do: how long the machine lets one wait. */
export async function measureWaiting(engine: EngineSession): Promise<Timing> {
  const times: number[] = []
  for (let run = 0; run < 100; run++) times.push((await timed(() => engine.request('library.info', undefined))).ms)
  return summarise(times)
}

/** A window that has the vector of everything asks again after a change: for the patches, or the first rows of a new one. */
export async function measurePatches(engine: EngineSession): Promise<Timing> {
  const times: number[] = []
  let { revision } = await ask(engine, everything)
  for (let run = 0; run < 20; run++) {
    await changeSomething(engine, run)
    const { ms, value } = await timed(() =>
      engine.request('assets.openVector', { stream: 'bench', query: everything, since: revision }),
    )
    times.push(ms)
    revision = value.revision
  }
  return summarise(times)
}

/** Results by everything that they can be counted by, of all and of some searches. */
export async function measureFacets(engine: EngineSession, classes: readonly QueryClass[]): Promise<Timing> {
  const times: number[] = []
  const kinds = [...facetKindSchema.options]
  for (const { queries } of classes.filter(({ name }) => counted.includes(name))) {
    for (const query of queries.slice(0, 5)) {
      times.push((await timed(() => engine.request('assets.facets', { query, kinds, limit: 50 }))).ms)
    }
  }
  return summarise(times)
}

const counted = ['all', 'tag', 'text: one word', 'combined']

/** The numbers beside the sidebar's entries, each after a change. */
export async function measureSidebar(
  engine: EngineSession,
): Promise<readonly { readonly name: string; readonly timing: Timing }[]> {
  const measure = async (name: string, work: () => Promise<unknown>) => {
    const times: number[] = []
    for (let run = 0; run < 20; run++) {
      await changeSomething(engine, run)
      times.push((await timed(work)).ms)
    }
    return { name, timing: summarise(times) }
  }
  return [
    await measure('library.counts', () => engine.request('library.counts', undefined)),
    await measure('collections.list', () => engine.request('collections.list', undefined)),
    await measure('tags.list', () => engine.request('tags.list', undefined)),
    await measure('jobs.list', () => engine.request('jobs.list', undefined)),
    await measure('library.stats', () => engine.request('library.stats', undefined)),
  ]
}
