import { request } from '../api/client.ts'
import { applyTheme, type Theme, useAppearance } from '../state/appearance.ts'
import { reportError } from './mutate.ts'

/** Shows all windows in this theme from now on. */
export async function setTheme(theme: Theme): Promise<void> {
  const before = useAppearance.getState().theme
  applyTheme(theme)
  try {
    await request('shell.settings', { theme })
  } catch (thrown) {
    applyTheme(before)
    reportError(thrown)
  }
}
