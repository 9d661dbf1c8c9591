// Uploads a library until it is killed: `node uploadProcess.ts <library folder>`. Keys come from the environment, also that of
// an encrypted remote.
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
const { VITRINE_TEST_KEY: key } = process.env
if (key) for (const { id } of sync.remotes.list()) await sync.remotes.unlock(id, { kind: 'key-file', text: key })
sync.start()
