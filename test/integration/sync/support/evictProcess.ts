// Removes originals that the bucket has until it is killed, a line for each: `node evictProcess.ts <library folder>`. Keys come
// from the environment.
import { writeSync } from 'node:fs'
import { nodeClock } from '../../../../src/main/engine/adapters/nodeClock.ts'
import { openStore } from '../../../../src/main/engine/adapters/openStore.ts'
import { openLibrary } from '../../../../src/main/engine/library/openLibrary.ts'
import { createSync } from '../../../../src/main/engine/sync/createSync.ts'

const root = process.argv[2] ?? ''
const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env
const { catalog, folder, manifest } = openLibrary(root, () => Date.now())
const sync = createSync({
  catalog,
  clock: nodeClock,
  folder,
  library: { id: manifest.id, name: manifest.name },
  openStore,
  onStatus: () => undefined,
  envCredentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : null,
})
for (const { id } of catalog.verification.files(0, 1000)) {
  const { evicted } = await sync.care.evict([id])
  if (evicted.length > 0) writeSync(1, `${id}\n`)
}
process.exit(0)
