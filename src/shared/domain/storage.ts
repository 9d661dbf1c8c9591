import { z } from 'zod'
import { assetIdSchema, collectionIdSchema, remoteIdSchema, rowIdSchema } from './ids.ts'

const bytes = z.number().nonnegative()
const sumSchema = z.object({ assets: z.number().int().nonnegative(), bytes })
const named = sumSchema.extend({ name: z.string() })

/** How full something with a quota is: from 80 % a warning, from 95 % critical, full when nothing more fits. */
export const quotaStateSchema = z.enum(['ok', 'warning', 'critical', 'full'])
export type QuotaState = z.infer<typeof quotaStateSchema>
export const quotaSchema = z.object({ used: bytes, quota: bytes.nullable(), state: quotaStateSchema })
export type Quota = z.infer<typeof quotaSchema>

/** The quota of the library (Trash included) and of each bucket. */
export const quotasSchema = z.object({
  library: quotaSchema,
  remotes: z.array(quotaSchema.extend({ id: remoteIdSchema, name: z.string() })),
})
export type Quotas = z.infer<typeof quotasSchema>

/** What the catalogue knows of what takes how much. What is in Trash counts only as `trash`. Largest first. */
export const usageSchema = z.object({
  total: sumSchema,
  bySpace: z.record(z.string(), sumSchema),
  byType: z.record(z.string(), sumSchema.extend({ averageBytes: bytes })),
  byCollection: z.array(named.extend({ id: collectionIdSchema })),
  byRemote: z.array(z.object({ id: remoteIdSchema, name: z.string(), objects: z.number().int(), bytes })),
  /** Of each the first hundred; assets without one are left out. */
  byModel: z.array(named),
  byGenerator: z.array(named),
  /** By the year of the import, in UTC; the latest first. */
  byYear: z.array(named),
  largest: z.array(z.object({ rowId: rowIdSchema, id: assetIdSchema, file_name: z.string(), bytes })),
  /** Assets beside the first of equal bytes, and what their further files take on disk. */
  duplicates: sumSchema,
  trash: sumSchema,
})
export type Usage = z.infer<typeof usageSchema>

export const diskUsageSchema = z.object({
  /** `estimated`: the folders are too many to look at all of them; their names are evenly spread. */
  cache: z.object({ bytes, estimated: z.boolean() }),
  journal: bytes,
  catalog: bytes,
  /** Of the originals of the Library, those that are only in a bucket. */
  elsewhere: bytes,
  /** Of the disk that the library is on; null where the system does not say. */
  free: bytes.nullable(),
  size: bytes.nullable(),
})
export type DiskUsage = z.infer<typeof diskUsageSchema>

export const storageUsageSchema = usageSchema.extend({ disk: diskUsageSchema, quotas: quotasSchema })
export type StorageUsage = z.infer<typeof storageUsageSchema>

/** How full it is; without a quota always `ok`. */
export function quotaOf(used: number, quota: number | null): Quota {
  return { used, quota, state: stateOf(used, quota) }
}

function stateOf(used: number, quota: number | null): QuotaState {
  if (quota === null) return 'ok'
  if (used >= quota) return 'full'
  if (used >= quota * 0.95) return 'critical'
  return used >= quota * 0.8 ? 'warning' : 'ok'
}
