import { statSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { VersionId } from '../../../../shared/domain/version.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { originalFile } from '../cloudOnlyAssets.ts'

const PAGE = 200

/** What files of earlier versions take on this device, and which of them the bucket is said to have, the oldest first. */
export interface VersionsHere {
  readonly bytes: number
  readonly candidates: readonly {
    readonly id: VersionId
    readonly bytes: number
    /** When the file came to its place here, ms. */
    readonly cameAt: number
  }[]
}

/** Looks which files of earlier versions are here, without keeping the engine from anything else. */
export async function versionsHere(
  { localOriginals }: Pick<Catalog, 'localOriginals'>,
  root: string,
): Promise<VersionsHere> {
  let bytes = 0
  const candidates: VersionsHere['candidates'][number][] = []
  for (let after = ''; ; ) {
    const page = localOriginals.versionFiles(after, PAGE)
    for (const { id, storagePath, size, isStored } of page) {
      const info = statSync(originalFile(root, { storagePath }), { throwIfNoEntry: false })
      if (info?.isFile() !== true || info.size !== size) continue
      bytes += size
      if (isStored) candidates.push({ id, bytes: size, cameAt: info.ctimeMs })
    }
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) break
    after = last.id
    await setImmediate()
  }
  return { bytes, candidates: candidates.sort((a, b) => a.cameAt - b.cameAt) }
}
