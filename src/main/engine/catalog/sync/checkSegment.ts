import { deviceIdSchema } from '../../../../shared/domain/ids.ts'
import type { SegmentHeader } from '../journal/operation.ts'
import type { SegmentRefusal } from './remoteLog.ts'

/** Devices that one library may have; a header that names more is not honest. */
const MOST_DEVICES = 1000
/** Latest wall time of a stamp, ms (the year 2255): later ones would leave no room for changes after them. */
const LATEST_WALL = 9_000_000_000_000
const STAMP = /^\d{13}\.[0-9a-f]{6}\.[0-9a-f-]{36}$/

/** Where the log of a device stands here. */
interface Before {
  readonly seq: number
  readonly sha256: string | null
  /** `seen` of its last segment. */
  readonly seen: Readonly<Record<string, number>>
}

/** What is wrong with a segment that should follow `before`, null for nothing. Only looks at its header. */
export function checkHeader(
  header: SegmentHeader,
  expected: { readonly library: string; readonly device: string; readonly seq: number },
  before: Before,
): SegmentRefusal | null {
  const refuse = (problem: SegmentRefusal['problem'], message: string): SegmentRefusal => ({
    seq: expected.seq,
    problem,
    message,
  })
  if (header.library !== expected.library) {
    return refuse('other_library', 'A change that another device sent belongs to another library.')
  }
  if (header.device !== expected.device || header.seq !== expected.seq) {
    return refuse('other_device', 'A change that another device sent is in the wrong place in the bucket.')
  }
  if (header.prevSha !== before.sha256) {
    return refuse('chain', 'The changes that another device sent do not follow one another: one of them was replaced.')
  }
  const seen = Object.entries(header.seen)
  const isHonest =
    seen.length <= MOST_DEVICES &&
    seen.every(([id, seq]) => deviceIdSchema.safeParse(id).success && seq >= 0) &&
    Object.entries(before.seen).every(([id, seq]) => (header.seen[id] ?? 0) >= seq)
  return isHonest ? null : refuse('invalid', 'A change that another device sent contradicts what it sent before.')
}

/** Whether a stamp is one that the device could have made. */
export function isStampOf(device: string, stamp: string): boolean {
  return STAMP.test(stamp) && stamp.slice(21) === device && Number(stamp.slice(0, 13)) <= LATEST_WALL
}
