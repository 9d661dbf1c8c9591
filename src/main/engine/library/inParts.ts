import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { RowId } from '../../../shared/domain/ids.ts'
import type { LongChangeKind } from '../../../shared/domain/longChange.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { MutationSpec, MutationWriter } from '../catalog/mutations.ts'
import type { Steps } from '../catalog/stepDone.ts'
import { longChangesOf } from './longChanges.ts'

/** One of several transactions that are one line of the history, and one step to undo. */
export interface Part {
  readonly groupId: string
  /** How many assets of the selection come before this part. */
  readonly offset: number
}

/** Assets that are changed in one transaction: it takes about half a second, in which nothing else is answered. */
const ASSETS_OF_A_PART = 10_000

/** Ends of what is under way for each catalogue: an undo must not begin in the middle of what it takes back. */
const underWay = new WeakMap<Catalog, Promise<unknown>>()

/**
 * Changes a selection of any size. Up to 10,000 assets are one transaction. More are several, with other work in between,
 * that are one line of the history; if it is cancelled or the program is killed meanwhile, those that were made stand and can
 * be undone.
 */
export async function inParts(
  catalog: Catalog,
  selection: AssetSelection,
  change: (selection: AssetSelection, part?: Part) => MutationResult,
): Promise<MutationResult> {
  const total = sizeOf(selection)
  if (total <= ASSETS_OF_A_PART) return change(selection)
  return await inTurn(catalog, async () => {
    const groupId = randomUUID()
    const running = longChangesOf(catalog).begin('edit', total)
    try {
      let whole = change(partOf(selection, 0, ASSETS_OF_A_PART), { groupId, offset: 0 })
      for (let offset = ASSETS_OF_A_PART; offset < total; offset += ASSETS_OF_A_PART) {
        running.advance(offset)
        await othersFirst()
        if (running.cancelled) return { ...whole, cancelled: true }
        const result = change(partOf(selection, offset, offset + ASSETS_OF_A_PART), { groupId, offset })
        whole = whole.count === 0 ? result : joined(whole, result)
      }
      return whole
    } finally {
      running.end()
    }
  })
}

/**
 * Goes through a change in steps, with other work in between, after what is under way already. If it is cancelled, what was
 * done until then stands.
 */
export async function stepwise(
  catalog: Catalog,
  begin: () => Steps,
  kind: LongChangeKind = 'edit',
): Promise<MutationResult> {
  return await inTurn(catalog, async () => {
    const steps = begin()
    let step = steps.next()
    if (step.done === true) return step.value
    const running = longChangesOf(catalog).begin(kind, step.value.total)
    try {
      while (step.done !== true) {
        running.advance(step.value.done)
        await othersFirst()
        if (running.cancelled) return { ...step.value.result, cancelled: true }
        step = steps.next()
      }
      return step.value
    } finally {
      running.end()
    }
  })
}

/** Assets that a change goes through, and what is done with some of them; `offset` of them come before. */
export interface RowStep {
  readonly rows: ArrayLike<RowId>
  change(writer: MutationWriter, rows: readonly RowId[], offset: number): void
}

/**
 * One change of any number of assets that is one line of the history: one transaction when they are few, else several, the
 * generator stopping after each; until the last one the history calls it unfinished. `finish` belongs to that, after all
 * steps, and must do what the steps do for assets that came to be concerned meanwhile.
 */
export function* inSteps(
  catalog: Catalog,
  spec: MutationSpec,
  steps: readonly RowStep[],
  finish: (writer: MutationWriter) => void,
): Steps {
  const total = steps.reduce((sum, { rows }) => sum + rows.length, 0)
  if (total <= ASSETS_OF_A_PART) {
    return catalog.mutate(spec, (writer) => {
      for (const { rows, change } of steps) change(writer, Array.from(rows), 0)
      finish(writer)
    })
  }
  const grouped = { ...spec, groupId: randomUUID() }
  const unfinished = { ...grouped, label: (count: number) => `${spec.label(count)}, unfinished` }
  let done = 0
  let whole: MutationResult | null = null
  for (const { rows, change } of steps) {
    for (let offset = 0; offset < rows.length; offset += ASSETS_OF_A_PART) {
      const some = Array.prototype.slice.call(rows, offset, offset + ASSETS_OF_A_PART) as RowId[]
      const result = catalog.mutate(unfinished, (writer) => change(writer, some, offset))
      whole = whole === null ? result : joined(whole, result)
      done += some.length
      yield { done, total, result: whole }
    }
  }
  const last = catalog.mutate(grouped, finish)
  return whole === null ? last : { ...last, count: whole.count + last.count }
}

/** The spec of a mutation that may be one of several parts. */
export function groupOf(part: Part | undefined): { readonly groupId?: string } {
  return part === undefined ? {} : { groupId: part.groupId }
}

async function inTurn<T>(catalog: Catalog, work: () => Promise<T>): Promise<T> {
  const before = underWay.get(catalog)
  const result = (async () => {
    await before
    return await work()
  })()
  const settled = result.then(
    () => undefined,
    () => undefined,
  )
  underWay.set(catalog, settled)
  return await result
}

/**
 * Lets what waits be done: one whole turn of the event loop. What is asked for in the middle of a turn would else be followed
 * by timers, which tell the window how far it is, only after the next part, and so would a request to stop.
 */
export async function othersFirst(): Promise<void> {
  await setImmediate()
  await setImmediate()
}

/** A selection in pieces of `size` assets; the last may be smaller. */
export function* slices(selection: AssetSelection, size: number): Generator<AssetSelection> {
  for (let from = 0; from < sizeOf(selection); from += size) yield partOf(selection, from, from + size)
}

function sizeOf(selection: AssetSelection): number {
  return 'ids' in selection ? selection.ids.length : selection.rowIds.length
}

function partOf(selection: AssetSelection, from: number, to: number): AssetSelection {
  return 'ids' in selection ? { ids: selection.ids.slice(from, to) } : { rowIds: selection.rowIds.slice(from, to) }
}

/** The label of a later part is that of all so far, unless nothing changed in it. */
function joined(before: MutationResult, next: MutationResult): MutationResult {
  if (next.count === 0) return { ...before, revision: next.revision }
  return { ...next, count: before.count + next.count }
}
