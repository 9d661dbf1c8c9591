import { create } from 'zustand'

/** As many as are looked over at a glance. */
const REMEMBERED = 6

/** What was picked in the palette lately, by key, the last first. */
export const usePaletteHistory = create<{ readonly picked: readonly string[] }>()(() => ({ picked: [] }))

/** Remembers what was picked; the same again moves to the front. */
export function rememberPicked(key: string): void {
  usePaletteHistory.setState(({ picked }) => ({
    picked: [key, ...picked.filter((other) => other !== key)].slice(0, REMEMBERED),
  }))
}
