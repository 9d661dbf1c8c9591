import type { DeviceId } from '../../../../shared/domain/ids.ts'
import type { RemovalRound } from '../../catalog/removals.repository.ts'
import type { DeviceManifest } from '../deviceManifest.ts'

type Round = Pick<RemovalRound, 'id' | 'device' | 'frontier'>
type Said = Pick<DeviceManifest, 'applied' | 'removals'>

/** Whether a device has applied all that a round was decided on, and agrees to it. */
export function hasAgreed(round: Round, device: DeviceId, { applied, removals }: Said): boolean {
  return (
    removals?.agreed[round.id] !== undefined &&
    Object.entries(round.frontier).every(([of, seq]) => of === device || (applied[of] ?? 0) >= seq)
  )
}

/**
 * Other devices that keep what is gone for good from being removed from the bucket, by what each last said of itself: those
 * that have not agreed yet to a round which is open, whosever it is.
 */
export function heldUpBy(
  rounds: readonly Round[],
  manifests: ReadonlyMap<DeviceId, Said>,
  gone: ReadonlySet<DeviceId>,
): ReadonlySet<DeviceId> {
  const late = new Set<DeviceId>()
  for (const [device, said] of manifests) {
    if (gone.has(device)) continue
    if (rounds.some((round) => round.device !== device && !hasAgreed(round, device, said))) late.add(device)
  }
  return late
}
