// Repairs everything that it can from the bucket, a line for each change of its notes, until it is killed:
// `node scrubProcess.ts <library folder>`. Keys come from the environment.
import { writeSync } from 'node:fs'
import { nodeClock } from '../../../../src/main/engine/adapters/nodeClock.ts'
import { openStore } from '../../../../src/main/engine/adapters/openStore.ts'
import { openLibrary } from '../../../../src/main/engine/library/openLibrary.ts'
import { createSync } from '../../../../src/main/engine/sync/createSync.ts'
import { scrubberOf } from './scrubberOf.ts'

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
sync.start()
const scrubber = scrubberOf(catalog, root, sync, () => {
  writeSync(1, `${scrubber.state().checked}\n`)
  if (scrubber.state().last !== null) process.exit(0)
})
scrubber.begin()
