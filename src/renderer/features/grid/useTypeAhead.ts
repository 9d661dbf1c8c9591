import { useEffect, useRef, useState } from 'react'
import { chooseOnly } from '../../actions/choose.ts'
import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { chordOf } from '../../commands/keys.ts'
import { commandFor } from '../../commands/registry.ts'
import { useShown } from '../../queries/shown.ts'
import { useSelection } from '../../state/selection.ts'
import { firstAsked, firstIn, fromHere, MOST_SENT, TYPING_PAUSE_MS, typedAfter } from './typeAhead.ts'
import type { GridKeyEvent } from './useGridKeyboard.ts'

/** Goes to the asset whose name is typed. `typed` is null while nobody types; `found` is false when no name begins so. */
export function useTypeAhead(reveal: (index: number) => void) {
  const [state, setState] = useState<{ readonly typed: string | null; readonly found: boolean }>({
    typed: null,
    found: true,
  })
  /** The same at once: keys come faster than they are drawn. */
  const typed = useRef<string | null>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(pause.current), [])

  const end = () => {
    clearTimeout(pause.current)
    typed.current = null
    setState({ typed: null, found: true })
  }
  const look = async (prefix: string) => {
    const rowId = await findNamed(prefix)
    if (typed.current !== prefix) return
    setState({ typed: prefix, found: rowId !== null })
    if (rowId === null) return
    chooseOnly(rowId)
    reveal(useShown.getState().rowIds.indexOf(rowId))
  }

  return {
    ...state,
    /** Whether the key was one of typing. */
    onKeyDown(event: GridKeyEvent): boolean {
      if (event.key === 'Escape' && typed.current !== null) {
        event.preventDefault()
        end()
        return true
      }
      const next = typedAfter(typed.current, event)
      if (next === null || (typed.current === null && isCommand(event))) return false
      event.preventDefault()
      typed.current = next
      setState(({ found }) => ({ typed: next, found }))
      clearTimeout(pause.current)
      pause.current = setTimeout(end, TYPING_PAUSE_MS)
      if (next !== '') look(next).catch(reportError)
      return true
    },
  }
}

function isCommand(event: GridKeyEvent): boolean {
  const chord = chordOf(event)
  return chord !== null && commandFor(chord, 'browse') !== null
}

/** The first cell from the one in focus on whose asset is named so; null when there is none. */
async function findNamed(prefix: string): Promise<number | null> {
  const { rowIds } = useShown.getState()
  const { focus } = useSelection.getState()
  const rows = fromHere(rowIds, Math.max(0, focus === null ? 0 : rowIds.indexOf(focus)))
  if (rows.length > MOST_SENT) {
    const { rowIds: named } = await request('assets.named', { prefix, rowIds: null })
    // All that are named so: of more than are sent, nobody knows which of the others are in the view.
    if (named.length < MOST_SENT) return firstIn(rows, new Set(named))
  }
  return firstAsked(rows, async (part) => {
    const { rowIds: found } = await request('assets.named', { prefix, rowIds: part })
    return found[0] ?? null
  })
}
