// An engine that imports, and is killed by the test at any moment. Arguments: library folder, mode, sources; without
// sources it only goes on with what was begun. Ends by itself when all imports are over.
import { openImportLibrary } from './importLibrary.ts'

const [root = '', mode = 'copy', ...sources] = process.argv.slice(2)
const library = openImportLibrary(root)
library.importer.resumeUnfinished()
const recovered = library.cleanBefore ? 0 : await library.importer.sweepUnregistered()
if (sources.length > 0) {
  library.importer.start(sources, { space: 'workspace', mode: mode === 'move' ? 'move' : 'copy' }, 'command-line')
}
for (const { id } of library.importer.list()) await library.importer.whenSettled(id)
process.stdout.write(`${JSON.stringify({ recovered, defects: library.defects.map(String) })}\n`)
await library.close()
