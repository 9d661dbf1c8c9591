import { create } from 'zustand'

/** More open branches than these are not worth remembering. */
export const REMEMBERED_FOLDS = 2_000

/** Branches and sections of the sidebar that are open, by their id; everything else is folded. */
export const useFolds = create<{ readonly open: ReadonlySet<string> }>()(() => ({ open: new Set() }))

/** Opens or folds something; the one that was opened first is forgotten when there are too many. */
export function setFold(id: string, isOpen: boolean): void {
  const open = new Set(useFolds.getState().open)
  open.delete(id)
  if (isOpen) open.add(id)
  const [oldest] = open
  if (open.size > REMEMBERED_FOLDS && oldest !== undefined) open.delete(oldest)
  useFolds.setState({ open })
}
