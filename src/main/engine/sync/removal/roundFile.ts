import { z } from 'zod'
import type { RemovalRound } from '../../catalog/removals.repository.ts'
import type { ObjectStore } from '../../ports.ts'
import { readAtMost } from '../checkpoints/readCheckpoints.ts'
import { type Owner, removalKey } from '../objectKeys.ts'

const LARGEST_BYTES = 4 * 1024 * 1024
/** Objects of one round at most. */
export const MOST_CANDIDATES = 5000

const roundSchema = z.object({
  format: z.literal(1),
  library: z.string(),
  id: z.uuid(),
  device: z.string(),
  /** Up to where each log was applied, and the own one told, when it was decided on. */
  frontier: z.record(z.string(), z.number().int().nonnegative()),
  candidates: z.array(z.object({ key: z.string().max(1024), sha256: z.string().nullable() })).max(MOST_CANDIDATES),
})
type Round = Pick<RemovalRound, 'id' | 'device' | 'frontier' | 'candidates'>

/** Writes what a round is about. It never changes. */
export async function writeRound(store: Pick<ObjectStore, 'putBytes'>, owner: Owner, round: Round): Promise<void> {
  const { id, device, frontier, candidates } = round
  const bytes = Buffer.from(`${JSON.stringify({ format: 1, library: owner, id, device, frontier, candidates })}\n`)
  await store.putBytes(removalKey(owner, id), bytes, 'application/json')
}

/** What a round of a device is about; null if it is over, or is none. */
export async function readRound(
  store: Pick<ObjectStore, 'get'>,
  owner: Owner,
  device: string,
  id: string,
): Promise<Round | null> {
  const bytes = await readAtMost(store, removalKey(owner, id), LARGEST_BYTES)
  if (typeof bytes === 'string') return null
  const found = roundSchema.safeParse(parseJson(bytes.toString('utf8'))).data
  return found !== undefined && found.library === owner && found.device === device && found.id === id ? found : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
