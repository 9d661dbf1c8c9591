import { useEffect } from 'react'
import { reportFailedRead } from '../../actions/mutate.ts'
import { subscribe } from '../../api/client.ts'
import { cards } from '../../queries/cards.ts'
import { isTriaging, noteDecision, useTriage } from '../../state/triage.ts'
import { useViewer } from '../../state/viewer.ts'
import { decisionOf, goOnInTriage } from './decide.ts'

/** Decisions that are looked at again when anything may have changed. */
const LOOKED_AT = 500

/**
 * Keeps what a triage shows as decided in step with the catalogue, whoever changed it: undo in a toast, another window, or
 * the collection that was chosen for the asset on screen, after which the triage goes on.
 */
export function useTriageProgress(): void {
  useEffect(
    () =>
      subscribe('catalog.changed', ({ rowIds }) => {
        const { members, decisions } = useTriage.getState()
        if (!isTriaging()) return
        const some = rowIds ?? [...decisions.keys()].slice(-LOOKED_AT)
        const concerned = some.filter((rowId) => members.has(rowId)).slice(0, LOOKED_AT)
        if (concerned.length === 0) return
        cards.load(concerned).then((found) => {
          for (const card of found) {
            const decision = decisionOf(card)
            const isNew = decision !== null && !useTriage.getState().decisions.has(card.row_id)
            noteDecision(card.row_id, decision)
            if (isNew && card.row_id === useViewer.getState().rowId) goOnInTriage(card.row_id)
          }
        }, reportFailedRead)
      }),
    [],
  )
}
