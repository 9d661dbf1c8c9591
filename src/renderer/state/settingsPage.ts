import { create } from 'zustand'
import { openDialog } from './panels.ts'

/** The pages of the settings, in their order. */
export const settingsPages = [
  'library',
  'import',
  'cleaning',
  'privacy',
  'appearance',
  'shortcuts',
  'background',
  'advanced',
] as const
export type SettingsPage = (typeof settingsPages)[number]

/** Which page the settings show; the one that was looked at last when they are opened again. */
export const useSettingsPage = create<{ readonly page: SettingsPage }>()(() => ({ page: 'library' }))

/** Opens the settings on this page. */
export function openSettingsPage(page: SettingsPage): void {
  useSettingsPage.setState({ page })
  openDialog('settings')
}
