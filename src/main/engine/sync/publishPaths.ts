import { z } from 'zod'
import { assetTypeSchema } from '../../../shared/domain/asset.ts'
import { sha256Schema } from '../../../shared/domain/ids.ts'
import { storedPath } from './objectKeys.ts'

const fileSchema = z.looseObject({
  storage_path: z.string(),
  asset_type: assetTypeSchema,
  file_name: z.string(),
  sha256: sha256Schema,
  imported_at: z.number().optional(),
  created_at: z.number(),
})

/** As the system writes it: from the root, or on Windows from a drive or another computer. */
const ABSOLUTE = /^(?:[/\\]|[a-z]:)/i

/**
 * A line of the journal as others may get it. The path of a file that is linked in place means nothing on another computer:
 * there it has the place in `originals` that it would have if it had been copied. That it was found elsewhere on this one is
 * not told at all (null).
 */
export function withoutOwnPaths(text: string): string | null {
  if (!text.includes('storage_path')) return text
  const line = JSON.parse(text) as Record<string, unknown>
  const { entity, field, value } = line
  if (field === 'storage_path') return [value, line.all, line.each].flat().some(isOwnPath) ? null : text
  if (field !== '' || (entity !== 'asset' && entity !== 'assetVersion')) return text
  const file = fileSchema.safeParse(value).data
  if (file === undefined || !isOwnPath(file.storage_path)) return text
  const { asset_type: assetType, file_name: fileName, sha256, imported_at, created_at } = file
  const path = storedPath({ storagePath: '', assetType, fileName, sha256, importedAt: imported_at ?? created_at })
  return JSON.stringify({ ...line, value: { ...file, storage_path: path } })
}

function isOwnPath(path: unknown): boolean {
  return typeof path === 'string' && ABSOLUTE.test(path)
}
