import type { AssetCard } from '../../../shared/domain/asset.ts'
import { discard, keep, restore, trash } from '../../actions/assets.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { showToast } from '../../state/toasts.ts'
import { type Decision, isTriaging, nextUndecided, noteDecision, tally, useTriage } from '../../state/triage.ts'
import { closeViewer, openViewer } from '../../state/viewer.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import type { Navigation } from './useNavigation.ts'

/**
 * Keeps or discards an asset and goes on at once; the answer comes as a toast. In a triage a decision can be changed by
 * going back to its asset.
 */
export function decide(how: 'keep' | 'discard', card: AssetCard, navigation: Navigation): Promise<void> {
  const row = Int32Array.of(card.row_id)
  const undecided = card.space === 'workspace' && card.deleted_at === null
  if (isTriaging()) {
    noteDecision(card.row_id, how === 'keep' ? 'kept' : 'discarded')
    goOnInTriage(card.row_id)
    return settle(card.row_id, undecided ? (how === 'keep' ? keep(row) : discard(row)) : changeMind(how, card))
  }
  if (undecided) {
    const next = navigation.rowAt('next') ?? navigation.rowAt('previous')
    if (next === null || next === card.row_id) closeViewer()
    else openViewer(next)
  }
  return how === 'keep' ? keep(row) : discard(row)
}

/** To the next asset that is undecided; with none left the triage is over. */
export function goOnInTriage(from: number): void {
  const triage = useTriage.getState()
  const next = nextUndecided(triage, from)
  if (next !== null) {
    openViewer(next)
    return
  }
  const { kept, discarded } = tally(triage)
  closeViewer()
  showToast({ message: strings.triaged(kept, discarded) })
}

/** What is decided about an asset, going by where it is. */
export function decisionOf({ space, deleted_at }: Pick<AssetCard, 'space' | 'deleted_at'>): Decision | null {
  if (deleted_at !== null) return 'discarded'
  return space === 'library' ? 'kept' : null
}

/** A decision is shown before it is made. If it could not be made (a person is told why), it is not shown any more. */
async function settle(rowId: number, made: Promise<void>): Promise<void> {
  await made
  try {
    noteDecision(rowId, decisionOf(await request('assets.get', { rowId })))
  } catch (thrown) {
    reportFailedRead(thrown)
  }
}

async function changeMind(how: 'keep' | 'discard', card: AssetCard): Promise<void> {
  const row = Int32Array.of(card.row_id)
  if (how === 'discard') return await (card.deleted_at === null ? trash(row) : Promise.resolve())
  if (card.deleted_at !== null) await restore(row)
  if (card.space === 'workspace') await keep(row)
}
