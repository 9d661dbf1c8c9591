import type { AssetId } from '../../shared/domain/ids.ts'
import type { VersionId } from '../../shared/domain/version.ts'
import { request } from '../api/client.ts'
import { type BroughtFiles, stageFiles } from './broughtFiles.ts'
import { mutate, reportError } from './mutate.ts'

/** Asks for a file and makes it the new version of an asset. */
export async function addVersion(id: AssetId): Promise<void> {
  try {
    const [path] = await request('shell.chooseFiles')
    if (path === undefined) return
    await mutate(() => request('versions.add', { id, path }))
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Makes a file that was dropped the new version of an asset. */
export async function addDroppedVersion(id: AssetId, { paths, inMemory }: BroughtFiles): Promise<void> {
  try {
    const [path] = [...paths, ...(await stageFiles(inMemory))]
    if (path !== undefined) await mutate(() => request('versions.add', { id, path }))
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Gives an asset the content of another one, which goes to Trash. */
export async function replaceByAsset(id: AssetId, by: AssetId): Promise<void> {
  await mutate(() => request('versions.replace', { id, by }))
}

/** Says what is new in a version; an empty text says nothing any more. */
export async function describeVersion(version: VersionId, description: string): Promise<void> {
  await mutate(() => request('versions.describe', { version, description: description === '' ? null : description }))
}

/** Makes an earlier content the current one again. */
export async function restoreVersion(version: VersionId): Promise<void> {
  await mutate(() => request('versions.restore', { version }))
}
