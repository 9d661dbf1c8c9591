import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import {
  type Preferences,
  preferencesSchema,
  type RecentLibrary,
  recentLibrarySchema,
  settingsSchema,
} from '../../shared/contract/requests/shellRequests.ts'
import { atomicFile } from './atomicFile.ts'
import type { Log } from './log.ts'

const VERSION = 1
/** As many windows as anybody has open; more than that in the file are not opened. */
export const MOST_WINDOWS = 8
export const MOST_RECENT = 10

/** Where the window was, in screen coordinates of the normal (not maximised) state. */
export const windowBoundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maximized: z.boolean(),
})
export type WindowBounds = z.infer<typeof windowBoundsSchema>

/** What a window was when it was seen last. */
const windowRecordSchema = z.object({
  id: z.string().min(1).max(64),
  bounds: windowBoundsSchema.nullable(),
  /** What its page wants to remember: view, layout, selection. */
  state: settingsSchema.shape.window,
})
export type WindowRecord = z.infer<typeof windowRecordSchema>

const shape = {
  ...preferencesSchema.shape,
  /** Absolute path of the library that was open last. */
  library: z.string().min(1).nullable(),
  recent: z.array(recentLibrarySchema).max(MOST_RECENT),
  /** The windows that were open, the first one first. */
  windows: z.array(windowRecordSchema).max(MOST_WINDOWS),
} as const

/** What the shell remembers of itself between runs. */
export interface ShellSettings extends Preferences {
  readonly library: string | null
  readonly recent: readonly RecentLibrary[]
  readonly windows: readonly WindowRecord[]
}

const defaults: ShellSettings = {
  theme: 'system',
  zoom: 1,
  density: 'usual',
  shortcuts: {},
  exports: [],
  notifications: true,
  tray: true,
  background: false,
  library: null,
  recent: [],
  windows: [],
}

export interface SettingsStore {
  readonly current: ShellSettings
  /** Takes effect at once; resolves when it is on disk. */
  update(changes: Partial<ShellSettings>): Promise<void>
  settled(): Promise<void>
}

/**
 * Reads `settings.json`. A missing file means the defaults. A damaged one, one with values that make no sense, or one
 * from a newer version is first copied beside itself, so that nothing of it is lost; what can be understood is used.
 * Fields of other versions are kept when the file is written again.
 */
export function openSettings(path: string, log: Log, now: () => number = Date.now): SettingsStore {
  mkdirSync(dirname(path), { recursive: true })
  const stored = readStored(path, log)
  const { settings, problems } = understand(stored.value)
  if (stored.problem !== null) problems.push(stored.problem)
  if (problems.length > 0) {
    const aside = `${path.replace(/\.json$/, '')}.set-aside-${now()}.json`
    copyFileSync(path, aside)
    log.warn('settings', `Some settings could not be read; the file was copied to ${aside}`, problems)
  }

  const file = atomicFile(path)
  let current = settings
  return {
    get current() {
      return current
    },
    update(changes) {
      current = { ...current, ...changes }
      return file.write(`${JSON.stringify({ ...stored.value, ...current, version: VERSION }, null, 2)}\n`)
    },
    settled: () => file.settled(),
  }
}

/** What of the settings every window may know. */
export function preferencesOf(settings: ShellSettings): Preferences {
  const { theme, zoom, density, shortcuts, exports, notifications, tray, background } = settings
  return { theme, zoom, density, shortcuts, exports, notifications, tray, background }
}

function readStored(path: string, log: Log): { value: Record<string, unknown>; problem: string | null } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (!missing) log.error('settings', `${path} can't be read; starting with the defaults`, error)
    return { value: {}, problem: null }
  }
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text))
    return parsed.success ? { value: parsed.data, problem: null } : { value: {}, problem: 'not an object' }
  } catch (error) {
    return { value: {}, problem: `not JSON: ${String(error)}` }
  }
}

function understand(stored: Record<string, unknown>): { settings: ShellSettings; problems: string[] } {
  const problems: string[] = []
  const field = <N extends keyof typeof shape>(name: N, otherwise: ShellSettings[N]): ShellSettings[N] => {
    if (!(name in stored)) return otherwise
    const schema: z.ZodType = shape[name]
    const parsed = schema.safeParse(stored[name])
    // The schema of this very field, which TypeScript can't follow through the lookup.
    if (parsed.success) return parsed.data as ShellSettings[N]
    problems.push(`${name}: ${parsed.error.issues[0]?.message ?? 'invalid'}`)
    return otherwise
  }
  const settings: ShellSettings = {
    theme: field('theme', defaults.theme),
    zoom: field('zoom', defaults.zoom),
    density: field('density', defaults.density),
    shortcuts: field('shortcuts', defaults.shortcuts),
    exports: field('exports', defaults.exports),
    notifications: field('notifications', defaults.notifications),
    tray: field('tray', defaults.tray),
    background: field('background', defaults.background),
    library: field('library', defaults.library),
    recent: field('recent', defaults.recent),
    windows: field('windows', onlyWindow(stored)),
  }
  if (typeof stored.version === 'number' && stored.version > VERSION) problems.push(`from version ${stored.version}`)
  return { settings, problems }
}

/** The one window of a file that knows of no others. */
function onlyWindow({ bounds, window }: Record<string, unknown>): readonly WindowRecord[] {
  if (bounds === undefined && window === undefined) return []
  const state = windowRecordSchema.shape.state.safeParse(window)
  const place = windowRecordSchema.shape.bounds.safeParse(bounds)
  return [{ id: 'first', bounds: place.data ?? null, state: state.data ?? {} }]
}
