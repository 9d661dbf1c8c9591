import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { type Settings, settingsSchema } from '../../shared/contract/requests/shellRequests.ts'
import { atomicFile } from './atomicFile.ts'
import type { Log } from './log.ts'

const VERSION = 1

/** Where the window was, in screen coordinates of the normal (not maximised) state. */
export const windowBoundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maximized: z.boolean(),
})
export type WindowBounds = z.infer<typeof windowBoundsSchema>

const fields = {
  theme: settingsSchema.shape.theme,
  window: settingsSchema.shape.window,
  /** Absolute path of the library that was open last. */
  library: z.string().min(1).nullable(),
  bounds: windowBoundsSchema.nullable(),
} as const

/** What the shell remembers of itself between runs; the page sees `theme` and `window` only. */
export interface ShellSettings extends Settings {
  readonly library: string | null
  readonly bounds: WindowBounds | null
}

const defaults: ShellSettings = { theme: 'system', window: {}, library: null, bounds: null }

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
  const field = <T>(name: keyof ShellSettings, schema: z.ZodType<T>, otherwise: T): T => {
    if (!(name in stored)) return otherwise
    const parsed = schema.safeParse(stored[name])
    if (parsed.success) return parsed.data
    problems.push(`${name}: ${parsed.error.issues[0]?.message ?? 'invalid'}`)
    return otherwise
  }
  const settings: ShellSettings = {
    theme: field('theme', fields.theme, defaults.theme),
    window: field('window', fields.window, defaults.window),
    library: field('library', fields.library, defaults.library),
    bounds: field('bounds', fields.bounds, defaults.bounds),
  }
  if (typeof stored.version === 'number' && stored.version > VERSION) problems.push(`from version ${stored.version}`)
  return { settings, problems }
}
