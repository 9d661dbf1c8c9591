import { shortcutOf } from '../commands/shortcuts.ts'

/** What to print on a key cap for a command, by its name; '' when a person took its keys away. */
export function shortcutText(id: string): string {
  return shortcutOf(id) ?? ''
}
