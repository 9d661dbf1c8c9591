import { openCatalog } from '../../src/main/engine/catalog/openCatalog.ts'
import { editAssets } from '../../src/main/engine/library/editAssets.ts'
import { keepAssets } from '../../src/main/engine/library/keepAssets.ts'
import type { LibraryFolder } from '../../src/main/engine/library/libraryFolder.ts'
import { trashAssets } from '../../src/main/engine/library/trashAssets.ts'
import { type CollectionId, deviceIdSchema } from '../../src/shared/domain/ids.ts'
import { chanceFor, heavyTailed, purposes } from './chance.ts'
import type { LibraryPlan } from './planLibrary.ts'

const ENTRIES = 40

/** The last edits, made by the program's own use cases: there is something to undo, and the journal ends with it. */
export function recentHistory(folder: LibraryFolder, plan: LibraryPlan): void {
  const random = chanceFor(plan.seed, purposes.history, 0)
  let now = plan.until
  const { catalog } = openCatalog({
    file: folder.catalog,
    journalFolder: folder.journal,
    remotesFile: folder.remotes,
    libraryId: plan.library,
    deviceId: deviceIdSchema.parse(plan.device),
    now: () => now,
  })
  try {
    const manual = plan.collections.filter(({ query }) => query === null)
    for (let entry = 0; entry < ENTRIES; entry++) {
      now += 30_000
      const count = heavyTailed(random, 1, Math.max(2, Math.min(400, Math.floor(plan.assets / 10))), 1.6)
      const first = 1 + random.below(plan.assets)
      const rowIds = Array.from({ length: count }, (_, index) => 1 + ((first + index * 3) % plan.assets))
      const collection = manual[random.below(manual.length)]
      const tag = plan.tags[random.below(plan.tags.length)]
      switch (entry % 5) {
        case 0:
          editAssets(catalog, { rowIds }, { add_tags: tag === undefined ? [] : [tag.name] }, now)
          break
        case 1:
          editAssets(catalog, { rowIds }, { is_favorite: true }, now)
          break
        case 2:
          editAssets(catalog, { rowIds }, { rating: 1 + random.below(5) }, now)
          break
        case 3:
          keepAssets(catalog, { rowIds }, collection?.id as CollectionId | undefined, now)
          break
        default:
          trashAssets(catalog, { rowIds: rowIds.slice(0, 5) }, now)
      }
    }
  } finally {
    catalog.close()
  }
}
