import { create } from 'zustand'
import type { Preferences } from '../../shared/contract/requests/shellRequests.ts'
import { applyTheme } from './appearance.ts'
import { applyDensity } from './density.ts'

/** What a person has set for all windows; theme and density are where they are applied. */
export const usePreferences = create<Omit<Preferences, 'theme' | 'density'>>()(() => ({
  zoom: 1,
  shortcuts: {},
  exports: [],
  notifications: true,
  tray: true,
  background: false,
}))

/** Follows what the shell has stored, whichever window changed it. */
export function receivePreferences({
  theme,
  density,
  zoom,
  shortcuts,
  exports,
  notifications,
  tray,
  background,
}: Preferences): void {
  applyTheme(theme)
  applyDensity(density)
  usePreferences.setState({ zoom, shortcuts, exports, notifications, tray, background })
}
