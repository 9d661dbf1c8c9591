// An engine that imports, and is killed by the test at any moment. Arguments: library folder, options as JSON, sources;
// without sources it only goes on with what was begun. Says `working` when the import is written down, and ends by itself when
// all imports are over, with one line of JSON.
import { importOptionsSchema } from '../../../../src/shared/domain/import.ts'
import { openImportLibrary } from './importLibrary.ts'

const [root = '', options = '{}', ...sources] = process.argv.slice(2)
const library = openImportLibrary(root)
library.importer.resumeUnfinished()
if (sources.length > 0) {
  library.importer.start(sources, importOptionsSchema.parse(JSON.parse(options)), 'command-line')
}
process.stdout.write('working\n')
const recovered = library.cleanBefore ? 0 : await library.importer.sweepUnregistered()
for (const { id } of library.importer.list()) await library.importer.whenSettled(id)
process.stdout.write(`${JSON.stringify({ recovered, defects: library.defects.map(String) })}\n`)
await library.close()
