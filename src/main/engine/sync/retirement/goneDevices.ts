import type { DeviceId } from '../../../../shared/domain/ids.ts'
import type { DeviceManifest } from '../deviceManifest.ts'
import type { DeviceListing } from './listDevices.ts'

/**
 * Retired devices that nobody has to wait for: those that have said themselves that they have heard of it, and those that were
 * retired so long ago (`leastAge`, ms, by the clock of the store) that they would have heard, and have said nothing since. One
 * that goes on without having heard of it is alive, and counts like any other.
 */
export function goneDevices(
  { devices, retired, latest }: DeviceListing,
  manifests: ReadonlyMap<DeviceId, Pick<DeviceManifest, 'retired'> | null>,
  leastAge: number,
): ReadonlySet<DeviceId> {
  const gone = new Set<DeviceId>()
  for (const [device, retiredAt] of retired) {
    const said = devices.get(device)
    const isSilent = said === undefined || (said.at !== null && retiredAt !== null && said.at < retiredAt)
    const isOldEnough = retiredAt !== null && latest - retiredAt >= leastAge
    if (manifests.get(device)?.retired === true || (isSilent && isOldEnough)) gone.add(device)
  }
  return gone
}
