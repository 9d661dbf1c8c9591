import { create } from 'zustand'
import type { Settings } from '../../shared/contract/requests/shellRequests.ts'

export type Theme = Settings['theme']

/** The theme a person chose; `system` follows the platform. */
export const useAppearance = create<{ readonly theme: Theme }>()(() => ({ theme: 'system' }))

const prefersLight = () => window.matchMedia('(prefers-color-scheme: light)')

/** Shows the window in this theme. Storing the choice is up to the caller (`shell.settings`). */
export function applyTheme(theme: Theme): void {
  useAppearance.setState({ theme })
  showTheme()
}

/** Follows the platform's theme while `system` is chosen. */
export function followSystemTheme(): void {
  prefersLight().addEventListener('change', showTheme)
  showTheme()
}

function showTheme(): void {
  const { theme } = useAppearance.getState()
  const shown = theme === 'system' ? (prefersLight().matches ? 'light' : 'dark') : theme
  document.documentElement.dataset.theme = shown
}
