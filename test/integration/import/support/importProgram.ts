// An engine that imports, and is killed by the test at any moment. Arguments: library folder, mode, sources; without
// sources it only goes on with what was begun. Says `working` when the import is written down, and ends by itself when
// all imports are over, with one line of JSON.
import { openImportLibrary } from './importLibrary.ts'

const [root = '', mode = 'copy', ...sources] = process.argv.slice(2)
const library = openImportLibrary(root)
library.importer.resumeUnfinished()
if (sources.length > 0) {
  library.importer.start(sources, { space: 'workspace', mode: mode === 'move' ? 'move' : 'copy' }, 'command-line')
}
process.stdout.write('working\n')
const recovered = library.cleanBefore ? 0 : await library.importer.sweepUnregistered()
for (const { id } of library.importer.list()) await library.importer.whenSettled(id)
process.stdout.write(`${JSON.stringify({ recovered, defects: library.defects.map(String) })}\n`)
await library.close()
