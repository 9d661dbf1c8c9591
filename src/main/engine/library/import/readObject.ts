import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { ImportRules } from '../../../../shared/domain/import.ts'
import type { ObjectToAdopt } from '../../catalog/adoptedObjects.repository.ts'
import type { ImportItem, ImportNotice } from '../../catalog/importRecords.ts'
import type { ReadFile } from './copyFile.ts'
import { examine } from './examine.ts'
import type { IdentifiedType } from './identifyType.ts'
import { type ReadObjectTools, readObjectSidecars } from './readObjectSidecar.ts'
import type { ReadSidecar } from './readSidecars.ts'

/** The object that an item of an adopting import stands for; undefined for a file. */
export function objectOf(
  { path, bytes, object }: Pick<ImportItem, 'path' | 'bytes' | 'object'>,
  { adopt }: Pick<ImportRules, 'adopt'>,
): ObjectToAdopt | undefined {
  if (adopt === undefined) return undefined
  const { etag = null, modifiedAt = null } = object ?? {}
  return { remoteId: adopt.remote, key: path, size: bytes, etag, modifiedAt, keep: adopt.keep }
}

/**
 * Brings an object of a bucket, and those that describe it, to durable files in `incoming` and reads them. Rejects with a `VitrineError`; then nothing is
 * left there.
 */
export async function readObject(
  object: ObjectToAdopt,
  sidecars: readonly ObjectToAdopt[],
  tools: ReadObjectTools,
  signal: AbortSignal,
): Promise<{
  readonly read: ReadFile
  readonly type: IdentifiedType
  readonly temporary: string
  readonly notice: ImportNotice | null
  readonly sidecars: readonly ReadSidecar[]
}> {
  const { key, size, remoteId } = object
  if (size === 0) throw new VitrineError('empty_file', 'The file is empty.')
  const temporary = tools.temporaryPath()
  try {
    await tools.foreign().fetch(remoteId, object, temporary, signal)
    const task = { path: temporary, target: null, settledMs: 0, name: basename(key) }
    const { read, type } = await tools.copying(() => tools.intake.take(task, signal))
    const notice = await examine(key, read, temporary, tools, signal)
    return { read, type, temporary, notice, sidecars: await readObjectSidecars(sidecars, tools, signal) }
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
