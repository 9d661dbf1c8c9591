import { z } from 'zod'

/** What a remote was found to be able to do. What it lacks costs a detour, never safety. */
export const remoteAbilitiesSchema = z.object({
  /** Refuses to write where something is already, when asked to. */
  conditionalCreate: z.boolean(),
  /** Sends a part of an object. */
  ranges: z.boolean(),
  /** Shows at once what was written. */
  readAfterWrite: z.boolean(),
  /** Says itself which SHA-256 an object has. */
  checksumEcho: z.boolean(),
  /** Takes files in parts. */
  multipart: z.boolean(),
  /** Lets anybody read with a link that expires. */
  presign: z.boolean(),
  /** The server's clock minus ours, ms; null when it does not tell. */
  clockOffsetMs: z.number().nullable(),
  checkedAt: z.iso.datetime(),
})
export type RemoteAbilities = z.infer<typeof remoteAbilitiesSchema>
