import { nodeClock } from '../../../../src/main/engine/adapters/nodeClock.ts'
import type { Catalog } from '../../../../src/main/engine/catalog/catalog.ts'
import { hashFile } from '../../../../src/main/engine/library/import/placeOriginal.ts'
import { libraryFolder } from '../../../../src/main/engine/library/libraryFolder.ts'
import { createScrubber, type Scrubber } from '../../../../src/main/engine/library/verify/scrubber.ts'
import { fetchFromBucket } from '../../../../src/main/engine/library/verify/verifyRemote.ts'
import type { Clock } from '../../../../src/main/engine/ports.ts'
import type { Sync } from '../../../../src/main/engine/sync/sync.ts'
import { VitrineError } from '../../../../src/shared/contract/errors.ts'
import { sha256Schema } from '../../../../src/shared/domain/ids.ts'

/** The part of an engine that looks at every file, over a library of a test. */
export function scrubberOf(
  catalog: Catalog,
  root: string,
  sync: Sync,
  onChanged: () => void,
  clock: Clock = nodeClock,
): Scrubber {
  const folder = libraryFolder(root)
  return createScrubber({
    tools: {
      catalog,
      folder,
      now: () => clock.now(),
      async hash(path) {
        try {
          return { sha256: sha256Schema.parse(await hashFile(path)), size: 0 }
        } catch (error) {
          if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
            throw new VitrineError('file_vanished', 'It is gone.')
          }
          throw error
        }
      },
      fetch: (asset, target) => fetchFromBucket(catalog, sync, asset, target),
    },
    clock,
    days: () => 30,
    bucket: () => (sync.hasRemote ? (sync.connection ?? 'away') : null),
    busy: () => null,
    onChanged,
    onDefect: (error) => {
      throw error
    },
  })
}
