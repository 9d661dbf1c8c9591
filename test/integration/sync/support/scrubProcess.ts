// Repairs everything that it can from the bucket, a line for each change of its notes, until it is killed:
// `node scrubProcess.ts <library folder>`. Keys come from the environment.
import { writeSync } from 'node:fs'
import { scrubberOf } from './scrubberOf.ts'
import { syncOfProcess } from './syncOfProcess.ts'

const { catalog, folder, sync } = syncOfProcess()
sync.start()
const scrubber = scrubberOf(catalog, folder.root, sync, () => {
  writeSync(1, `${scrubber.state().checked}\n`)
  if (scrubber.state().last !== null) process.exit(0)
})
scrubber.begin()
