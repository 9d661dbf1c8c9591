import type { AssetCard } from '../../../shared/domain/asset.ts'
import { discard, keep, restore, trash } from '../../actions/assets.ts'
import { showToast } from '../../state/toasts.ts'
import { isTriaging, nextUndecided, noteDecision, tally, useTriage } from '../../state/triage.ts'
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
    return undecided ? (how === 'keep' ? keep(row) : discard(row)) : changeMind(how, card)
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

async function changeMind(how: 'keep' | 'discard', card: AssetCard): Promise<void> {
  const row = Int32Array.of(card.row_id)
  if (how === 'discard') return await (card.deleted_at === null ? trash(row) : Promise.resolve())
  if (card.deleted_at !== null) await restore(row)
  if (card.space === 'workspace') await keep(row)
}
