import { mkdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { statIfThere } from './folderListing.ts'
import { errnoOf } from './localFile.ts'

/**
 * Makes a folder below one that is there. Unlike a recursive `mkdir` it never makes that one: when a disk is pulled out at
 * this moment, nothing is written where it was. Throws as `fs` does.
 */
export async function makeBelow(root: string, folder: string): Promise<void> {
  if ((await statIfThere(folder)) !== null) return
  let at = root
  for (const part of relative(root, folder).split(sep)) {
    at = join(at, part)
    try {
      await mkdir(at)
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error
    }
  }
}
