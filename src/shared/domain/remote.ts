import { z } from 'zod'
import { remoteIdSchema } from './ids.ts'
import { remoteAbilitiesSchema } from './remoteAbilities.ts'
import { remoteEncryptionSchema } from './remoteEncryption.ts'

export const remoteRoleSchema = z.enum(['library', 'workspace', 'references', 'public'])
export type RemoteRole = z.infer<typeof remoteRoleSchema>

/** Absent where a remote holds everything as it is. Only the engine says so; what a request says of it is passed over. */
const encryption = remoteEncryptionSchema.optional()

/** Where a remote is. A prefix is a slash-separated path without leading or trailing slash, '' for none. */
export const remoteLocationSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('s3'),
    endpoint: z.url({ protocol: /^https?$/ }).nullable(),
    region: z.string().min(1).default('us-east-1'),
    bucket: z.string().min(1).max(255),
    prefix: z.string().max(512).default(''),
    pathStyle: z.boolean().default(true),
    /**
     * Whether requests carry checksums that S3 does not ask for. Ceph and Swift of some years ago reject them; without, only
     * those are sent that are needed (`required`).
     */
    checksums: z.enum(['required', 'supported']).optional(),
    encryption,
  }),
  z.object({ kind: z.literal('folder'), path: z.string().min(1), prefix: z.string().max(512).default(''), encryption }),
])
export type RemoteLocation = z.infer<typeof remoteLocationSchema>

/** Never stored in the catalogue: held in memory by the engine, in the system's keychain by the shell. */
export const credentialsSchema = z.object({
  accessKeyId: z.string().min(1).max(500),
  secretAccessKey: z.string().min(1).max(1000),
  sessionToken: z.string().max(10_000).optional(),
})
export type Credentials = z.infer<typeof credentialsSchema>

/** What may go into a bucket, and who may read it. Null: no limit. */
export const remotePolicySchema = z.object({
  visibility: z.enum(['private', 'public']),
  /** Whole types, or `image/*` and the like for all of a kind. */
  allowedMimeTypes: z
    .array(z.string().regex(/^[a-z0-9.+-]+\/(?:\*|[a-z0-9.+-]+)$/, 'Give MIME types such as image/png or image/*.'))
    .min(1)
    .max(100)
    .nullable(),
  /** Of one file. */
  sizeLimitBytes: z.number().int().positive().nullable(),
  /** How long the bucket's own rules keep what is in it, days. */
  retentionDays: z.number().int().min(1).max(36_500).nullable(),
  /** Of everything in it. Warnings from 80 %, see `storage.quotas`. */
  quotaBytes: z.number().int().positive().nullable(),
  /** Where what is in a public bucket can be read by anybody, without a slash at the end. */
  publicBaseUrl: z.url({ protocol: /^https?$/ }).nullable(),
})
export type RemotePolicy = z.infer<typeof remotePolicySchema>
export const remotePolicyChangeSchema = remotePolicySchema.partial()
export type RemotePolicyChange = z.infer<typeof remotePolicyChangeSchema>

export const openRemotePolicy: RemotePolicy = {
  visibility: 'private',
  allowedMimeTypes: null,
  sizeLimitBytes: null,
  retentionDays: null,
  quotaBytes: null,
  publicBaseUrl: null,
}

const MB = 1024 * 1024
/** The buckets that a studio usually has, by the names they have there. */
export const remotePolicyPresets = {
  avatars: { ...openRemotePolicy, visibility: 'public', allowedMimeTypes: ['image/*'] },
  reference_images: { ...openRemotePolicy, allowedMimeTypes: ['image/*'], sizeLimitBytes: 10 * MB },
  system_assets: { ...openRemotePolicy, visibility: 'public', sizeLimitBytes: 5 * MB },
  'user-library': { ...openRemotePolicy, sizeLimitBytes: 50 * MB },
  videos: { ...openRemotePolicy, visibility: 'public', allowedMimeTypes: ['video/*'] },
  'workspace-temp': {
    ...openRemotePolicy,
    allowedMimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'video/mp4'],
    sizeLimitBytes: 50 * MB,
  },
} as const satisfies Record<string, RemotePolicy>

/** The limits that a remote begins with, where its role has usual ones. */
export function policyOfRole(role: RemoteRole): RemotePolicy {
  switch (role) {
    case 'workspace':
      return remotePolicyPresets['workspace-temp']
    case 'references':
      return remotePolicyPresets.reference_images
    case 'public':
      return { ...openRemotePolicy, visibility: 'public' }
    case 'library':
      return openRemotePolicy
  }
}

/** Whose objects a workspace remote holds: the first folder of their keys, '' where there is none. */
export const remoteOwnerSchema = z
  .string()
  .max(200)
  .regex(
    /^$|^(?!\.{1,2}$)[^\p{Cc}\p{Cs}\u2028\u2029/\\:*?"<>|]*[^\p{Cc}\p{Cs}\u2028\u2029/\\:*?"<>|. ]$/u,
    'Give the name of one folder, without slashes.',
  )

export const remoteSchema = z.object({
  id: remoteIdSchema,
  name: z.string(),
  role: remoteRoleSchema,
  /** Of a workspace remote; null: the library's id. */
  owner: remoteOwnerSchema.nullable().default(null),
  location: remoteLocationSchema,
  has_credentials: z.boolean(),
  /** Whether what an encrypted remote is opened with is known; true for one that is not encrypted. */
  has_key: z.boolean().default(true),
  policy: remotePolicySchema.default(openRemotePolicy),
  /** What the last look found; null before the first one. */
  abilities: remoteAbilitiesSchema.nullable().default(null),
  created_at: z.iso.datetime(),
})
export type Remote = z.infer<typeof remoteSchema>

/** What a connection test found. `problem` names the one thing to change when the test failed. */
export const remoteTestSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    serverTimeOffsetMs: z.number().nullable(),
    latencyMs: z.number(),
    abilities: remoteAbilitiesSchema,
    /** A library that is already there, if any. */
    library: z.object({ id: z.string(), name: z.string() }).nullable(),
  }),
  z.object({
    ok: z.literal(false),
    problem: z.enum([
      'host',
      'tls',
      'access_key',
      'secret_key',
      'bucket',
      'region',
      'permission',
      'clock',
      'folder',
      'other_library',
      'encryption',
      'server',
    ]),
    message: z.string(),
  }),
])
export type RemoteTest = z.infer<typeof remoteTestSchema>

export const syncStatusSchema = z.object({
  state: z.enum(['no-remote', 'up-to-date', 'working', 'offline', 'paused', 'attention']),
  /** Assets waiting to be uploaded, without those that need a person. */
  waiting: z.number().int().nonnegative(),
  uploading: z.number().int().nonnegative(),
  synced: z.number().int().nonnegative(),
  /** Assets that only a person can move on (`blocked`, `error`). */
  attention: z.number().int().nonnegative(),
  /** Edits that lost against one of another device, until a person has looked at them. */
  conflicts: z.number().int().nonnegative(),
  /** Other devices whose log waits for a person. */
  stopped: z.number().int().nonnegative(),
  /** Changes of other devices that were taken over so far, while many are; else null. */
  reading: z.number().int().nonnegative().nullable(),
  /** Upwards. */
  bytesPerSecond: z.number().nonnegative(),
  bytesDownPerSecond: z.number().nonnegative(),
  /** What is still to be sent, without what of it has been sent already. */
  bytesWaiting: z.number().nonnegative(),
  /** What was sent since there was last nothing to send. */
  bytesSent: z.number().nonnegative(),
  lastSuccessAt: z.iso.datetime().nullable(),
  /** When an offline or failed attempt is tried again. */
  nextAttemptAt: z.iso.datetime().nullable(),
  message: z.string().nullable(),
})
export type SyncStatus = z.infer<typeof syncStatusSchema>
