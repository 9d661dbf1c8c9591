import { create } from 'zustand'
import { type LibraryState, useLibrary } from '../queries/library.ts'
import { useViewer } from '../state/viewer.ts'
import type { Mode } from './command.ts'

/** Modes that were entered and not left, the latest last. */
export const useEnteredModes = create<{ readonly entered: readonly { readonly mode: Mode }[] }>()(() => ({
  entered: [],
}))

/** Makes keys mean what they mean in this mode, until the returned function is called. */
export function enterMode(mode: Mode): () => void {
  const entry = { mode }
  useEnteredModes.setState(({ entered }) => ({ entered: [...entered, entry] }))
  return () => useEnteredModes.setState(({ entered }) => ({ entered: entered.filter((other) => other !== entry) }))
}

/** What the keys mean now. */
export function currentMode(): Mode {
  const entered = useEnteredModes.getState().entered.at(-1)
  if (!hasLibrary(useLibrary.getState())) return 'start'
  if (entered !== undefined) return entered.mode
  return useViewer.getState().rowId === null ? 'browse' : 'viewer'
}

function hasLibrary({ engine, info }: Pick<LibraryState, 'engine' | 'info'>): boolean {
  return engine.state === 'ready' || (engine.state === 'restarting' && info !== null)
}
