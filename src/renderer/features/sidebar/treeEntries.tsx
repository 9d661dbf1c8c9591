import { FolderInput, Pencil, Trash2 } from 'lucide-react'
import { actions } from '../../strings/actions.ts'
import { organise } from '../../strings/organise.ts'
import type { MenuEntry } from '../../ui/menuEntry.ts'

/** Between groups of entries. */
export const separator: MenuEntry = { kind: 'separator' }

/** Names a line of a tree in place. */
export function renameEntry(onSelect: () => void): MenuEntry {
  return { kind: 'action', label: actions.rename, icon: <Pencil />, shortcut: 'F2', onSelect }
}

/** Asks where a line of a tree is to go. */
export function moveEntry(onSelect: () => void): MenuEntry {
  return { kind: 'action', label: organise.moveTo, icon: <FolderInput />, onSelect }
}

/** Deletes what a line of a tree stands for. */
export function deleteEntry(label: string, onSelect: () => void): MenuEntry {
  return { kind: 'action', label, icon: <Trash2 />, shortcut: 'Del', danger: true, onSelect }
}
