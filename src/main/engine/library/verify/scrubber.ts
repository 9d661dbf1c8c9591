import { isAbsolute } from 'node:path'
import { toErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import { NAMED_TROUBLES, type Scrub, type ScrubRound } from '../../../../shared/domain/cloudCare.ts'
import type { RemoteId } from '../../../../shared/domain/ids.ts'
import type { AssetFiles } from '../../catalog/verification.repository.ts'
import type { Clock, ObjectStore } from '../../ports.ts'
import { createFindings } from './findings.ts'
import { readScrubNotes, type ScrubNotes, writeScrubNotes } from './scrubNotes.ts'
import { type VerifyTools, verifyAsset } from './verifyLibrary.ts'
import { verifyStored } from './verifyRemote.ts'

export interface ScrubberOptions {
  readonly tools: Pick<VerifyTools, 'catalog' | 'folder' | 'now' | 'hash' | 'fetch'>
  readonly clock: Clock
  /** Days within which a round follows the one before, null for never. */
  readonly days: () => number | null
  /** The library's bucket: null without one, `away` while it can't be asked in the background. */
  readonly bucket: () => { readonly store: ObjectStore; readonly remoteId: RemoteId } | 'away' | null
  /** What has the computer now, for a person; null while nothing does. */
  readonly busy: () => string | null
  readonly onChanged: () => void
  readonly onDefect: (error: unknown) => void
}

/** Looks at every file again and again, a few at a time, and goes on after a restart where it was. */
export interface Scrubber {
  start(): void
  /** Settings or a connection are others. */
  poke(): void
  state(): Scrub
  /** Begins a round, or hurries the present one. */
  begin(): Scrub
  close(): Promise<void>
}

const DAY_MS = 24 * 3_600_000
/** A library that was never looked at has been taken in not long ago: its first round is due after this time at most, ms. */
const FIRST_MS = 7 * DAY_MS
/** Assets between two notes of how far it is. */
const STEP = 4
/** So many times as long as a step took nothing is done after it. */
const REST = 4
const LONGEST_REST_MS = 60_000
const SHORTEST_REST_MS = 100
const LOOK_MS = 60_000
/** A person waits for it. */
const HURRIED_LOOK_MS = 1_000
const LONGEST_TIMER_MS = 3_600_000
const AWAY = 'Waits until the bucket can be asked.'

export function createScrubber(options: ScrubberOptions): Scrubber {
  const { tools, clock } = options
  const { catalog } = tools
  const abort = new AbortController()
  let notes = readScrubNotes(catalog)
  let heldBy: string | null = null
  let hurried = false
  let started = false
  let cancelTimer: (() => void) | null = null
  let running: Promise<void> | null = null

  function schedule(ms: number): void {
    cancelTimer?.()
    cancelTimer =
      started && !abort.signal.aborted ? clock.after(Math.min(Math.max(ms, 0), LONGEST_TIMER_MS), run) : null
  }

  function run(): void {
    cancelTimer = null
    if (running !== null || abort.signal.aborted) return
    running = look()
      .then(schedule, (error: unknown) => {
        if (abort.signal.aborted) return
        if (!(error instanceof VitrineError)) options.onDefect(error)
        hold(toErrorData(error).message)
        schedule(LOOK_MS)
      })
      .finally(() => {
        running = null
      })
  }

  function hold(by: string | null): void {
    if (heldBy === by) return
    heldBy = by
    options.onChanged()
  }

  /** One step, if one is due. Returns after how long to look again, ms. */
  async function look(): Promise<number> {
    const days = options.days()
    if (notes.round === null) {
      if (days === null && !hurried) return LONGEST_TIMER_MS
      const due = hurried ? 0 : nextAt(days ?? 0) - clock.now()
      if (due > 0) return due
      note({ ...notes, after: 0, checked: 0, round: newRound() })
      options.onChanged()
    }
    const bucket = options.bucket()
    const waits = hurried ? null : options.busy()
    hold(bucket === 'away' ? AWAY : waits)
    if (bucket === 'away' || waits !== null) return hurried ? HURRIED_LOOK_MS : LOOK_MS
    const began = performance.now()
    const page = catalog.verification.files(notes.after, STEP)
    if (page.length === 0) return endRound()
    for (const asset of page) {
      await lookAt(asset, bucket)
      abort.signal.throwIfAborted()
    }
    options.onChanged()
    if (hurried) return 0
    return Math.min(Math.max((performance.now() - began) * REST, SHORTEST_REST_MS), LONGEST_REST_MS)
  }

  async function lookAt(asset: AssetFiles, bucket: Exclude<ReturnType<ScrubberOptions['bucket']>, 'away'>) {
    const findings = createFindings()
    const { signal } = abort
    // A file that is linked in place is its watched folder's to look after.
    if (!isAbsolute(asset.storagePath)) await verifyAsset(asset, tools, true, findings, signal)
    signal.throwIfAborted()
    const check = bucket && { ...tools, ...bucket, repair: true, deep: false }
    const objects = check ? await verifyStored(check, asset, findings, signal) : 0
    const { checked, bytes, counts, repaired: _, ...found } = findings.report(0)
    const { round } = notes
    if (round === null) return
    const unrepaired = Math.max(0, findings.problems - counts.repaired)
    const [first] = [...found.remote, ...found.damaged, ...found.missing, ...found.unreadable]
    const trouble = { id: asset.id, path: first?.path ?? asset.storagePath, problem: problemOf(counts) }
    note({
      ...notes,
      after: asset.rowId,
      checked: notes.checked + 1,
      round: {
        ...round,
        files: round.files + checked,
        bytes: round.bytes + bytes,
        objects: round.objects + objects,
        found: round.found + findings.problems,
        repaired: round.repaired + counts.repaired,
        unrepaired: round.unrepaired + unrepaired,
        troubles: unrepaired > 0 ? [...round.troubles, trouble].slice(0, NAMED_TROUBLES) : round.troubles,
      },
    })
  }

  function endRound(): number {
    const finishedAt = clock.now()
    const last = notes.round && { ...notes.round, finishedAt: iso(finishedAt) }
    note({ firstSeen: notes.firstSeen, after: 0, checked: 0, round: null, last })
    hurried = false
    options.onChanged()
    return LOOK_MS
  }

  function nextAt(days: number): number {
    const { last, firstSeen } = notes
    if (last?.finishedAt) return Date.parse(last.finishedAt) + days * DAY_MS
    return (firstSeen ?? clock.now()) + Math.min(FIRST_MS, days * DAY_MS)
  }

  function newRound(): ScrubRound {
    const startedAt = iso(clock.now())
    return {
      startedAt,
      finishedAt: null,
      files: 0,
      bytes: 0,
      objects: 0,
      found: 0,
      repaired: 0,
      unrepaired: 0,
      troubles: [],
    }
  }

  function note(next: ScrubNotes): void {
    notes = next
    writeScrubNotes(catalog, notes)
  }

  function state(): Scrub {
    const { round, last, checked } = notes
    const days = options.days()
    const isRunning = round !== null
    return {
      state: isRunning ? (heldBy === null ? 'running' : 'held') : days === null ? 'off' : 'waiting',
      message: isRunning ? heldBy : null,
      checked: isRunning ? checked : 0,
      total: catalog.verification.count(),
      nextAt: isRunning || days === null ? null : iso(nextAt(days)),
      round,
      last,
    }
  }

  return {
    start() {
      started = true
      if (notes.firstSeen === null) note({ ...notes, firstSeen: clock.now() })
      schedule(LOOK_MS)
    },
    poke: () => schedule(SHORTEST_REST_MS),
    state,
    begin() {
      hurried = true
      started = true
      if (notes.round === null) note({ ...notes, after: 0, checked: 0, round: newRound() })
      hold(null)
      schedule(0)
      options.onChanged()
      return state()
    },
    async close() {
      abort.abort()
      cancelTimer?.()
      await running
    },
  }
}

/** For a person: what is wrong with the files of an asset. */
function problemOf(counts: {
  readonly missing: number
  readonly damaged: number
  readonly unreadable: number
  readonly remote: number
}) {
  const here = counts.damaged > 0 ? 'damaged here' : counts.missing > 0 ? 'missing here' : null
  const unreadable = counts.unreadable > 0 ? 'can’t be read here' : null
  const there = counts.remote > 0 ? 'not in the bucket as it should be' : null
  return [here ?? unreadable, there].filter((part) => part !== null).join(', ') || 'not as it should be'
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
