import { type CareSettings, careSettingsSchema, defaultCareSettings } from '../../../../shared/domain/cloudCare.ts'
import type { Catalog } from '../../catalog/catalog.ts'

const SETTING = 'sync.care'

/** How originals are kept on this computer; settings that can't be read are the usual ones. */
export function readCareSettings(catalog: Pick<Catalog, 'getSetting'>): CareSettings {
  const parsed = careSettingsSchema.safeParse(catalog.getSetting(SETTING))
  return parsed.success ? parsed.data : defaultCareSettings
}

/** Changes what is given and returns all of it. */
export function changeCareSettings(
  catalog: Pick<Catalog, 'getSetting' | 'setSetting'>,
  change: { readonly [K in keyof CareSettings]?: CareSettings[K] | undefined },
): CareSettings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  const settings = careSettingsSchema.parse({ ...readCareSettings(catalog), ...Object.fromEntries(given) })
  catalog.setSetting(SETTING, settings)
  return settings
}
