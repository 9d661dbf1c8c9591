// Removes originals that the bucket has until it is killed, a line for each: `node evictProcess.ts <library folder>`. Keys come
// from the environment.
import { writeSync } from 'node:fs'
import { syncOfProcess } from './syncOfProcess.ts'

const { catalog, sync } = syncOfProcess()
for (const { id } of catalog.verification.files(0, 1000)) {
  const { evicted } = await sync.care.evict([id])
  if (evicted.length > 0) writeSync(1, `${id}\n`)
}
process.exit(0)
