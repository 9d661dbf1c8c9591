import { shortcutOf } from '../commands/shortcuts.ts'

/** Commands by the names that parts of the window know them by. */
const ids = {
  removeForGood: 'remove-for-good',
  keepLonger: 'keep-longer',
  info: 'toggle-inspector',
  search: 'find',
  newCollection: 'new-collection',
  selectAll: 'select-all',
  sidebar: 'toggle-sidebar',
} as const

/** What to print on a key cap for this command; '' when a person took its keys away. */
export function shortcutText(name: string): string {
  if (name === 'view') return 'Space'
  return shortcutOf(ids[name as keyof typeof ids] ?? name) ?? ''
}
