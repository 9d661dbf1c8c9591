import type { MutationResult } from '../../../../shared/contract/requests/requestMap.ts'
import type { CellValue } from '../journal/operation.ts'

/** The end of a device's log as far as it is applied here: 0 and null before its first segment. */
export interface LogPosition {
  readonly seq: number
  /** SHA-256 of the segment file `seq`, hexadecimal: what the next segment names as `prevSha`. */
  readonly sha256: string | null
}

/** Another device of this library, as far as it is known here. */
export interface KnownDevice {
  readonly id: string
  /** What its owner calls it; null before anybody has said so. */
  readonly name: string | null
  readonly applied: LogPosition
  /** Why its log does not go on here; null while it does. Goes away with the next segment that is applied. */
  readonly stopped: SegmentRefusal | null
}

/** What is wrong with a segment. It stops only the log that it belongs to. */
export interface SegmentRefusal {
  readonly seq: number
  readonly problem: 'damaged' | 'other_library' | 'other_device' | 'chain' | 'invalid'
  /** For a person. */
  readonly message: string
}

/** A segment as the bucket gave it: `device` and `seq` are those of its key. */
export interface ReceivedSegment {
  readonly device: string
  readonly seq: number
  readonly bytes: Uint8Array
}

export type SegmentOutcome =
  | {
      readonly kind: 'applied'
      /** Operations in the segment, each cell of a set counted. */
      readonly operations: number
      /** Assets that are not as they were. */
      readonly assets: number
      /** Operations that only a newer version understands; they are kept. */
      readonly parked: number
      /** Edits that lost against one made without knowing of them, and can be restored. */
      readonly conflicts: number
      /** True if this device has answered with changes of its own (it kept what the other one ended): there is something to publish. */
      readonly answered: boolean
    }
  /** Applied before; nothing was done. */
  | { readonly kind: 'known' }
  /** `next` of the same device comes first. */
  | { readonly kind: 'gap'; readonly next: number }
  /** Its author had applied `seq` of `device` when it wrote this; so must this device. */
  | { readonly kind: 'waits'; readonly device: string; readonly seq: number }
  /** So much would be removed that a person has to say so: apply it with `allowRemovals`. Nothing was done. */
  | { readonly kind: 'asks'; readonly removals: number; readonly assets: number }
  /** Nothing was done; `KnownDevice.stopped` says it too. */
  | { readonly kind: 'refused'; readonly refusal: SegmentRefusal }

/**
 * What other devices wrote: the door between the exchange with a store and the catalogue. Logs are applied in causal
 * order: each densely, and a segment only after all that its author had applied (`waits` otherwise). So go through the
 * devices until a round applies nothing. The merge itself does not depend on the order of what is concurrent.
 */
export interface RemoteLog {
  /** Every other device of which something is known here. */
  devices(): readonly KnownDevice[]
  /** How far the log of a device is applied. */
  position(device: string): LogPosition
  /** Last applied sequence of each other device: what the next own segment says in `seen`. */
  frontier(): Readonly<Record<string, number>>
  /** Remembers what a device is called. */
  nameDevice(device: string, name: string): void
  /**
   * Applies one segment. What this device has written before is sealed first, so that `seen` of its segments is exact;
   * then the segment is stored below `journal/<device>/` durably; then its cells, what it means for conflicts and the
   * position are one transaction. Very large segments are several, which may be done again after a crash; `pause` is
   * awaited between them. Rejects with `disk_full` and its like, with nothing lost.
   */
  apply(
    segment: ReceivedSegment,
    options?: { readonly allowRemovals?: boolean; readonly pause?: () => Promise<void> },
  ): Promise<SegmentOutcome>
  /** Applies what an older version of this program had parked and this one understands. Returns how many operations. */
  replayParked(): number
}

/** An edit that lost against a concurrent one. */
export interface FoundConflict {
  readonly id: number
  readonly entity: string
  readonly entityId: string
  readonly field: string
  /** What stands there now, and what does not. */
  readonly value: CellValue
  readonly lost: CellValue
  /** Ids of the devices that wrote either. */
  readonly device: string
  readonly lostDevice: string
  /** When the losing edit was made, by the clock of its device, and when this device found it, ms. */
  readonly lostAt: number
  readonly foundAt: number
}

/** Edits that lost against one made without knowing of them. */
export interface Conflicts {
  count(): number
  /** Newest first; `before` is the id of the last one that was shown. */
  list(limit: number, before?: number): readonly FoundConflict[]
  /**
   * `restore` writes the value that lost, as a change that can be undone; `keep` confirms the one that stands. Other devices
   * learn of either. Ids that are settled already are left out.
   */
  resolve(ids: readonly number[], how: 'restore' | 'keep', now: number): MutationResult
}
