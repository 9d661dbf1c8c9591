import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, vi } from 'vitest'
import { nodeClock } from './adapters/nodeClock.ts'
import { openForReading } from './catalog/database.ts'
import { editAssets } from './library/editAssets.ts'
import { importedFile, libraryForEachTest, registerFiles } from './library/fixtures/testLibrary.ts'
import { shortenLog } from './shortenLog.ts'

const library = libraryForEachTest()
const program = fileURLToPath(new URL('./catalog/checkpoint.thread.ts', import.meta.url))

/** What a copy of the file has that knows nothing of the log beside it. */
function ratedInFile(): number {
  const copy = join(library.root, 'copy.sqlite')
  copyFileSync(library.folder.catalog, copy)
  try {
    const db = openForReading(copy)
    try {
      return Number(db.prepare('SELECT count(*) FROM assets WHERE rating = 4').pluck().get())
    } finally {
      db.close()
    }
  } catch {
    return 0
  }
}

it('moves a large change into the file of the catalogue while it stays open', async () => {
  const { catalog, folder } = library
  const defects: unknown[] = []
  const stop = shortenLog(catalog, nodeClock, folder.catalog, program, (error) => defects.push(error))
  const files = Array.from({ length: 1200 }, (_, index) => importedFile(`${index}.png`, library.now))
  const ids = registerFiles(catalog, files)
  editAssets(catalog, { ids }, { rating: 4 }, library.now)
  await vi.waitFor(() => expect(ratedInFile()).toBe(1200), { timeout: 30_000, interval: 100 })
  editAssets(catalog, { ids: ids.slice(0, 10) }, { rating: 3 }, library.now + 1)
  await stop()
  expect(defects).toEqual([])
  expect(catalog.assets.get(ids[0] ?? library.add('x'))?.rating).toBe(3)
})
