import { subscribe } from '../api/client.ts'
import { useRegistry } from '../commands/registry.ts'
import { receivePreferences, usePreferences } from '../state/preferences.ts'

/** Keeps the window in step with what a person sets in any window, from now until it closes. */
export function followPreferences(): void {
  usePreferences.subscribe(({ shortcuts }, before) => {
    if (shortcuts !== before.shortcuts) useRegistry.setState({ customKeys: shortcuts })
  })
  subscribe('preferences.changed', receivePreferences)
}
