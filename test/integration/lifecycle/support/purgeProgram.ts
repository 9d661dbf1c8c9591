// An engine that expires, empties Trash and removes files, and is killed by the test at any moment. Arguments: library folder,
// the time that it takes for now. Says `working` first, and `done` when nothing is left to do.
import { createByHash } from '../../../../src/main/engine/library/import/byHash.ts'
import { createLifecycle } from '../../../../src/main/engine/library/lifecycle.ts'
import { openLibrary } from '../../../../src/main/engine/library/openLibrary.ts'

const [root = '', at = ''] = process.argv.slice(2)
const { catalog, folder } = openLibrary(root, () => Date.now())
const byHash = createByHash()
const lifecycle = createLifecycle({
  catalog,
  folder,
  clock: { now: () => Date.now(), after: () => () => undefined },
  exclusively: (sha256, work) => byHash.run(sha256, work),
  onChange: () => undefined,
  onDefect(error) {
    throw error
  },
})
process.stdout.write('working\n')
lifecycle.resume()
await lifecycle.expire({ at: Number(at) })
const { assets } = lifecycle.status().trash
await lifecycle.emptyTrash(assets)
process.stdout.write('done\n')
await lifecycle.close()
catalog.close()
