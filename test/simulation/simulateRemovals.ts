import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { openDatabase } from '../../src/main/engine/catalog/database.ts'
import type { ObjectInfo, ObjectStore } from '../../src/main/engine/ports.ts'
import type { DeviceManifest } from '../../src/main/engine/sync/deviceManifest.ts'
import { guardedStore } from '../../src/main/engine/sync/guardedStore.ts'
import { originalKey } from '../../src/main/engine/sync/objectKeys.ts'
import { publishLog } from '../../src/main/engine/sync/publishLog.ts'
import { pullLogs } from '../../src/main/engine/sync/pullLogs.ts'
import { agreeToRounds, noteRounds } from '../../src/main/engine/sync/removal/agreeToRounds.ts'
import { callTheRoll, type RemovalContext } from '../../src/main/engine/sync/removal/removalContext.ts'
import { openRound, removeRound } from '../../src/main/engine/sync/removal/removeRounds.ts'
import { sayHowFar } from '../../src/main/engine/sync/sayHowFar.ts'
import { VitrineError } from '../../src/shared/contract/errors.ts'
import type { DeviceId, Sha256 } from '../../src/shared/domain/ids.ts'
import { ConnectionLost, Killed } from './bucket.ts'
import { Chance } from './chance.ts'
import { Device, library, remote } from './device.ts'

const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
let template: Buffer | null = null
function emptyCatalog(root: string): Buffer {
  if (template === null) {
    const db = openDatabase(join(root, 'template.sqlite'))
    db.pragma('journal_mode = DELETE')
    template = db.serialize()
    db.close()
  }
  return template
}

/** How long a round is open before anything goes, in ticks of the store's clock. */
const LEAST_AGE = 40
/** So few files that devices have the same all the time. */
const files = Array.from(
  { length: 8 },
  (_, index) => createHash('sha256').update(String(index)).digest('hex') as Sha256,
)

/** A device with what it remembers of others. */
interface Member {
  readonly device: Device
  manifests: Map<DeviceId, DeviceManifest>
  isEnrolled: boolean
  isBusy: boolean
  isOnline: boolean
}

/**
 * Devices that take in the same few files, remove them for good and take them in again, while they remove from the bucket what
 * nothing refers to. Before every request another device may do something, which may be killed or lose its connection at any of
 * its own. Returns what was removed although somebody relied on it, or is missing in the end.
 */
export async function simulateRemovals(
  seed: number,
): Promise<{ readonly problems: readonly string[]; readonly removed: number; readonly reused: number }> {
  const root = mkdtempSync(join(place, 'vitrine-removals-'))
  const chance = new Chance(seed)
  const clock = { now: 1_790_000_000_000 }
  const objects = new Map<string, { readonly bytes: Buffer; readonly at: number }>()
  const members: Member[] = []
  const problems: string[] = []
  let [removed, reused, depth, isPeace] = [0, 0, 0, false]

  const add = (): Member => {
    const skew = chance.happens(0.5) ? chance.below(2_000_000) - 1_000_000 : 0
    const device = new Device(members.length, emptyCatalog(root), root, clock, skew)
    const member = { device, manifests: new Map(), isEnrolled: false, isBusy: false, isOnline: true }
    members.push(member)
    return member
  }

  /** What may happen before and behind each request of a device. */
  const between = async (): Promise<void> => {
    clock.now++
    if (isPeace) return
    if (chance.happens(0.01)) throw new Killed()
    if (chance.happens(0.02)) throw new ConnectionLost()
    if (depth < 3 && chance.happens(0.25)) await act(chance.pick(members))
  }
  const infoOf = (key: string): ObjectInfo | null => {
    const found = objects.get(key)
    return found === undefined
      ? null
      : { key, size: found.bytes.length, etag: String(found.at), sha256: null, modifiedAt: found.at }
  }
  const request = async <T>(work: () => T): Promise<T> => {
    await between()
    const result = work()
    await between()
    return result
  }
  const unused = (): never => {
    throw new Error('No such request is made')
  }
  const put = (key: string, bytes: Uint8Array): ObjectInfo => {
    objects.set(key, { bytes: Buffer.from(bytes), at: clock.now })
    return infoOf(key) ?? unused()
  }
  const store: ObjectStore = {
    head: (key) => request(() => infoOf(key)),
    get: (key) =>
      request(() => {
        const found = objects.get(key)
        if (found === undefined) throw new VitrineError('not_found', key)
        return Readable.from([found.bytes])
      }),
    putFile: (key, file) =>
      request(() => ({ info: put(key, Buffer.from(file.sha256)), verified: 'read-back' as const })),
    confirm: (key) =>
      request(() => {
        const info = infoOf(key)
        if (info !== null) reused++
        return info && { info, verified: 'read-back' as const }
      }),
    putBytes: (key, bytes) => request(() => put(key, bytes)),
    createBytes: (key, bytes) =>
      request(() => {
        if (objects.has(key)) return false
        put(key, bytes)
        return true
      }),
    async *list(prefix, startAfter = '') {
      const keys = await request(() => chance.shuffled([...objects.keys()].filter((key) => key.startsWith(prefix))))
      for (const key of keys) {
        const info = infoOf(key)
        if (key > startAfter && info !== null) yield info
      }
    },
    delete: (key) =>
      request(() => {
        if (objects.delete(key) && key.includes('/images/')) {
          removed++
          for (const { device } of members) {
            const relying = device.all(
              `SELECT a.id FROM remote_objects o JOIN assets a ON a.id = o.asset_id WHERE o.key = ?
               UNION SELECT id FROM assets WHERE sync_state = 'cloud-only' AND ? LIKE '%' || substr(sha256, 1, 12) || '%'`,
              key,
              key,
            )
            if (relying.length > 0) problems.push(`${key} was removed, and device ${device.id[0]} relied on it`)
          }
        }
      }),
    clockOffsetMs: 0,
    abandon: unused,
    unfinished: unused,
    copy: unused,
    probe: unused,
    link: unused,
    close: () => {},
  }

  const takeIn = ({ device }: Member): void => {
    const sha256 = chance.pick(files)
    const now = device.now()
    device.mutations.run({ kind: 'import', label: () => '', undoable: false, now }, (writer) => {
      writer.set('asset', uuid(chance), '', {
        owner_id: library,
        space: 'library',
        status: 'available',
        asset_type: 'image',
        file_name: 'p.png',
        extension: 'png',
        mime_type: 'image/png',
        file_size_bytes: 64,
        sha256,
        storage_path: `originals/2026/11/p.${sha256.slice(0, 12)}.png`,
        created_at: now,
        updated_at: now,
        imported_at: now,
        expires_at: null,
      })
    })
  }
  const change = ({ device }: Member): void => {
    const ids = device.all('SELECT id FROM assets ORDER BY id')
    if (ids.length === 0) return
    const id = String(chance.pick(ids).id)
    const now = device.now()
    device.mutations.run({ kind: 'edit', label: () => '', undoable: false, now }, (writer) => {
      if (chance.happens(0.2)) writer.set('asset', id, 'rating', chance.below(6))
      else {
        writer.set('asset', id, 'deleted_at', now)
        writer.set('asset', id, 'purged', now)
      }
    })
  }
  const upload = async (member: Member): Promise<void> => {
    const { catalog } = member.device
    if (!member.isEnrolled) return
    const guarded = guardedStore(store, (key) => {
      if (catalog.removals.fate(remote, key) !== 'doomed') return
      catalog.removals.want(remote, key)
      throw new VitrineError('remote_server', 'Later')
    })
    for (const asset of catalog.remotes.unsynced(remote, 0, 100)) {
      if (catalog.assets.get(asset.id)?.sync_state === 'cloud-only') continue
      const key = originalKey(library, asset)
      try {
        const file = { path: '', size: asset.fileSizeBytes, sha256: asset.sha256, contentType: 'image/png' }
        const { info, verified } = (await guarded.confirm(key, file)) ?? (await guarded.putFile(key, file))
        catalog.remotes.recordObject({
          remoteId: remote,
          assetId: asset.id,
          kind: 'original',
          part: '',
          key,
          sha256: asset.sha256,
          size: info.size,
          etag: info.etag,
          verified,
          verifiedAt: 1,
        } as Parameters<typeof catalog.remotes.recordObject>[0])
        const present = catalog.assets.findById(asset.id)
        if (present === undefined) catalog.remotes.removeLater(remote, asset.id, 1)
        else catalog.assets.setSyncState([{ id: asset.id, state: 'synced', reason: null }])
      } catch (error) {
        if (!(error instanceof VitrineError) || error.code !== 'remote_server') throw error
      }
    }
  }
  const exchange = async (member: Member): Promise<void> => {
    const { device } = member
    const { catalog } = device
    const { signal } = new AbortController()
    const context: RemovalContext = {
      catalog,
      store,
      remoteId: remote,
      owner: library,
      root: device.root,
      signal,
      now: () => device.now(),
    }
    if (!member.isEnrolled) {
      if ((await store.head(`${library}/devices/${device.id}.json`)) === null) await sayHowFar(context, true)
      const roll = await callTheRoll(context)
      await noteRounds(
        context,
        new Map([...roll.manifests].flatMap(([id, manifest]) => (manifest ? [[id, manifest]] : []))),
      )
      member.isEnrolled = true
    }
    const told = { seen: device.marks, manifests: member.manifests }
    await pullLogs(
      { catalog, store, owner: library, signal, ...told, mayRemove: () => true, onApplied: () => {}, pause: between },
      chance.happens(0.3) || isPeace,
    )
    await publishLog({ ...context, catalog })
    await agreeToRounds(context, member.manifests)
    if (chance.happens(0.7) && (await openRound(context, false))) await removeRound(context, LEAST_AGE)
  }

  /** A device does one thing, unless it is in the middle of another. */
  async function act(member: Member): Promise<void> {
    if (member.isBusy) return
    member.isBusy = true
    depth++
    try {
      const what = chance.below(10)
      if (what < 1) takeIn(member)
      else if (what < 4) change(member)
      else if (!member.isOnline) return
      else if (what < 6) await upload(member)
      else await exchange(member)
    } catch (error) {
      if (error instanceof Killed) {
        member.device.start()
        member.manifests = new Map()
      } else if (!(error instanceof ConnectionLost)) throw error
    } finally {
      depth--
      member.isBusy = false
    }
  }

  try {
    for (let index = 0; index < 2 + chance.below(2); index++) add()
    for (let step = 0; step < 120; step++) {
      if (members.length < 4 && chance.happens(0.02)) add()
      const member = chance.pick(members)
      if (chance.happens(0.03)) member.isOnline = !member.isOnline
      clock.now += chance.below(20)
      await act(member)
    }
    isPeace = true
    // Segments are fetched before their turn, and what another did before those requests may still go on.
    while (members.some(({ isBusy }) => isBusy)) await setImmediate()
    for (let round = 0; round < 12; round++) {
      clock.now += LEAST_AGE
      for (const member of members) {
        member.isOnline = true
        await upload(member)
        await exchange(member)
        await exchange(member)
      }
    }
    for (const { device } of members) {
      for (const asset of device.catalog.remotes.unsynced(remote, 0, 1000))
        if (device.catalog.assets.get(asset.id)?.sync_state !== 'cloud-only')
          problems.push(`Device ${device.id[0]} could never send ${asset.id}`)
      for (const { id, sha256 } of device.all('SELECT id, sha256 FROM assets')) {
        if (![...objects.keys()].some((key) => key.includes(`.${String(sha256).slice(0, 12)}.`)))
          problems.push(`The bucket lacks the original of ${id}`)
      }
    }
  } catch (error) {
    problems.push(`Something was thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    for (const { device } of members) device.close()
    rmSync(root, { recursive: true, force: true })
  }
  return { problems, removed, reused }
}

function uuid(chance: Chance): string {
  const hex = Array.from({ length: 32 }, () => chance.below(16).toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}
