import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type ErrorCode, VitrineError } from '../../../shared/contract/errors.ts'
import type { DeviceId } from '../../../shared/domain/ids.ts'
import type { ObjectStore } from '../ports.ts'
import { readSmall } from './libraryManifest.ts'
import { deviceKey, type Owner } from './objectKeys.ts'

const LARGEST_BYTES = 256 * 1024
/** What a store says of one that is of no use: not there, far too large, not as it was written. */
const UNREADABLE: ReadonlySet<ErrorCode> = new Set(['not_found', 'remote_server', 'remote_checksum'])
const LONGEST_NAME = 200

/** What a device says of itself in `devices/<device>.json`. */
const deviceManifestSchema = z.object({
  format: z.literal(1),
  library: z.string(),
  device: z.string(),
  name: z.string().transform((name) => name.slice(0, LONGEST_NAME)),
  /** The end of its log. */
  seq: z.number().int().nonnegative(),
  sha256: z.string().nullable(),
  /** Last sequence of each other device that it has applied. */
  applied: z.record(z.string(), z.number().int()),
  /** Rounds of removals: its own, and of others those that it agrees to, each with the places of what it refers to. */
  removals: z
    .object({
      own: z.array(z.object({ id: z.uuid(), deleting: z.boolean() })).max(10),
      agreed: z.record(z.uuid(), z.array(z.number().int().nonnegative())),
    })
    .optional(),
  /** It has heard that it was retired, and does nothing more under this name. */
  retired: z.literal(true).optional(),
})
export type DeviceManifest = z.infer<typeof deviceManifestSchema>

/** Writes what this device says of itself. It is the only writer of that object. */
export async function writeDeviceManifest(
  store: Pick<ObjectStore, 'putBytes'>,
  owner: Owner,
  manifest: DeviceManifest,
): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
  await store.putBytes(deviceKey(owner, manifest.device as DeviceId), bytes, 'application/json')
}

/**
 * What another device says of itself; null when it says nothing that can be understood. Everything that matters is read from
 * its log: the manifest only gives its name, and how far it has got with the logs of others.
 */
export async function readDeviceManifest(
  store: ObjectStore,
  owner: Owner,
  device: DeviceId,
): Promise<DeviceManifest | null> {
  let bytes: Buffer
  try {
    bytes = await readSmall(store, deviceKey(owner, device), LARGEST_BYTES)
  } catch (error) {
    if (error instanceof VitrineError && UNREADABLE.has(error.code)) return null
    throw error
  }
  const parsed = deviceManifestSchema.safeParse(parseJson(bytes.toString('utf8')))
  return parsed.success && parsed.data.device === device && parsed.data.library === owner ? parsed.data : null
}

/** What this device is called: as its `device.json` has it, else as the system does. */
export function deviceName(root: string): string {
  const named = z.object({ name: z.string().min(1) }).safeParse(parseJson(readIfThere(join(root, 'device.json'))))
  return (named.success ? named.data.name : hostname()).slice(0, LONGEST_NAME)
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // Only a name is lost.
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
