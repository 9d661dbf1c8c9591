import { create } from 'zustand'
import { type RowIds, RowSet } from './rowSet.ts'
import { openViewer, useViewer } from './viewer.ts'

/** What a person decided about an asset. */
export type Decision = 'kept' | 'discarded'

/** Assets that are gone through one by one, and what was decided so far. What comes into the Workspace meanwhile waits. */
export interface Triage {
  readonly rowIds: RowIds
  readonly members: RowSet
  readonly decisions: ReadonlyMap<number, Decision>
}

const none: Triage = { rowIds: new Int32Array(), members: RowSet.empty, decisions: new Map() }

/** The triage under way; without rows while there is none. */
export const useTriage = create<Triage>()(() => none)

/** Whether assets are being gone through. */
export function isTriaging(triage: Triage = useTriage.getState()): boolean {
  return triage.rowIds.length > 0
}

/** Goes through these assets, beginning with one of them. */
export function startTriage(rowIds: RowIds, first: number): void {
  if (rowIds.length === 0) return
  useTriage.setState({ rowIds: rowIds.slice(), members: RowSet.of(rowIds), decisions: new Map() })
  openViewer(rowIds.includes(first) ? first : (rowIds[0] ?? first))
}

/** The viewer was closed: so is the triage. */
useViewer.subscribe(({ rowId }) => {
  if (rowId === null && isTriaging()) useTriage.setState(none)
})

/** Writes down what was decided about an asset, or that nothing is any more. */
export function noteDecision(rowId: number, decision: Decision | null): void {
  const { members, decisions } = useTriage.getState()
  if (!members.has(rowId) || decisions.get(rowId) === (decision ?? undefined)) return
  const changed = new Map(decisions)
  if (decision === null) changed.delete(rowId)
  else changed.set(rowId, decision)
  useTriage.setState({ decisions: changed })
}

/** The next asset after this one about which nothing is decided; after the last comes the first. Null when all are. */
export function nextUndecided({ rowIds, decisions }: Triage, after: number): number | null {
  const from = rowIds.indexOf(after)
  for (let step = 1; step <= rowIds.length; step++) {
    const rowId = rowIds[(from + step) % rowIds.length]
    if (rowId !== undefined && rowId !== after && !decisions.has(rowId)) return rowId
  }
  return null
}

/** How many were kept and discarded so far. */
export function tally({ decisions }: Pick<Triage, 'decisions'>): { readonly kept: number; readonly discarded: number } {
  let kept = 0
  for (const decision of decisions.values()) if (decision === 'kept') kept++
  return { kept, discarded: decisions.size - kept }
}
