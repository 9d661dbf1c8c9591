import { useCallback, useState } from 'react'
import { setFold } from '../../state/folds.ts'

/** What is being named in a tree: something new below `parent` (null: at the top), or something that is there. */
export type Naming =
  | { readonly kind: 'new'; readonly parent: string | null }
  | { readonly kind: 'rename'; readonly id: string }

/** Which name of a tree is being typed. `attempt` is a new one when a name was refused and the field starts anew. */
export function useNaming() {
  const [naming, setNaming] = useState<{ readonly what: Naming | null; readonly attempt: number }>({
    what: null,
    attempt: 0,
  })
  return {
    naming: naming.what,
    attempt: naming.attempt,
    start: useCallback((what: Naming) => {
      if (what.kind === 'new' && what.parent !== null) setFold(what.parent, true)
      setNaming(({ attempt }) => ({ what, attempt: attempt + 1 }))
    }, []),
    again: useCallback(() => setNaming(({ what, attempt }) => ({ what, attempt: attempt + 1 })), []),
    stop: useCallback(() => setNaming(({ attempt }) => ({ what: null, attempt })), []),
  }
}
