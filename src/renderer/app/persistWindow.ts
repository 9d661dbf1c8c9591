import { messageOf, request } from '../api/client.ts'
import { useVector } from '../queries/vector.ts'
import { useBrowse } from '../state/browse.ts'
import { useFileWork } from '../state/fileWork.ts'
import { useFolds } from '../state/folds.ts'
import { useListColumns } from '../state/listColumns.ts'
import { usePanels } from '../state/panels.ts'
import { rememberWindow, restoreWindow } from '../state/persistence.ts'
import { usePlayback } from '../state/playback.ts'
import { receivePreferences } from '../state/preferences.ts'
import { useRecentSearches } from '../state/recentSearches.ts'
import { useSelection } from '../state/selection.ts'

/** Stored this long after the last change, and when the window is hidden or closed. */
const DELAY_MS = 400

/**
 * Brings back theme, view, layout, sizes, panels, selection and scroll position, and stores them from now on. A window
 * whose settings can't be read starts with the defaults.
 */
export async function persistWindow(): Promise<void> {
  let others: Readonly<Record<string, unknown>> = {}
  try {
    const { settings } = await request('shell.info')
    others = settings.window
    receivePreferences(settings)
    restoreWindow(settings.window)
  } catch (thrown) {
    console.error(`The settings of the window could not be read: ${messageOf(thrown)}`)
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  const store = () => {
    clearTimeout(timer)
    timer = undefined
    const window = { ...others, ...rememberWindow(useVector.getState().rowIds) } as typeof others
    request('shell.settings', { window: JSON.parse(JSON.stringify(window)) }).catch((thrown) =>
      console.error(`The settings of the window could not be stored: ${messageOf(thrown)}`),
    )
  }
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(store, DELAY_MS)
  }
  useBrowse.subscribe(later)
  usePanels.subscribe(later)
  useFolds.subscribe(later)
  useListColumns.subscribe(later)
  useSelection.subscribe(later)
  useRecentSearches.subscribe(later)
  usePlayback.subscribe(later)
  useFileWork.subscribe(later)
  document.addEventListener('scroll', later, { capture: true, passive: true })
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && timer && store())
  window.addEventListener('pagehide', () => timer && store())
}
