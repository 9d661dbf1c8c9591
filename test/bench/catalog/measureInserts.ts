import { hash, randomUUIDv7 } from 'node:crypto'
import type { ImportedFile } from '../../../src/main/engine/catalog/assetRecords.ts'
import { openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { assetIdSchema, type Sha256 } from '../../../src/shared/domain/ids.ts'
import { summarise } from './timing.ts'

/** Files that an import hands to the catalogue at once when they come fast. */
const BATCH = 100
const BATCHES = 30

/** Microseconds for each asset that comes in: what an import does in the catalogue. Nobody may have the library open. */
export function measureInserts(root: string): number {
  const { catalog } = openLibrary(root, Date.now)
  try {
    const times: number[] = []
    for (let batch = 0; batch < BATCHES; batch++) {
      const files = Array.from({ length: BATCH }, (_, index) => newFile(batch * BATCH + index))
      const began = performance.now()
      const outcomes = catalog.assets.register(files)
      times.push(performance.now() - began)
      if (outcomes.some(({ kind }) => kind !== 'registered')) throw new Error('Not all files became assets.')
    }
    return (summarise(times).p50 / BATCH) * 1000
  } finally {
    catalog.close()
  }
}

function newFile(number: number): ImportedFile {
  const sha256 = hash('sha256', `new ${number}`) as Sha256
  const now = Date.now()
  return {
    id: assetIdSchema.parse(randomUUIDv7()),
    space: 'library',
    fileName: `new-${number}.png`,
    extension: 'png',
    mimeType: 'image/png',
    assetType: 'image',
    fileSizeBytes: 1_500_000,
    sha256,
    storagePath: `originals/2026/12/new-${number}.${sha256.slice(0, 12)}.png`,
    sourcePath: `/home/mai/new/new-${number}.png`,
    jobId: null,
    collectionId: null,
    createdAt: now,
    importedAt: now,
    expiresAt: null,
    another: false,
    importItem: null,
  }
}
