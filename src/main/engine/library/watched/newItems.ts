import { join } from 'node:path'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import { findSidecars, folderNames, isSidecarName } from '../../../../shared/domain/sidecarNames.ts'
import type { NewImportItem } from '../../catalog/importRecords.ts'
import type { ScannedFile } from './linkedFile.ts'

/** A directory with new files: where it is, all names in it, and the assets that files of it are already. */
export interface NewFilesDirectory {
  /** Absolute. */
  readonly path: string
  readonly names: readonly string[]
  assetOf(name: string): AssetId | null
}

/** The items of an import for new files of one directory: which of them describe others is told by their names. */
export function newItems(files: readonly ScannedFile[], directory: NewFilesDirectory): NewImportItem[] {
  const inFolder = folderNames(directory.names)
  const at = (name: string): string => join(directory.path, name)
  const described = new Map<string, string[]>()
  if (files.some(({ name }) => isSidecarName(name))) {
    for (const name of directory.names) {
      for (const sidecar of findSidecars(name, inFolder)) {
        const others = described.get(sidecar)
        if (others === undefined) described.set(sidecar, [name])
        else others.push(name)
      }
    }
  }
  const added = new Set(files.map(({ name }) => name))
  return files.map(({ name, size }) => {
    const describes = described.get(name) ?? []
    const known = describes.filter((other) => !added.has(other)).map((other) => directory.assetOf(other))
    const newOnes = describes.filter((other) => added.has(other)).map(at)
    return {
      path: at(name),
      bytes: size,
      job: null,
      skip: null,
      sidecars: findSidecars(name, inFolder).map(at),
      sidecarOf: newOnes.length > 0 ? newOnes : null,
      assetId: newOnes.length > 0 ? null : (known.find((id) => id !== null) ?? null),
    }
  })
}
