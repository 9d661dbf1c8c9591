import { constants } from 'node:fs'
import { copyFile, cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DAY_MS } from '../../../scripts/large-library/librarySize.ts'
import { makeLibrary } from '../../../scripts/large-library/makeLibrary.ts'
import { SCHEMA_VERSION } from '../../../src/main/engine/catalog/database.ts'
import { libraryFolder } from '../../../src/main/engine/library/libraryFolder.ts'

const SEED = 1

/** A made library of so many assets below `folder`: the one of an earlier run of this month and schema, else a new one. */
export async function cachedLibrary(folder: string, assets: number): Promise<string> {
  const today = new Date()
  const until = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1) - DAY_MS
  const month = new Date(until).toISOString().slice(0, 7)
  const root = join(folder, `${assets}-seed-${SEED}-${month}-schema-${SCHEMA_VERSION}`)
  if ((await stat(root).catch(() => null)) !== null) return root
  await mkdir(folder, { recursive: true })
  const began = performance.now()
  // Under its name only when it is whole.
  await rm(`${root}.part`, { recursive: true, force: true })
  await makeLibrary({ root: `${root}.part`, assets, seed: SEED, until })
  await rename(`${root}.part`, root)
  console.error(`Made a library of ${assets} assets in ${((performance.now() - began) / 1000).toFixed(0)} s.`)
  return root
}

/** A copy to work on, without the journal's segments, which are only ever added to. */
export async function copyLibrary(root: string, target: string): Promise<void> {
  await rm(target, { recursive: true, force: true })
  const [from, to] = [libraryFolder(root), libraryFolder(target)]
  for (const path of [to.originals, to.incoming, to.journal, to.thumbnails, to.quarantine, to.drop]) {
    await mkdir(path, { recursive: true })
  }
  for (const file of ['manifest', 'device', 'catalog'] as const) {
    await copyFile(from[file], to[file], constants.COPYFILE_FICLONE)
  }
  await cp(from.drop, to.drop, { recursive: true })
}
