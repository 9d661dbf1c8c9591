import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Sha256 } from '../../../../shared/domain/ids.ts'
import type { AssetFiles, VerificationRepository } from '../../catalog/verification.repository.ts'
import { systemCode } from '../import/fileErrors.ts'
import { foldersAbove, holdsBytes, resolveStored, syncFolders } from '../import/placeOriginal.ts'
import type { LibraryFolder } from '../libraryFolder.ts'

export interface RestoreTools {
  readonly verification: Pick<VerificationRepository, 'copies'>
  readonly folder: LibraryFolder
  /** Brings the original of an asset from a bucket to a path, hash compared; false when none has it. */
  readonly fetch: (asset: AssetFiles, target: string) => Promise<boolean>
  readonly now: () => number
}

/**
 * Puts the bytes of a lost or damaged original back into its place: from another asset's file, from quarantine, or from
 * the bucket. What stood there goes to quarantine, never away. Returns in words where they came from, null when nobody has them.
 */
export async function restoreOriginal(asset: AssetFiles, tools: RestoreTools): Promise<string | null> {
  const { folder } = tools
  const target = resolveStored(folder, asset.storagePath)
  await mkdir(folder.incoming, { recursive: true })
  const temporary = join(folder.incoming, `${randomUUID()}.restore`)
  try {
    const from = await bringCopy(asset, temporary, tools)
    if (from === null) return null
    await mkdir(dirname(target), { recursive: true })
    await setAside(target, asset.sha256, tools)
    await rename(temporary, target)
    await syncFolders(foldersAbove(folder, asset.storagePath))
    return from
  } finally {
    await rm(temporary, { force: true })
  }
}

async function bringCopy(asset: AssetFiles, temporary: string, tools: RestoreTools): Promise<string | null> {
  const { folder, verification, fetch } = tools
  const expected = { sha256: asset.sha256, size: asset.fileSizeBytes }
  for (const other of verification.copies(asset.sha256, asset.id)) {
    const path = resolveStored(folder, other.storagePath)
    if (other.storagePath === asset.storagePath || !(await holdsBytes(path, expected))) continue
    await copyDurably(path, temporary)
    return `copied from ${other.storagePath}`
  }
  for (const name of await quarantined(folder, asset.sha256)) {
    const path = join(folder.quarantine, name)
    if (!(await holdsBytes(path, expected))) continue
    await copyDurably(path, temporary)
    return `copied from quarantine/${name}`
  }
  return (await fetch(asset, temporary)) ? 'fetched from the bucket' : null
}

/** What was set aside carries the first digits of the hash that was expected of it. */
async function quarantined(folder: LibraryFolder, sha256: Sha256): Promise<string[]> {
  try {
    return (await readdir(folder.quarantine)).filter((name) => name.includes(sha256.slice(0, 12)))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}

async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to)
  const copy = await open(to, 'r+')
  await copy.sync().finally(() => copy.close())
}

async function setAside(path: string, sha256: Sha256, { folder, now }: RestoreTools): Promise<void> {
  try {
    await mkdir(folder.quarantine, { recursive: true })
    const name = `damaged-${now()}-${sha256.slice(0, 12)}-${basename(path)}`.slice(0, 200)
    await rename(path, join(folder.quarantine, name))
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
}
