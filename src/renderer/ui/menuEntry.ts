import type { ReactNode } from 'react'

/** What a menu is made of, the same for a dropdown and for a context menu. */
export type MenuEntry =
  | {
      readonly kind: 'action'
      readonly label: string
      readonly icon?: ReactNode
      readonly shortcut?: string
      readonly danger?: boolean
      readonly disabled?: boolean
      readonly onSelect: () => void
    }
  | {
      readonly kind: 'choice'
      readonly label: string
      readonly checked: boolean
      readonly onSelect: () => void
    }
  | {
      readonly kind: 'submenu'
      readonly label: string
      readonly icon?: ReactNode
      readonly entries: readonly MenuEntry[]
    }
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'separator' }
