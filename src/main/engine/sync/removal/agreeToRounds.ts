import type { DeviceId } from '../../../../shared/domain/ids.ts'
import { type DeviceManifest, readDeviceManifest } from '../deviceManifest.ts'
import { sayHowFar } from '../sayHowFar.ts'
import { referredTo } from './removable.ts'
import type { RemovalContext } from './removalContext.ts'
import { readRound } from './roundFile.ts'

/** What other devices last said of themselves, as far as it was read. */
export type Manifests = ReadonlyMap<DeviceId, DeviceManifest>
const NOBODY: ReadonlySet<DeviceId> = new Set()

/**
 * Takes part in the rounds of others: notes the objects of those that are new, agrees to those of which everything is applied
 * here, says what is kept since, and forgets those that are over. `gone` are devices that remove nothing any more. Asks nothing
 * of the store while there is none.
 */
export async function agreeToRounds(context: RemovalContext, manifests: Manifests, gone = NOBODY): Promise<void> {
  const { catalog, store, owner, remoteId } = context
  const { removals } = catalog
  await noteRounds(context, new Map([...manifests].filter(([device]) => !gone.has(device))))
  for (const round of removals.rounds(remoteId)) {
    if (round.device === catalog.deviceId) continue
    if (gone.has(round.device as DeviceId)) {
      // What it did not come to still waits for whoever removes it.
      removals.drop(remoteId, round.id)
      continue
    }
    const manifest = manifests.get(round.device as DeviceId)
    if (manifest !== undefined && !isOpen(manifest, round.id)) {
      end(context, round.id)
      continue
    }
    if (round.agreed || !hasApplied(context, round.frontier)) continue
    // Whatever comes to refer to one of them from now on finds it noted, and asks first.
    removals.agree(remoteId, round.id, referredTo(removals, owner, round.candidates))
  }
  const wanted = removals.rounds(remoteId).filter(({ untold }) => untold.length > 0)
  await sayHowFar(context)
  for (const round of wanted) {
    // Nothing goes without this device's agreement, and with its own round it waits for itself.
    const isHeard = round.device === catalog.deviceId ? round.state === 'open' : !round.agreed
    if (isHeard) removals.told(remoteId, round.id, round.untold)
    if (isHeard || round.device === catalog.deviceId) continue
    // Said first, asked then: whoever removes has said that it does before it asks what is kept.
    const manifest = await readDeviceManifest(store, owner, round.device as DeviceId)
    if (manifest === null) continue
    const own = manifest.removals?.own.find(({ id }) => id === round.id)
    if (own === undefined) end(context, round.id)
    else if (!own.deleting) removals.told(remoteId, round.id, round.untold)
  }
}

/** Notes the objects of rounds that are not known here yet: from then on nothing new relies on them unasked. */
export async function noteRounds(context: RemovalContext, manifests: Manifests): Promise<void> {
  const { catalog, store, owner, remoteId } = context
  const known = new Set(catalog.removals.rounds(remoteId).map(({ id }) => id))
  for (const [device, manifest] of manifests) {
    for (const { id } of manifest.removals?.own ?? []) {
      if (known.has(id)) continue
      const round = await readRound(store, owner, device, id)
      if (round !== null) catalog.removals.add(remoteId, { ...round, createdAt: null })
    }
  }
}

function end({ catalog: { removals }, remoteId }: RemovalContext, id: string): void {
  const round = removals.rounds(remoteId).find((one) => one.id === id)
  const kept = new Set(round?.kept)
  const gone = round?.candidates.flatMap(({ key }, place) => (kept.has(place) ? [] : [key])) ?? []
  removals.strike(remoteId, gone)
  removals.drop(remoteId, id)
}

function isOpen(manifest: DeviceManifest, id: string): boolean {
  return manifest.removals?.own.some((own) => own.id === id) === true
}

function hasApplied({ catalog, remoteId }: RemovalContext, frontier: Readonly<Record<string, number>>): boolean {
  const applied = catalog.remoteLog.frontier()
  const own = catalog.publication.position(remoteId)?.seq ?? 0
  return Object.entries(frontier).every(
    ([device, seq]) => (device === catalog.deviceId ? own : (applied[device] ?? 0)) >= seq,
  )
}
