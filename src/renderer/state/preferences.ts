import { create } from 'zustand'
import type { Preferences } from '../../shared/contract/requests/shellRequests.ts'
import { applyTheme } from './appearance.ts'

/** What a person has set for all windows; the theme is in appearance.ts, where it is applied. */
export const usePreferences = create<Omit<Preferences, 'theme'>>()(() => ({
  zoom: 1,
  shortcuts: {},
  notifications: true,
  tray: true,
  background: false,
}))

/** Follows what the shell has stored, whichever window changed it. */
export function receivePreferences({ theme, zoom, shortcuts, notifications, tray, background }: Preferences): void {
  applyTheme(theme)
  usePreferences.setState({ zoom, shortcuts, notifications, tray, background })
}
