import { create } from 'zustand'
import type { CollectionId, TagId } from '../../shared/domain/ids.ts'

/** A dialog about one collection or tag. */
export type OrganiseDialog =
  | { readonly kind: 'describe-collection'; readonly id: CollectionId }
  | { readonly kind: 'move-collection'; readonly id: CollectionId }
  | { readonly kind: 'edit-tag'; readonly id: TagId }
  | { readonly kind: 'move-tag'; readonly id: TagId }
  | { readonly kind: 'merge-tag'; readonly id: TagId }
  /** A tag was given a name that another one has, perhaps as an alias. */
  | {
      readonly kind: 'name-taken'
      readonly id: TagId
      readonly name: string
      readonly other: TagId
      readonly path: string
    }

/** What the sidebar, headers and menus ask to be done with a collection or a tag in a dialog of its own. */
export const useOrganise = create<{ readonly dialog: OrganiseDialog | null }>()(() => ({ dialog: null }))

export function openOrganise(dialog: OrganiseDialog): void {
  useOrganise.setState({ dialog })
}

export function closeOrganise(): void {
  useOrganise.setState({ dialog: null })
}
