import { type Preferences, ZOOMS } from '../../shared/contract/requests/shellRequests.ts'
import { request } from '../api/client.ts'
import { receivePreferences, usePreferences } from '../state/preferences.ts'
import { reportError } from './mutate.ts'

/** Sets what holds for all windows from now on. Other windows learn of it by themselves. */
export async function setPreferences(changes: Partial<Preferences>): Promise<void> {
  try {
    receivePreferences(await request('shell.settings', changes))
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Makes everything in the windows a step larger (1) or smaller (-1), or as large as the system wants it (0). */
export async function zoomBy(step: 1 | -1 | 0): Promise<void> {
  const { zoom } = usePreferences.getState()
  const next = step === 0 ? 1 : ZOOMS[ZOOMS.indexOf(zoom) + step]
  if (next !== undefined && next !== zoom) await setPreferences({ zoom: next })
}
