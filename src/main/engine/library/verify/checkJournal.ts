import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { decodeSegment, segmentHash } from '../../catalog/journal/segment.ts'
import { storedCheckpoint } from '../../catalog/sync/state/storedCheckpoint.ts'
import { systemCode } from '../import/fileErrors.ts'

/** What is wrong with a journal folder: segments that are damaged or do not follow the one before. Sentences for a person. */
export async function checkJournal(folder: string): Promise<readonly string[]> {
  const problems: string[] = []
  const begun: Readonly<Record<string, { readonly sha256: string }>> = storedCheckpoint(folder)?.frontier ?? {}
  for (const device of await list(folder)) {
    let previous: string | null = begun[device]?.sha256 ?? null
    for (const name of (await list(join(folder, device))).filter((entry) => entry.endsWith('.jsonl.gz'))) {
      const place = `${device}/${name}`
      try {
        const bytes = await readFile(join(folder, device, name))
        if (decodeSegment(bytes).header.prevSha !== previous) {
          problems.push(`The journal segment ${place} does not follow the one before it.`)
        }
        previous = segmentHash(bytes)
      } catch (error) {
        if (!(error instanceof VitrineError) && systemCode(error) === '') throw error
        problems.push(`The journal segment ${place} can’t be read.`)
        break
      }
    }
  }
  return problems
}

async function list(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return []
    throw error
  }
}
