import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { DeviceId } from '../../../../shared/domain/ids.ts'
import type { ObjectStore } from '../../ports.ts'
import { type Owner, retirementKey } from '../objectKeys.ts'
import type { DeviceListing } from './listDevices.ts'

/**
 * For so long this device relies on what it was told last, ms. Others wait for a day before they go on without it, so a
 * device that has slept asks before it counts on anything in the bucket.
 */
const ASK_EVERY_MS = 15 * 60_000

/** Whether this device was retired, as far as it has asked. */
export interface OwnRetirement {
  readonly isRetired: boolean
  /** Forgets what was asked, of whatever bucket. */
  forget(): void
  /** What a listing that began at a time (ms) has told. */
  note(listing: DeviceListing, began: number): void
  /** Whether this device is retired; asks the store if that was not done for a while. */
  ask(store: Pick<ObjectStore, 'head'>): Promise<boolean>
  /** Throws `remote_server` if it is: nothing may be relied on under this name. */
  check(store: Pick<ObjectStore, 'head'>): Promise<void>
}

export function ownRetirement(owner: Owner, self: DeviceId, now: () => number): OwnRetirement {
  let isRetired = false
  let askedAt: number | null = null
  let asking: Promise<void> | null = null

  async function request(store: Pick<ObjectStore, 'head'>): Promise<void> {
    const began = now()
    const found = await store.head(retirementKey(owner, self))
    isRetired ||= found !== null
    askedAt = began
  }

  async function ask(store: Pick<ObjectStore, 'head'>): Promise<boolean> {
    // Of a clock that was put back nothing can be told.
    const isFresh = askedAt !== null && Math.abs(now() - askedAt) < ASK_EVERY_MS
    if (isRetired || isFresh) return isRetired
    asking ??= request(store).finally(() => {
      asking = null
    })
    await asking
    return isRetired
  }

  return {
    get isRetired() {
      return isRetired
    },
    forget() {
      isRetired = false
      askedAt = null
    },
    note({ retired }, began) {
      isRetired ||= retired.has(self)
      askedAt = began
    },
    ask,
    async check(store) {
      if (await ask(store)) {
        throw new VitrineError(
          'remote_server',
          'This computer was retired on another device of the library. It goes on under a new name in a moment, and sends what it has then.',
        )
      }
    },
  }
}
