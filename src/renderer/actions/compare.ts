import { canCompare, MOST_COMPARED, openCompare } from '../state/compare.ts'
import type { RowIds } from '../state/rowSet.ts'
import { showToast } from '../state/toasts.ts'
import { compare as strings } from '../strings/compare.ts'
import { shortcutText } from './shortcutText.ts'
import { targets } from './targets.ts'

/** Puts what is selected side by side, or says how many can be. */
export function compare(rowIds: RowIds = targets()): void {
  if (canCompare(rowIds.length)) openCompare([...rowIds])
  else showToast({ message: strings.wrongNumber(MOST_COMPARED, shortcutText('collect')) })
}
