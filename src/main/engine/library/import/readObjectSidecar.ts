import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { sidecarKind } from '../../../../shared/domain/sidecarNames.ts'
import type { ObjectToAdopt } from '../../catalog/adoptedObjects.repository.ts'
import type { ForeignObjects } from '../../ports.ts'
import { type ExamineTools, examine } from './examine.ts'
import type { Intake } from './intake.ts'
import { isPromptFile } from './promptText.ts'
import { ABOUT_SIDECAR, MOST_SIDECAR_BYTES, type ReadSidecar } from './readSidecars.ts'

export interface ReadObjectTools extends ExamineTools {
  readonly foreign: () => ForeignObjects
  readonly intake: Intake
  readonly copying: <T>(work: () => Promise<T>) => Promise<T>
  readonly temporaryPath: () => string
}

/**
 * Brings an object of a bucket that describes others to `incoming`; its path is its key. Null for one that only has the name of a
 * sidecar. Rejects with a `VitrineError`; then nothing is left there.
 */
export async function readObjectSidecar(
  object: ObjectToAdopt,
  tools: ReadObjectTools,
  signal: AbortSignal,
): Promise<ReadSidecar | null> {
  const { key, size, remoteId } = object
  if (size === 0 || size > MOST_SIDECAR_BYTES) return null
  const temporary = tools.temporaryPath()
  let isSidecar = false
  try {
    await tools.foreign().fetch(remoteId, object, temporary, signal)
    const task = { path: temporary, target: null, settledMs: 0, name: basename(key) }
    const { read } = await tools.copying(() => tools.intake.take(task, signal))
    isSidecar = sidecarKind(basename(key)) !== 'txt' || (await isPromptFile(temporary))
    if (!isSidecar) return null
    await examine(key, read, temporary, tools, signal)
    return { path: key, temporary, sha256: read.sha256, size: read.size, read }
  } catch (error) {
    isSidecar = false
    throw error
  } finally {
    if (!isSidecar) await rm(temporary, { force: true })
  }
}

/** The same of several, for the file that they describe; one that can't be had now is left out, and says so as an item of its own. */
export async function readObjectSidecars(
  objects: readonly ObjectToAdopt[],
  tools: ReadObjectTools,
  signal: AbortSignal,
): Promise<readonly ReadSidecar[]> {
  const found: ReadSidecar[] = []
  for (const object of objects) {
    try {
      const sidecar = await readObjectSidecar(object, tools, signal)
      if (sidecar !== null) found.push(sidecar)
    } catch (error) {
      if (error instanceof VitrineError && (ABOUT_SIDECAR.has(error.code) || OF_OBJECT.has(error.code))) continue
      for (const { temporary } of found) if (temporary !== null) await rm(temporary, { force: true })
      throw error
    }
  }
  return found
}

const OF_OBJECT: ReadonlySet<string> = new Set(['not_found', 'remote_checksum', 'name_invalid'])
