import { nodeClock } from '../../../../src/main/engine/adapters/nodeClock.ts'
import { openStore } from '../../../../src/main/engine/adapters/openStore.ts'
import { openLibrary } from '../../../../src/main/engine/library/openLibrary.ts'
import { createSync } from '../../../../src/main/engine/sync/createSync.ts'

/** The library named on the command line and its sync, with keys from the environment: for programs that tests kill. */
export function syncOfProcess() {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env
  const opened = openLibrary(process.argv[2] ?? '', () => Date.now())
  const { catalog, folder, manifest } = opened
  const sync = createSync({
    catalog,
    clock: nodeClock,
    folder,
    library: { id: manifest.id, name: manifest.name },
    openStore,
    onStatus: () => undefined,
    envCredentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : null,
  })
  return { ...opened, sync }
}
