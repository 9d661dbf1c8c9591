import { basename } from 'node:path'
import type { AssetId, ImportId } from '../../../../shared/domain/ids.ts'
import type { ImportRules } from '../../../../shared/domain/import.ts'
import type { ObjectToAdopt } from '../../catalog/adoptedObjects.repository.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import type { ImportItem } from '../../catalog/importRecords.ts'
import type { ImportTools } from './importItem.ts'
import { placeSidecar } from './placeSidecar.ts'
import { objectOf } from './readObject.ts'
import { readObjectSidecar } from './readObjectSidecar.ts'
import { discard, type ReadSidecar, readSidecar } from './readSidecars.ts'
import { removeSource } from './removeSource.ts'
import { whenStable } from './whenStable.ts'

/**
 * Settles an item that describes others, once those are dealt with: sees to it that each has it, and for `move` removes
 * it when it is safe. Answers `ordinary`, and settles nothing, for a file that only has the name of a sidecar or describes
 * nothing that was taken in. Rejects with a `VitrineError`; then it is where it was, and the item unsettled.
 */
export async function importSidecar(
  item: ImportItem,
  importId: ImportId,
  rules: ImportRules,
  tools: ImportTools,
  signal: AbortSignal,
): Promise<'settled' | 'ordinary'> {
  const { imports } = tools.catalog
  const object = objectOf(item, rules)
  const settle = async (of: AssetId | null): Promise<void> => {
    await tools.commit.settle(importId, item.itemId, { kind: 'sidecar', of })
    if (object !== undefined && of !== null) noteObject(object, of, tools)
  }
  if (item.assetId !== null && item.sidecarOf !== null && rules.mode !== 'move') {
    // Whoever it describes has it already, and a source that stays needs no second look.
    await settle(item.assetId)
    return 'settled'
  }
  const described = imports.itemsAt(importId, item.sidecarOf ?? [])
  const owners = new Set([...described.map(({ assetId }) => assetId), item.assetId].filter((id) => id !== null))
  const mayFollow = described.some(({ state }) => state === 'failed')
  if (owners.size === 0 && !mayFollow) return 'ordinary'
  const read = (linked: boolean): Promise<ReadSidecar | null> =>
    object !== undefined
      ? readObjectSidecar(object, tools, signal)
      : whenStable(tools.clock, signal, () => tools.copying(() => readSidecar(item.path, linked, tools, signal)))
  // A copy only if it may have to go into quarantine.
  const found = await read(rules.mode === 'link' || tools.scanner() === null)
  if (found === null) return 'ordinary'
  await discard([found])
  let stored: string | null = null
  for (const id of owners) stored = (await attach(id, found, tools, () => read(rules.mode === 'link'))) ?? stored
  if (stored === null && owners.size > 0) return 'ordinary'
  const [of = null] = owners
  await settle(of)
  if (stored !== null && rules.mode === 'move') await removeSource(item.path, found.read, stored, tools)
  return 'settled'
}

/** The next look at the bucket knows the object then. */
function noteObject(object: ObjectToAdopt, of: AssetId, { catalog }: ImportTools): void {
  const name = basename(object.key)
  const sidecar = catalog.assets.findById(of)?.sidecars.findLast((known) => known.name === name)
  if (sidecar !== undefined) catalog.adopted.takeSidecar(of, sidecar.sha256, object)
}

/** @returns where the asset has it, null for an asset that is gone or a file that is no sidecar any more */
async function attach(
  id: AssetId,
  found: ReadSidecar,
  tools: ImportTools,
  copy: () => Promise<ReadSidecar | null>,
): Promise<string | null> {
  const asset = tools.catalog.assets.findById(id)
  if (asset === undefined) return null
  return tools.byHash.run(asset.sha256, async () => {
    const known = knownAs(tools.catalog.assets.findById(id) ?? asset, found)
    if (known !== undefined) return known
    const sidecar = await copy()
    if (sidecar === null) return null
    try {
      const placed = await placeSidecar(tools.folder, asset, sidecar)
      await tools.commit.attach(id, [placed.sidecar])
      return placed.sidecar.path
    } finally {
      await discard([sidecar])
    }
  })
}

function knownAs({ sidecars }: StoredAsset, { sha256 }: ReadSidecar): string | undefined {
  return sidecars.find((known) => known.sha256 === sha256)?.path
}
