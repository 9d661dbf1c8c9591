// An engine that serves a library with a watched folder, and is killed by the test at any moment. Arguments: library folder,
// watched folder. Says `working` when it is open, and ends by itself, with `done`, when the folder has been looked at and
// every thumbnail is made.
import { openWatchedLibrary } from './watchedLibrary.ts'

const [root = '', folder = ''] = process.argv.slice(2)
const library = await openWatchedLibrary(root)
process.stdout.write('working\n')
const [known] = await library.engine.request('watchedFolders.list', undefined)
await library.rescan((known ?? (await library.add(folder))).id)
while ((await library.assets()).some(({ status }) => status === 'processing')) {
  await new Promise((resolve) => setTimeout(resolve, 50))
}
await library.close()
process.stdout.write('done\n')
