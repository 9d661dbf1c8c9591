import { create } from 'zustand'

/** Dialogs that stand alone: at most one is open. */
export type DialogName =
  | 'smart-collection'
  | 'remotes'
  | 'conflicts'
  | 'join-library'
  | 'settings'
  | 'shortcuts'
  | 'palette'
  | 'collection-picker'
  | 'check-library'
  | 'clean-up'
  | 'remove-for-good'
  | 'undo-entry'
  | 'generation-request'
  | 'request-media'
  | 'request-picker'
  | 'export-files'
  | 'rename-assets'
  | 'open-with'
  | 'fetch-addresses'

export interface Panels {
  readonly sidebar: boolean
  readonly inspector: boolean
  readonly dialog: DialogName | null
  /** True when the remotes dialog should open on its "add a remote" form. */
  readonly addRemote: boolean
  /** True while the sidebar shows the field for the name of a new collection. */
  readonly namingCollection: boolean
}

/** On a screen this wide (CSS pixels) the first window, which is as wide as it may be, shows the inspector. */
const WIDE = 1280

export const usePanels = create<Panels>()(() => ({
  sidebar: true,
  // Open from the start where it leaves the pictures enough room. The window's own width is not known before it is shown.
  inspector: (globalThis.screen?.availWidth ?? 0) >= WIDE,
  dialog: null,
  addRemote: false,
  namingCollection: false,
}))

export function toggleInspector(): void {
  usePanels.setState(({ inspector }) => ({ inspector: !inspector }))
}

export function toggleSidebar(): void {
  usePanels.setState(({ sidebar }) => ({ sidebar: !sidebar }))
}

export function openDialog(dialog: DialogName, options: { readonly addRemote?: boolean } = {}): void {
  usePanels.setState({ dialog, addRemote: options.addRemote ?? false })
}

export function closeDialog(): void {
  usePanels.setState({ dialog: null, addRemote: false })
}

/** Opens the field for the name of a new collection in the sidebar. */
export function startNamingCollection(): void {
  usePanels.setState({ sidebar: true, namingCollection: true })
}

export function stopNamingCollection(): void {
  usePanels.setState({ namingCollection: false })
}
