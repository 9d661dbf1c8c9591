import type { Asset } from '../../../shared/domain/asset.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { dateText } from '../../strings/quantities.ts'
import { text } from './metadataGroup.ts'

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })

/**
 * When a picture was taken, as the clock of the camera showed it, and what zone that was, as far as it is known. Null if
 * nothing is known.
 */
export function capturedText({ captured_at, metadata }: Pick<Asset, 'captured_at' | 'metadata'>): string | null {
  if (captured_at === null) return null
  const local = text(metadata.captured_at_local)
  const shown = local === null ? Number.NaN : Date.parse(local.includes('T') ? `${local}Z` : `${local}T00:00:00Z`)
  // Of another reader (a video's container), which knows the moment only.
  if (local === null || !Number.isFinite(shown)) return dateText(captured_at)
  if (!local.includes('T')) return day.format(shown)
  const written = `${day.format(shown)}, ${clock.format(shown)}`
  const offset = text(metadata.captured_at_offset)
  if (offset === null) return `${written} · ${strings.zoneUnknown}`
  return `${written} · ${metadata.captured_at_zone === 'gps' ? strings.zoneByGps(offset) : strings.zone(offset)}`
}
