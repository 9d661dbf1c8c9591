import { z } from 'zod'

/** A UUID in its canonical lower-case form. Entities carry one of the branded forms below. */
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)

export const assetIdSchema = uuid.brand<'AssetId'>()
export const collectionIdSchema = uuid.brand<'CollectionId'>()
export const tagIdSchema = uuid.brand<'TagId'>()
export const libraryIdSchema = uuid.brand<'LibraryId'>()
export const deviceIdSchema = uuid.brand<'DeviceId'>()
export const remoteIdSchema = uuid.brand<'RemoteId'>()
export const importIdSchema = uuid.brand<'ImportId'>()
export const jobIdSchema = uuid.brand<'GenerationJobId'>()

export type AssetId = z.infer<typeof assetIdSchema>
export type CollectionId = z.infer<typeof collectionIdSchema>
export type TagId = z.infer<typeof tagIdSchema>
export type LibraryId = z.infer<typeof libraryIdSchema>
export type DeviceId = z.infer<typeof deviceIdSchema>
export type RemoteId = z.infer<typeof remoteIdSchema>
export type ImportId = z.infer<typeof importIdSchema>
export type GenerationJobId = z.infer<typeof jobIdSchema>

/** SHA-256 of a file's bytes, 64 lower-case hexadecimal digits. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>()
export type Sha256 = z.infer<typeof sha256Schema>

/** The small integer by which vectors name an asset inside one catalogue; never leaves this device. */
export const rowIdSchema = z.number().int().positive().max(2_147_483_647)
export type RowId = z.infer<typeof rowIdSchema>
