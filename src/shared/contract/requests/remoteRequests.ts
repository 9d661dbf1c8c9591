import { z } from 'zod'
import { remoteIdSchema } from '../../domain/ids.ts'
import {
  credentialsSchema,
  remoteLocationSchema,
  remoteOwnerSchema,
  remotePolicySchema,
  remoteRoleSchema,
  remoteSchema,
  remoteTestSchema,
  syncStatusSchema,
} from '../../domain/remote.ts'
import { keyInputSchema, newKeyInputSchema, passphraseSchema } from '../../domain/remoteEncryption.ts'
import { errorDataSchema } from '../errors.ts'
import { assets, done, none, type RequestMap } from './requestMap.ts'

const remoteDraft = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  role: remoteRoleSchema,
  location: remoteLocationSchema,
  credentials: credentialsSchema.optional(),
  /** Of a workspace remote: whose objects it holds. Without it, those below the library's id. */
  owner: remoteOwnerSchema.optional(),
  /** What may go there; without it, what is usual for the role. */
  policy: remotePolicySchema.optional(),
  /** What opens the place if it is encrypted already; else it is encrypted with this from the beginning. */
  encryption: newKeyInputSchema.optional(),
})

/** Files, and their bytes. */
const onlyThere = z.object({ count: z.number().int().nonnegative(), bytes: z.number().nonnegative() })

/** A place that holds a library, of which one more copy is to be made. */
export const joinedRemoteSchema = remoteDraft
  .omit({ role: true, owner: true, policy: true })
  .extend({ encryption: keyInputSchema.optional() })
export type JoinedRemote = z.infer<typeof joinedRemoteSchema>

export const remoteRequests = {
  'remotes.list': { input: none, output: z.array(remoteSchema) },
  /** Tries to read, write and delete there, without keeping anything. */
  'remotes.test': { input: remoteDraft, output: remoteTestSchema },
  'remotes.probe': { input: z.object({ id: remoteIdSchema }), output: remoteTestSchema },
  /** Fails unless the connection test succeeds. */
  'remotes.add': { input: remoteDraft, output: remoteSchema },
  /** Originals and earlier versions that are in a remote and not on this computer. */
  'remotes.onlyThere': { input: z.object({ id: remoteIdSchema }), output: onlyThere },
  /** Brings them all here. Answers when all are here or have failed; `failed` names some of the `failures`. */
  'remotes.fetchOnlyThere': {
    input: z.object({ id: remoteIdSchema }),
    output: z.object({
      fetched: z.number().int(),
      failures: z.number().int(),
      failed: z.array(errorDataSchema.pick({ code: true, message: true }).extend({ name: z.string() })),
      left: onlyThere,
    }),
  },
  /** Forgets a remote. Fails with `count` and `bytes` while there are files only there, unless the library's are to be left. */
  'remotes.remove': { input: z.object({ id: remoteIdSchema, leave: z.boolean().optional() }), output: done },
  'remotes.setCredentials': {
    input: z.object({ id: remoteIdSchema, credentials: credentialsSchema.nullable() }),
    output: done,
  },
  /** Gives the engine what opens an encrypted remote. */
  'remotes.unlock': { input: z.object({ id: remoteIdSchema, key: keyInputSchema }), output: done },
  /** Gives an encrypted remote whose key is known here another passphrase; every device goes on with the key that it has. */
  'remotes.changePassphrase': {
    input: z.object({ id: remoteIdSchema, passphrase: passphraseSchema }),
    output: remoteSchema,
  },
  /** What opens an encrypted remote, for whoever keeps it in a keychain; null when it is not known. No page may ask. */
  'remotes.key': { input: z.object({ id: remoteIdSchema }), output: z.object({ key: keyInputSchema.nullable() }) },
  /** Writes the recovery sheet of an encrypted remote: a page for `.html`, else text. A file that is there is replaced. */
  'remotes.recovery': { input: z.object({ id: remoteIdSchema, path: z.string().min(1).max(4096) }), output: done },
  'sync.status': { input: none, output: syncStatusSchema },
  /** Wakes the loop at once, also when it waits for a server to come back. */
  'sync.now': { input: none, output: done },
  'sync.pause': { input: z.object({ paused: z.boolean() }), output: syncStatusSchema },
  /** Puts assets whose upload failed back into the queue. */
  'sync.retry': { input: assets, output: done },
  /** Runs until nothing is left that can be done now; what `vitrine sync --once` prints. */
  'sync.once': {
    input: none,
    output: z.object({
      uploaded: z.number().int(),
      downloaded: z.number().int(),
      /** Objects of workspace remotes that came into the Workspace. */
      arrived: z.number().int(),
      applied: z.number().int(),
      conflicts: z.number().int(),
      pending: z.number().int(),
      errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
    }),
  },
} as const satisfies RequestMap
