import { hash } from 'node:crypto'

/**
 * The same 16 hexadecimal digits for prompts that differ at most in case and white space, null for an empty one: what
 * pictures that are variations of one another have in common.
 */
export function promptKey(prompt: string | null): string | null {
  const words = prompt?.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim() ?? ''
  return words === '' ? null : hash('sha256', words, 'hex').slice(0, 16)
}
