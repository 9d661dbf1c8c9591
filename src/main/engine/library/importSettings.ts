import { VitrineError } from '../../../shared/contract/errors.ts'
import {
  defaultImportSettings,
  type ImportSettings,
  type ImportSettingsChange,
  importSettingsSchema,
} from '../../../shared/domain/importSettings.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { parseGlob } from './import/globPattern.ts'
import { compileIgnore } from './import/ignorePatterns.ts'

const KEY = 'import'

/** The settings as they were set last; each that was never set, or can't be read any more, as it is by default. */
export function readImportSettings(catalog: Pick<Catalog, 'getSetting'>): ImportSettings {
  const stored = catalog.getSetting(KEY)
  const merged = importSettingsSchema.safeParse({ ...defaultImportSettings, ...(isRecord(stored) ? stored : {}) })
  if (!merged.success) return defaultImportSettings
  return { ...merged.data, ignore: merged.data.ignore.filter((pattern) => typeof parseGlob(pattern) !== 'string') }
}

/** Changes some of the settings. Throws `invalid_request` for a pattern that means nothing. */
export function changeImportSettings(
  catalog: Pick<Catalog, 'getSetting' | 'setSetting'>,
  change: ImportSettingsChange,
): ImportSettings {
  const settings = importSettingsSchema.safeParse({ ...readImportSettings(catalog), ...given(change) })
  if (!settings.success) {
    throw new VitrineError('invalid_request', settings.error.issues[0]?.message ?? 'These settings can’t be used.')
  }
  compileIgnore(settings.data.ignore)
  catalog.setSetting(KEY, settings.data)
  return settings.data
}

function given(change: ImportSettingsChange): ImportSettingsChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
