// Changes all assets of a library in parts, and says after each part how far it is, until it is killed.
import { writeSync } from 'node:fs'
import { editAssets } from '../../../src/main/engine/library/editAssets.ts'
import { inParts, stepwise } from '../../../src/main/engine/library/inParts.ts'
import { longChangesOf } from '../../../src/main/engine/library/longChanges.ts'
import { openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { purgeAssets } from '../../../src/main/engine/library/purgeAssets.ts'

const [root = '', what = '', time = '0'] = process.argv.slice(2)
const now = Number(time)
const { catalog } = openLibrary(root, () => now)
const sort = { field: 'imported_at', direction: 'asc' } as const
const rowsOf = (kind: 'everything' | 'trash') =>
  new Int32Array(catalog.assets.query({ view: { kind }, text: '', sort }, now).rowIds)
const changes = longChangesOf(catalog)
// Not through a stream: what was said is said, whenever the end comes.
changes.onChange(() => writeSync(1, `${changes.list()[0]?.done ?? 'end'}\n`))
switch (what) {
  case 'rate': {
    const rowIds = rowsOf('everything')
    await inParts(catalog, { rowIds }, (some, part) => editAssets(catalog, some, { rating: 5 }, now, part))
    break
  }
  case 'undo':
    await stepwise(catalog, () => catalog.history.undoSteps(now), 'undo')
    break
  case 'purge': {
    const rows = rowsOf('trash')
    await purgeAssets(catalog, rows, rows.length, now)
    break
  }
}
// The end would close the library cleanly, which is not what a kill finds.
setInterval(() => undefined, 1000)
