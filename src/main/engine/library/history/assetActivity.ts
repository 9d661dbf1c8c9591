import { readFileSync } from 'node:fs'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { AssetActivity, MutationResult } from '../../../../shared/contract/requests/requestMap.ts'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import type { AssetEntry } from '../../catalog/assetHistory.repository.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { stepwise } from '../inParts.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { describeChanges } from './describeChange.ts'

/**
 * What happened to an asset, the newest first: who, when, what, and whether it can be undone from there. `before` is the
 * last entry of the page before.
 */
export function assetActivity(
  catalog: Catalog,
  folder: LibraryFolder,
  id: AssetId,
  limit: number,
  before: number | null,
): AssetActivity[] {
  const { ofAsset } = catalog.history
  const entries = ofAsset.entries(id, limit, before)
  const latest = ofAsset.latestUndoable(id)
  const own = entries.some(({ deviceId }) => deviceId === catalog.deviceId) ? ownName(folder) : null
  return entries.map((entry) => {
    const isThis = entry.deviceId === catalog.deviceId
    return {
      id: entry.id,
      kind: entry.kind,
      label: entry.label,
      count: entry.count,
      at: new Date(entry.at).toISOString(),
      undone: entry.undone,
      device: { id: entry.deviceId, name: isThis ? own : null, is_this: isThis },
      changes: describeChanges(entry.changes, ofAsset.nameOf),
      why_not_undone: whyNot(entry, latest),
    }
  })
}

/**
 * Undoes one entry of an asset's history, for all assets that it changed. If it is the last change of the library it is
 * undone like any; else it is taken back by a change of its own, which can be undone in turn. What has been changed again
 * since stays. Rejects with `nothing_to_undo` and the reason when something later happened to the asset.
 */
export async function undoEntry(
  catalog: Catalog,
  id: AssetId,
  activityId: number,
  now: number,
): Promise<MutationResult> {
  const begin = () => {
    const { ofAsset } = catalog.history
    // Ids ascend, so the page that begins below the next one begins with it.
    const entry = ofAsset.entries(id, 1, activityId + 1).find((found) => found.id === activityId)
    if (entry === undefined)
      throw new VitrineError('not_found', 'That is not in the history of the asset.', { activity: activityId })
    const reason = whyNot(entry, ofAsset.latestUndoable(id))
    if (reason !== null) throw new VitrineError('nothing_to_undo', reason)
    return catalog.history.revertSteps(activityId, now)
  }
  return await stepwise(catalog, begin, 'undo')
}

/** Why an entry can't be undone from the history of an asset, null if it can. */
function whyNot(
  { id, kind, undoable, undone }: AssetEntry,
  latest: { readonly id: number; readonly label: string } | undefined,
): string | null {
  if (undone) return 'It has been undone already.'
  if (kind === 'undo' || kind === 'redo') return 'It is an undo itself. Use Undo and Redo.'
  if (kind === 'purge') return 'What was removed for good can’t come back.'
  if (!undoable || latest === undefined) return 'It is nothing that can be undone.'
  return latest.id === id ? null : `“${latest.label}” came later. Undo that first.`
}

/** The name of this device, null if its name tag can't be read. */
function ownName(folder: LibraryFolder): string | null {
  try {
    const tag: unknown = JSON.parse(readFileSync(folder.device, 'utf8'))
    const name = typeof tag === 'object' && tag !== null && 'name' in tag ? tag.name : null
    return typeof name === 'string' && name !== '' ? name : null
  } catch {
    return null
  }
}
