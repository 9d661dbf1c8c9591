import { randomUUID } from 'node:crypto'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { DeviceId } from '../../../../shared/domain/ids.ts'
import type { Candidate, RemovalRound } from '../../catalog/removals.repository.ts'
import { listCheckpoints, readCheckpoint } from '../checkpoints/readCheckpoints.ts'
import {
  checkpointKey,
  checkpointOfKey,
  logKey,
  logPrefix,
  removalKey,
  seqOfKey,
  shardKey,
  shardOfKey,
  shardsPrefix,
} from '../objectKeys.ts'
import { sayHowFar } from '../sayHowFar.ts'
import { hasAgreed } from './heldUp.ts'
import { referredTo, removable } from './removable.ts'
import { callTheRoll, LEAST_AGE_MS, type RemovalContext, type Roll } from './removalContext.ts'
import { MOST_CANDIDATES, writeRound } from './roundFile.ts'

/** Checkpoints that stay however old they are. */
const CHECKPOINTS_KEPT = 2

/** Which devices a round waits for, and why. */
export interface RoundOutcome {
  readonly kind: 'none' | 'waits' | 'removed'
  /** Devices that have not applied, or not agreed to, all that it takes. */
  readonly waitsFor: readonly DeviceId[]
}

/** Opens a round of this device for what waits to be removed, unless one is open. Returns whether there is one now. */
export async function openRound(context: RemovalContext, isTidying: boolean): Promise<boolean> {
  const { catalog, owner, remoteId } = context
  const { removals, publication, journal } = catalog
  const own = ownRound(context)
  if (own !== undefined) {
    // A kill may have come between noting it and storing it.
    if (own.createdAt === null) await putRound(context, own)
    return true
  }
  const position = publication.position(remoteId)
  // What removed these has to be told first: others can only agree to what they can apply.
  if (position === null || journal.unsealed > 0 || publication.sealedSeq() !== position.seq) return false
  if (isTidying) await queueOldCheckpoints(context)
  const waiting = removals
    .waiting(remoteId, MOST_CANDIDATES)
    .flatMap((candidate) => removable(owner, candidate) ?? [])
    .map(({ key, sha256 }): Candidate => ({ key, sha256 }))
  const referred = new Set(referredTo(removals, owner, waiting))
  const candidates = waiting.filter((_, place) => !referred.has(place))
  if (candidates.length === 0) return false
  const frontier = {
    ...catalog.remoteLog.frontier(),
    ...(position.seq > 0 && { [catalog.deviceId]: position.seq }),
  }
  const round = { id: randomUUID(), device: catalog.deviceId, frontier, createdAt: null, candidates }
  removals.add(remoteId, round)
  await putRound(context, round)
  return true
}

async function putRound(
  context: RemovalContext,
  round: Pick<RemovalRound, 'id' | 'device' | 'frontier' | 'candidates'>,
) {
  const { catalog, store, owner, remoteId } = context
  await writeRound(store, owner, round)
  const at = (await store.head(removalKey(owner, round.id)))?.modifiedAt ?? null
  if (at === null) return
  catalog.removals.created(remoteId, round.id, at)
  await sayHowFar(context)
}

/**
 * Removes what this device’s round names, if every device has agreed, it is old enough, and nobody refers to it. The device
 * says that it removes before it asks the others a last time; so whoever comes to need an object then either is heard, or knows
 * that it has to wait. May be done again after a kill at any instruction.
 */
export async function removeRound(context: RemovalContext, leastAge = LEAST_AGE_MS): Promise<RoundOutcome> {
  const { catalog, remoteId } = context
  const round = ownRound(context)
  if (round === undefined || round.createdAt === null) return { kind: 'none', waitsFor: [] }
  // Its time of writing tells what time it is at the store.
  await sayHowFar(context, true)
  const before = await callTheRoll(context, leastAge)
  const missing = await waitsFor(context, round, before)
  if (missing.length > 0 || before.latest - round.createdAt < leastAge || catalog.removals.hasUnknown()) {
    await stopDeleting(context, round)
    return { kind: 'waits', waitsFor: missing }
  }
  catalog.removals.setState(remoteId, round.id, 'deleting')
  await sayHowFar(context, true)
  const after = await callTheRoll(context, leastAge)
  const late = await waitsFor(context, round, after)
  if (late.length > 0) {
    await stopDeleting(context, round)
    return { kind: 'waits', waitsFor: late }
  }
  await removeAll(context, round, keptByOthers(round, after))
  return { kind: 'removed', waitsFor: [] }
}

function ownRound({ catalog, remoteId }: RemovalContext): RemovalRound | undefined {
  return catalog.removals.rounds(remoteId).find(({ device }) => device === catalog.deviceId)
}

async function stopDeleting(context: RemovalContext, round: RemovalRound): Promise<void> {
  context.catalog.removals.setState(context.remoteId, round.id, 'open')
  await sayHowFar(context)
}

/** Devices without which nothing may be removed now. */
async function waitsFor(context: RemovalContext, round: RemovalRound, { manifests, gone }: Roll): Promise<DeviceId[]> {
  const applied = context.catalog.remoteLog.frontier()
  const waiting: DeviceId[] = []
  for (const [device, manifest] of manifests) {
    const isReady = manifest !== null && hasAgreed(round, device, manifest) && (applied[device] ?? 0) >= manifest.seq
    if (!isReady) waiting.push(device)
  }
  if (waiting.length > 0) return waiting
  // Whoever is gone says no more what it needs: all that it ever told of has to be known here.
  for (const [device, manifest] of gone) {
    const isKnown = (applied[device] ?? 0) >= (manifest?.seq ?? 0) && !(await hasMore(context, device))
    if (!isKnown) waiting.push(device)
  }
  return waiting
}

/** Whether the log of a device goes on in the bucket behind what is applied here. */
async function hasMore({ catalog, store, owner }: RemovalContext, device: DeviceId): Promise<boolean> {
  const { seq } = catalog.remoteLog.position(device)
  const after = seq === 0 ? undefined : logKey(owner, device, seq)
  for await (const { key } of store.list(logPrefix(owner, device), after))
    if ((seqOfKey(owner, device, key) ?? 0) > seq) return true
  return false
}

function keptByOthers(round: RemovalRound, { manifests }: Roll): Set<number> {
  return new Set([...manifests.values()].flatMap((manifest) => manifest?.removals?.agreed[round.id] ?? []))
}

async function removeAll(
  context: RemovalContext,
  round: RemovalRound,
  keptElsewhere: ReadonlySet<number>,
): Promise<void> {
  const { catalog, store, owner, remoteId } = context
  const { removals } = catalog
  const now = removals.rounds(remoteId).find(({ id }) => id === round.id) ?? round
  const kept = new Set([...keptElsewhere, ...now.kept, ...referredTo(removals, owner, now.candidates)])
  const free = now.candidates.filter((_, place) => !kept.has(place))
  const remove = async ({ key }: Candidate): Promise<void> => {
    if (context.signal.aborted) throw new VitrineError('cancelled', 'Sync was stopped.')
    // What other programs put there is not the library's to remove, whatever a round says.
    if (key.startsWith(`${owner}/`)) await store.delete(key)
    removals.strike(remoteId, [key])
  }
  const kindOf = (candidate: Candidate) => removable(owner, candidate)?.kind
  for (const candidate of free) if (['file', 'sidecar'].includes(kindOf(candidate) ?? '')) await remove(candidate)
  const newest = (await listCheckpoints(store, owner)).slice(0, CHECKPOINTS_KEPT).map(({ id }) => id)
  for (const candidate of free) {
    const id = checkpointOfKey(owner, candidate.key)
    if (id !== null && !newest.includes(id)) await remove(candidate)
  }
  const shards = free.filter((candidate) => kindOf(candidate) === 'shard')
  if (shards.length > 0) {
    const used = await shardsInUse(context)
    if (used !== null)
      for (const candidate of shards) if (!used.has(shardOfKey(owner, candidate.key) ?? '')) await remove(candidate)
  }
  // Who refers to what was kept puts it among what waits again when it goes; nobody has to be asked for it until then.
  removals.strike(
    remoteId,
    now.candidates.filter((_, place) => keptElsewhere.has(place)).map(({ key }) => key),
  )
  await store.delete(removalKey(owner, round.id))
  removals.drop(remoteId, round.id)
  await sayHowFar(context)
}

/** Hashes of shards that checkpoints refer to; null if one can't be read, so that nobody knows. */
async function shardsInUse({ store, owner }: RemovalContext): Promise<ReadonlySet<string> | null> {
  const used = new Set<string>()
  for (const { id } of await listCheckpoints(store, owner)) {
    const manifest = await readCheckpoint(store, owner, id)
    if ('problem' in manifest) {
      if (manifest.problem === 'missing') continue
      return null
    }
    for (const { sha256 } of manifest.shards) used.add(sha256)
  }
  return used
}

/** Puts checkpoints that newer ones replace, and shards that only those refer to, among what waits to be removed. */
async function queueOldCheckpoints(context: RemovalContext): Promise<void> {
  const { catalog, store, owner, remoteId } = context
  const [kept, old] = await sortCheckpoints(context)
  if (kept === null) return
  const candidates: Candidate[] = old.map((key) => ({ key, sha256: null }))
  for await (const { key } of store.list(shardsPrefix(owner))) {
    const sha256 = shardOfKey(owner, key)
    if (sha256 !== null && !kept.has(sha256)) candidates.push({ key: shardKey(owner, sha256), sha256: null })
  }
  catalog.removals.wait(remoteId, candidates, context.now())
}

/** Shards of the newest checkpoints, null if one of these can't be read; and the keys of the others. */
async function sortCheckpoints({ store, owner }: RemovalContext): Promise<[ReadonlySet<string> | null, string[]]> {
  const all = await listCheckpoints(store, owner)
  const used = new Set<string>()
  for (const { id } of all.slice(0, CHECKPOINTS_KEPT)) {
    const manifest = await readCheckpoint(store, owner, id)
    if ('problem' in manifest) return [null, []]
    for (const { sha256 } of manifest.shards) used.add(sha256)
  }
  return [used, all.slice(CHECKPOINTS_KEPT).map(({ id }) => checkpointKey(owner, id))]
}
