import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Clock } from '../../ports.ts'
import type { ReadFile } from './copyFile.ts'
import { examine } from './examine.ts'
import type { IdentifiedType } from './identifyType.ts'
import type { ImportTools } from './importItem.ts'
import { isStored, placeOriginal } from './placeOriginal.ts'
import { whenStable } from './whenStable.ts'

/** A file whose bytes stand below `originals/`. */
export interface StoredFile {
  readonly read: ReadFile
  readonly type: IdentifiedType
  readonly storagePath: string
}

/**
 * Copies a file into the library without making an asset of it: a version is an asset's already. Bytes that are stored are
 * not stored twice. Without a row that names it, the next sweep after an unclean end makes an asset of it. Throws what an
 * import of the file would fail with.
 */
export async function storeFile(
  path: string,
  tools: ImportTools & { readonly clock: Clock },
  settledMs: number,
  signal: AbortSignal,
): Promise<StoredFile> {
  const temporary = tools.temporaryPath()
  try {
    const { read, type } = await whenStable(tools.clock, signal, () =>
      tools.copying(() => tools.intake.take({ path, target: temporary, settledMs }, signal)),
    )
    await examine(path, read, temporary, tools, signal)
    return await tools.byHash.run(read.sha256, async () => {
      const stored = tools.catalog.assets.findStored(read.sha256)
      if (stored !== undefined && (await isStored(tools.folder, stored.storagePath, read.size))) {
        return { read, type, storagePath: stored.storagePath }
      }
      const original = {
        temporary,
        sha256: read.sha256,
        size: read.size,
        fileName: basename(path),
        extension: type.extension,
        importedAt: tools.clock.now(),
      }
      return { read, type, storagePath: await placeOriginal(tools.folder, original) }
    })
  } finally {
    await rm(temporary, { force: true })
  }
}
