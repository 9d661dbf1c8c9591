import { Readable } from 'node:stream'
import type { LogPosition } from '../../src/main/engine/catalog/sync/remoteLog.ts'
import { encryptedStore } from '../../src/main/engine/sync/encryption/encryptedStore.ts'
import { keyNames } from '../../src/main/engine/sync/encryption/keyNames.ts'
import { openWhole } from '../../src/main/engine/sync/encryption/openObject.ts'
import type { RemoteKey } from '../../src/main/engine/sync/encryption/remoteKey.ts'
import type { PublishContext } from '../../src/main/engine/sync/publishContext.ts'
import { clonedAt, publishLog, settlePublication } from '../../src/main/engine/sync/publishLog.ts'
import { pullLogs } from '../../src/main/engine/sync/pullLogs.ts'
import type { AssetId } from '../../src/shared/domain/ids.ts'
import type { Bucket } from './bucket.ts'
import type { Chance } from './chance.ts'
import { type Device, library, remote } from './device.ts'
import { storeOver } from './memoryStore.ts'

/** What is done when the store shows that another copy of a device has published under its name. */
export type OnCloned = (device: Device, context: PublishContext, common: LogPosition) => Promise<void>

/** How devices hear of each other. */
export interface Exchange {
  publish(device: Device): Promise<void>
  /** Awaits `pause` wherever other work has its turn. */
  pull(device: Device, pause: () => Promise<void>): Promise<void>
  /** From now on nothing goes wrong: what is left to be told is told. */
  peace(device: Device): void
  /** Whether the store holds all of a device's log. */
  isPublished(device: Device): boolean
  /** What the logs of all devices say, as it was sent. */
  logs(): Promise<readonly SentObject[]>
}

/** An object as it was sent, whatever became of it. */
export type SentObject = readonly [key: string, bytes: Buffer]

/** Segments go from journal to journal as they are: what the merge has to cope with and nothing more. */
export function journalsThrough(bucket: Bucket): Exchange {
  const keyOf = (device: string, seq: number): string => `log/${device}/${String(seq).padStart(16, '0')}`
  return {
    async publish(device) {
      device.journal.seal()
      for (let seq = device.published + 1; seq <= device.tail(); seq++) {
        const bytes = device.segment(seq)
        if (!(await bucket.create(keyOf(device.id, seq), bytes))) {
          const there = await bucket.get(keyOf(device.id, seq))
          if (there === null || !there.equals(bytes)) await bucket.replace(keyOf(device.id, seq), bytes)
        }
        device.published = seq
      }
    },
    async pull(device, pause) {
      const keys = await bucket.list('log/')
      const last = new Map<string, number>()
      for (const key of keys) {
        const [, other = '', seq] = key.split('/')
        if (other !== device.id) last.set(other, Math.max(last.get(other) ?? 0, Number(seq)))
      }
      for (let goesOn = true; goesOn; ) {
        goesOn = false
        for (const [other, end] of last) {
          for (let seq = device.log.position(other).seq + 1; seq <= end; seq++) {
            const bytes = await bucket.get(keyOf(other, seq))
            if (bytes === null) break
            const outcome = await device.log.apply({ device: other, seq, bytes }, { allowRemovals: true, pause })
            if (outcome.kind !== 'applied') break
            goesOn = true
          }
        }
      }
    },
    // Each looks at all of its log again: what is damaged there is put back.
    peace(device) {
      device.published = 0
    },
    isPublished: () => true,
    logs: async () => [...bucket.sent('log/')],
  }
}

/**
 * What the program itself does: assets are held back until they are uploaded, and logs go through the port of a store. With a
 * key, the store is an encrypted one.
 */
export function logsThrough(
  bucket: Bucket,
  chance: Chance,
  key: RemoteKey | null,
  onCloned: OnCloned = () => Promise.reject(new Error('A device that is no clone was taken for one')),
): Exchange {
  const plainStore = storeOver(bucket)
  const { signal } = new AbortController()
  const contextOf = ({ catalog, root }: Device) => {
    const store = key === null ? plainStore : encryptedStore(plainStore, key, root)
    return { catalog, root, store, owner: library, remoteId: remote, signal }
  }
  let isPeace = false

  /** What the queue of uploads does to what is known of originals, whole or in part. */
  const upload = (device: Device): void => {
    const { catalog } = device
    // Nobody waits for what is not there to be sent.
    for (const { id } of device.all("SELECT id FROM assets WHERE status = 'missing' AND sync_state = 'local'"))
      catalog.assets.setSyncState([{ id: id as AssetId, state: 'error', reason: null }])
    for (const asset of catalog.remotes.unsynced(remote, 0, 100)) {
      if (catalog.assets.get(asset.id)?.sync_state === 'cloud-only' || !(isPeace || chance.happens(0.5))) continue
      const object = { key: asset.sha256, sha256: asset.sha256, size: asset.fileSizeBytes, etag: null }
      const verified = { verified: 'etag-md5', verifiedAt: 1 }
      catalog.remotes.recordObject({ remoteId: remote, assetId: asset.id, kind: 'original', ...object, ...verified })
      catalog.assets.setSyncState([{ id: asset.id, state: 'synced', reason: null }])
    }
  }
  return {
    async publish(device) {
      upload(device)
      const context = contextOf(device)
      const published = await publishLog(context)
      if (published.kind === 'cloned') await onCloned(device, context, published.common)
    },
    async pull(device, pause) {
      const mayRemove = (): boolean => true
      const told = { seen: device.marks, manifests: new Map(), mayRemove, onApplied: () => {}, pause }
      const context = contextOf(device)
      const cloned = await settlePublication(context)
      const { isOutrun } = cloned
        ? { isOutrun: true }
        : await pullLogs({ ...context, ...told }, isPeace || chance.happens(0.3))
      if (isOutrun) await onCloned(device, context, (cloned ?? clonedAt(context)).common)
    },
    peace() {
      if (!isPeace) bucket.repair()
      isPeace = true
    },
    isPublished: (device) => device.catalog.publication.position(remote)?.seq === device.tail(),
    logs: async () => (await sentObjects(bucket, key)).filter(([name]) => name.startsWith(`${library}/log/`)),
  }
}

/** Everything that was sent, under its plain key. */
async function sentObjects(bucket: Bucket, key: RemoteKey | null): Promise<readonly SentObject[]> {
  if (key === null) return [...bucket.sent('')]
  const names = keyNames(key)
  const objects: SentObject[] = []
  for (const [name, bytes] of bucket.sent('')) {
    const plain = names.decode(name)
    if (plain === null) throw new Error(`The store holds a name that is not encrypted: ${name}`)
    const opened = openWhole(Readable.from([bytes]), key, plain)
    objects.push([plain, Buffer.concat(await opened.toArray())])
  }
  return objects
}
