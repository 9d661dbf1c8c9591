// Does something with an encrypted remote and kills itself when its `encryption.json` has just been written, or is about to be:
// `node remoteProcess.ts <library folder> before|after <what, as JSON>`.
import { nodeClock } from '../../../../src/main/engine/adapters/nodeClock.ts'
import { openStore } from '../../../../src/main/engine/adapters/openStore.ts'
import { openLibrary } from '../../../../src/main/engine/library/openLibrary.ts'
import type { ObjectStore } from '../../../../src/main/engine/ports.ts'
import { createSync } from '../../../../src/main/engine/sync/createSync.ts'
import type { RemoteLocation } from '../../../../src/shared/domain/remote.ts'
import type { KeyInput } from '../../../../src/shared/domain/remoteEncryption.ts'

type What =
  | { readonly do: 'change'; readonly key: KeyInput; readonly passphrase: string }
  | { readonly do: 'add'; readonly location: RemoteLocation }

const [, , root = '', at, json = ''] = process.argv
const what = JSON.parse(json) as What

function deadly(store: ObjectStore): ObjectStore {
  const around = async <T>(key: string, write: () => Promise<T>): Promise<T> => {
    if (key !== 'encryption.json') return write()
    if (at === 'before') process.kill(process.pid, 'SIGKILL')
    const done = await write()
    process.kill(process.pid, 'SIGKILL')
    return done
  }
  return {
    ...store,
    putBytes: (key, bytes, type) => around(key, () => store.putBytes(key, bytes, type)),
    createBytes: (key, bytes, type) => around(key, () => store.createBytes(key, bytes, type)),
  }
}

const { catalog, folder, manifest } = openLibrary(root, () => Date.now())
const sync = createSync({
  catalog,
  clock: nodeClock,
  folder,
  library: { id: manifest.id, name: manifest.name },
  openStore: (location, credentials) => deadly(openStore(location, credentials)),
  onStatus: () => undefined,
})
if (what.do === 'add') {
  await sync.remotes.add({ role: 'library', location: what.location, encryption: { kind: 'new-key' } })
} else {
  const [remote] = sync.remotes.list()
  if (remote === undefined) throw new Error('There is no remote')
  await sync.remotes.unlock(remote.id, what.key)
  await sync.remotes.changePassphrase(remote.id, what.passphrase)
}
