import { z } from 'zod'
import { done, type RequestMap } from './requestMap.ts'

/** The native menus that commands stand in. */
export const menuNameSchema = z.enum([
  'app',
  'file',
  'edit',
  'asset',
  'view',
  /** Below `view`: what is said to the viewer, to triage and to what is compared. */
  'picture',
  'compare',
  'go',
  'window',
  'help',
])
export type MenuName = z.infer<typeof menuNameSchema>

/** What a command is called for good. */
export const commandIdSchema = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/)

/** Keys that are pressed together: modifiers `Mod` (Ctrl or Cmd), `Alt`, `Shift` in this order, then the key. */
export const chordSchema = z.string().regex(/^(Mod\+)?(Alt\+)?(Shift\+)?[^\s+]{1,20}$/u)

/** A command of the window as the native menu shows it. */
export const menuEntrySchema = z.object({
  id: commandIdSchema,
  title: z.string().min(1).max(100),
  menu: menuNameSchema,
  /** Entries of a section stand together, between lines. */
  section: z.number().int().min(0).max(20),
  /** What to write beside it. */
  chord: chordSchema.nullable(),
  enabled: z.boolean(),
})
export type MenuEntry = z.infer<typeof menuEntrySchema>

/** Answered by the shell, which has the native menu. */
export const menuRequests = {
  /** What the menu of the window that asks has, from now on. */
  'shell.menu': { input: z.object({ entries: z.array(menuEntrySchema).max(300) }), output: done },
} as const satisfies RequestMap
