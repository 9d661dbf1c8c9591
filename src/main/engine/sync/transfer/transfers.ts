import {
  defaultTransferSettings,
  type TransferConditions,
  type TransferSettings,
  transferSettingsSchema,
} from '../../../../shared/domain/transfer.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Clock, Pace } from '../../ports.ts'
import { type AdaptiveLanes, adaptiveLanes } from './lanes.ts'
import { tokenBucket } from './pace.ts'
import { type TransferMeter, transferMeter } from './transferMeter.ts'

/** Files from this size on wait on a battery or a connection that is paid by volume. */
const LARGE_BYTES = 16 * 1024 * 1024
const SETTING = 'sync.transfers'

/** What all transfers of a library share: room, speed limits, the system's conditions, and a count of what is under way. */
export interface Transfers {
  /** Of uploads. Downloads have their own: somebody waits for them, and the way back is another line. */
  readonly lanes: AdaptiveLanes
  readonly lanesDown: AdaptiveLanes
  readonly up: Pace
  readonly down: Pace
  readonly meter: TransferMeter
  settings(): TransferSettings
  configure(change: Partial<{ [K in keyof TransferSettings]: TransferSettings[K] | undefined }>): TransferSettings
  conditions(): TransferConditions
  setConditions(conditions: TransferConditions): void
  /** Whether a file of this size waits for better conditions. */
  mustWait(bytes: number): boolean
  /** Why large files wait now, for a person; null when they don't. */
  whyLargeWait(): string | null
}

export interface TransfersOptions {
  readonly catalog: Pick<Catalog, 'getSetting' | 'setSetting'>
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  /** Progress, or a change of settings or conditions. */
  readonly onChanged: () => void
}

export function createTransfers({ catalog, clock, random, onChanged }: TransfersOptions): Transfers {
  const elapsedMs = (): number => performance.now()
  const after = (ms: number, callback: () => void) => clock.after(ms, callback)
  const up = tokenBucket(elapsedMs, after)
  const down = tokenBucket(elapsedMs, after)
  let conditions: TransferConditions = { online: true, onBattery: false, metered: null }
  let settings = readSettings(catalog)
  apply()

  function apply(): void {
    up.setLimit(settings.uploadLimit)
    down.setLimit(settings.downloadLimit)
  }

  function reasonToSpare(): string | null {
    if (!settings.sparing) return null
    if (conditions.metered === true) return 'Large files wait, because this connection is paid by volume.'
    return conditions.onBattery ? 'Large files wait, because this computer runs on its battery.' : null
  }

  return {
    lanes: adaptiveLanes({ elapsedMs, after, random }),
    lanesDown: adaptiveLanes({ elapsedMs, after, random }),
    up,
    down,
    meter: transferMeter(() => clock.now(), onChanged),
    settings: () => settings,
    configure(change) {
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      settings = transferSettingsSchema.parse({ ...settings, ...Object.fromEntries(given) })
      catalog.setSetting(SETTING, settings)
      apply()
      onChanged()
      return settings
    },
    conditions: () => conditions,
    setConditions(next) {
      conditions = next
      onChanged()
    },
    mustWait: (bytes) => bytes >= LARGE_BYTES && reasonToSpare() !== null,
    whyLargeWait: reasonToSpare,
  }
}

/** Settings that can't be read are the usual ones. */
function readSettings(catalog: Pick<Catalog, 'getSetting'>): TransferSettings {
  const parsed = transferSettingsSchema.safeParse(catalog.getSetting(SETTING))
  return parsed.success ? parsed.data : defaultTransferSettings
}
