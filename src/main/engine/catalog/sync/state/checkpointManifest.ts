import { z } from 'zod'
import { deviceIdSchema, sha256Schema } from '../../../../../shared/domain/ids.ts'
import { stateKinds } from './stateKinds.ts'

/** Bytes of a manifest at most. */
export const LARGEST_CHECKPOINT = 4 * 1024 * 1024
/** What a shard unpacks to at most, bytes. */
export const LARGEST_SHARD = 64 * 1024 * 1024
const MOST_SHARDS = 10_000
const MOST_DEVICES = 1000
const LONGEST_NAME = 200

const shardSchema = z.strictObject({
  kind: z.enum(stateKinds),
  /** Of what it unpacks to; its key says it too. */
  sha256: sha256Schema,
  /** Bytes that it unpacks to. */
  size: z.number().int().positive().max(LARGEST_SHARD),
  lines: z.number().int().positive(),
})
/** A shard as a checkpoint names it. */
export type ShardEntry = z.infer<typeof shardSchema>

const frontierSchema = z.record(
  deviceIdSchema,
  z.strictObject({
    seq: z.number().int().positive(),
    /** Of the segment `seq` of the device’s published log. */
    sha256: sha256Schema,
    /** `seen` of that segment. */
    seen: z.record(deviceIdSchema, z.number().int().nonnegative()),
    name: z.string().max(LONGEST_NAME).nullable(),
  }),
)

const checkpointSchema = z.strictObject({
  format: z.literal(1),
  library: z.string(),
  id: z.uuid(),
  /** Who wrote it. */
  device: deviceIdSchema,
  frontier: frontierSchema,
  shards: z.array(shardSchema).max(MOST_SHARDS),
})
/** `checkpoints/<id>.json`: which segments are contained, and the shards that hold what they left. */
export type CheckpointManifest = z.infer<typeof checkpointSchema>

/** Reads a manifest; null for one that this program would not have written. */
export function parseCheckpoint(bytes: Uint8Array): CheckpointManifest | null {
  const found = checkpointSchema.safeParse(parseJson(Buffer.from(bytes).toString('utf8'))).data
  if (found === undefined || Object.keys(found.frontier).length > MOST_DEVICES) return null
  return isInOrder(found) && isClosed(found) ? found : null
}

/** Shards come in the order in which they are read in. */
function isInOrder({ shards }: CheckpointManifest): boolean {
  const places = shards.map(({ kind }) => stateKinds.indexOf(kind))
  return places.every((place, index) => index === 0 || place >= (places[index - 1] ?? 0))
}

/** What a contained segment had seen is contained, too. */
function isClosed({ frontier }: CheckpointManifest): boolean {
  const ends = new Map(Object.entries(frontier).map(([device, { seq }]) => [device, seq]))
  return Object.values(frontier).every(({ seen }) =>
    Object.entries(seen).every(([device, seq]) => (ends.get(device) ?? 0) >= seq),
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
