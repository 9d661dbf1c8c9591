import { setImmediate } from 'node:timers/promises'
import { toErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ContentChange } from '../../catalog/linkedFileChanges.ts'
import { type LinkedFileRow, linkedPath } from '../../catalog/linkedFiles.ts'
import { createBoundedWork } from '../import/boundedWork.ts'
import type { TakenIn } from '../import/takeIn.ts'
import type { Changes } from './findChanges.ts'
import type { ScannedFile } from './linkedFile.ts'
import type { Match } from './planReconciliation.ts'

export interface ApplyTools {
  readonly catalog: Pick<Catalog, 'watched'>
  now(): number
  /** Reads, hashes and identifies a file that is not being written to. Rejects like the import of a file does. */
  read(path: string): Promise<TakenIn>
  /** False once nothing more is to be done. */
  goesOn(): boolean
  /** Whether the disks that files were not found on are still as they were when they were looked at. */
  isStillThere(folderId: number): Promise<boolean>
  onDefect(error: unknown): void
}

/** What was done. Numbers of files. */
export interface Applied {
  moved: number
  changed: number
  missing: number
  returned: number
  away: number
  /** What is left for an import. */
  readonly added: ScannedFile[]
  readonly again: { readonly folderId: number; readonly directory: string }[]
}

/** Rows of one transaction. */
const BATCH = 500
/** Files that are read at once to tell what they are; the threads that do it are those of imports. */
const READ_AT_ONCE = 4

type Pair = Match<ScannedFile, LinkedFileRow>

/**
 * Lets the catalogue follow what was found, in batches; a process that is killed between two leaves to the next look what
 * it has not done. `group` names the history's entries.
 */
export async function applyChanges(changes: Changes, group: string, tools: ApplyTools): Promise<Applied> {
  const { plan, again } = changes
  const { watched } = tools.catalog
  const applied: Applied = {
    moved: 0,
    changed: 0,
    missing: 0,
    returned: 0,
    away: plan.away.length,
    added: [],
    again: [...again],
  }
  const found = [...changes.looks, ...changes.others].flatMap(({ differences }) => differences.renumbered)
  const renumbered = [...found, ...plan.renumbered.map(toUpdate)]
  await inBatches(renumbered, tools, (batch) => watched.renumber(batch))

  const { matched, rest } = await matchByHash(plan.added, plan.candidates, tools)
  const following = [...plan.moved, ...plan.movedAndChanged.map(atOldContent), ...plan.returned, ...matched]
  applied.returned = following.filter(({ known }) => known.gone).length
  applied.moved = following.length - applied.returned
  const followed = new Set(following.map(({ known }) => known.fileId))
  await inBatches(following, tools, (batch) => watched.leave(batch.map(({ known }) => known.fileId)))
  await inBatches(following, tools, (batch) => watched.relocate(batch.map(toUpdate), tools.now(), group))

  applied.added.push(...rest)
  const moved = plan.movedAndChanged.map(({ known, found }) => ({ known: { ...known, ...placeOf(found) }, found }))
  await readChanged([...moved, ...plan.changed], group, applied, tools)

  const lost = plan.missing.filter(({ fileId }) => !followed.has(fileId))
  for (const [folderId, rows] of Map.groupBy(lost, (row) => row.folderId)) {
    // A disk may have been taken away while it was looked at.
    if (!(await tools.isStillThere(folderId))) continue
    applied.missing += rows.filter(({ kind }) => kind === 'asset').length
    await inBatches(rows, tools, (batch) =>
      watched.markMissing(
        batch.map(({ fileId }) => fileId),
        tools.now(),
        group,
      ),
    )
  }
  return applied
}

/** Tells by its bytes which of the new files is one that was lost sight of, on another disk or as a copy. */
async function matchByHash(
  added: readonly ScannedFile[],
  candidates: ReadonlyMap<ScannedFile, readonly LinkedFileRow[]>,
  tools: ApplyTools,
): Promise<{ readonly matched: Pair[]; readonly rest: ScannedFile[] }> {
  if (candidates.size === 0) return { matched: [], rest: [...added] }
  const { watched } = tools.catalog
  const byHash = new Map<string, LinkedFileRow[]>()
  const counted = new Set<LinkedFileRow>()
  for (const row of [...new Set(candidates.values())].flat()) {
    const sha256 = counted.has(row) || row.kind !== 'asset' ? undefined : watched.asset(row.assetRow)?.sha256
    counted.add(row)
    if (sha256 === undefined) continue
    const others = byHash.get(sha256)
    if (others === undefined) byHash.set(sha256, [row])
    else others.push(row)
  }
  const bounded = createBoundedWork(READ_AT_ONCE)
  const matched: Pair[] = []
  const rest: ScannedFile[] = []
  const judge = async (found: ScannedFile): Promise<void> => {
    const taken = candidates.has(found) && tools.goesOn() ? await readOf(found, tools) : null
    const rows = taken === null || taken instanceof VitrineError ? undefined : byHash.get(taken.read.sha256)
    // Several that were equal are told apart by their names.
    const named = rows?.findIndex(({ name }) => name === found.name) ?? -1
    const [known] = rows?.splice(Math.max(0, named), 1) ?? []
    if (known === undefined) rest.push(found)
    else matched.push({ known, found })
  }
  await Promise.all(added.map((found) => bounded(() => judge(found))))
  return { matched, rest }
}

async function readChanged(pairs: readonly Pair[], group: string, applied: Applied, tools: ApplyTools): Promise<void> {
  const { watched } = tools.catalog
  const changes: ContentChange[] = []
  const problems: Parameters<typeof watched.markUnreadable>[0][number][] = []
  const bounded = createBoundedWork(READ_AT_ONCE)
  const flush = (least: number): void => {
    if (changes.length > least) applied.again.push(...watched.changeContent(changes.splice(0), tools.now(), group))
  }
  const judge = async ({ known, found }: Pair): Promise<void> => {
    if (!tools.goesOn()) return
    if (!isOriginalOrSidecar(known, tools)) {
      // A copy that is none any more, or what could not be taken in: a new file.
      watched.forget([known.fileId])
      applied.added.push(found)
      return
    }
    const taken = await readOf(found, tools)
    if (taken instanceof VitrineError) {
      if (taken.code === 'cancelled') return
      if (taken.code === 'file_changing' || taken.code === 'file_vanished') applied.again.push(found)
      else problems.push({ fileId: known.fileId, code: taken.code, message: taken.message })
      return
    }
    const { mimeType, assetType, extension } = taken.type
    changes.push({ fileId: known.fileId, found, sha256: taken.read.sha256, mimeType, assetType, extension })
    if (watched.asset(known.assetRow)?.sha256 !== taken.read.sha256) applied.changed++
    flush(BATCH)
  }
  await Promise.all(pairs.map((pair) => bounded(() => judge(pair))))
  flush(0)
  if (problems.length > 0) watched.markUnreadable(problems, tools.now(), group)
}

function isOriginalOrSidecar(row: LinkedFileRow, { catalog: { watched } }: ApplyTools): boolean {
  if (row.kind === 'sidecar') return true
  const folder = watched.get(row.folderId)
  const asset = watched.asset(row.assetRow)
  return folder !== undefined && asset?.storagePath === linkedPath(folder.path, row)
}

async function readOf(found: ScannedFile, tools: ApplyTools): Promise<TakenIn | VitrineError> {
  const folder = tools.catalog.watched.get(found.folderId)
  if (folder === undefined) return new VitrineError('cancelled', 'The folder is not watched any more.')
  try {
    return await tools.read(linkedPath(folder.path, found))
  } catch (error) {
    if (error instanceof VitrineError) return error
    tools.onDefect(error)
    return new VitrineError('internal', toErrorData(error).message)
  }
}

function toUpdate({ known, found }: Pair): { readonly fileId: number; readonly found: ScannedFile } {
  return { fileId: known.fileId, found }
}

function placeOf({ folderId, directory, name }: ScannedFile): Pick<ScannedFile, 'folderId' | 'directory' | 'name'> {
  return { folderId, directory, name }
}

/** The file in its new place, as it was when it was last read: should it not be read now, the next look finds it changed. */
function atOldContent({ known, found }: Pair): Pair {
  const { size, mtimeMs } = known
  return { known, found: { ...found, size, mtimeMs } }
}

/** One transaction a batch, and a turn for others between two. */
async function inBatches<T>(
  items: readonly T[],
  tools: ApplyTools,
  write: (batch: readonly T[]) => void,
): Promise<void> {
  for (let at = 0; at < items.length && tools.goesOn(); at += BATCH) {
    write(items.slice(at, at + BATCH))
    await setImmediate()
  }
}
