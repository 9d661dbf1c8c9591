// Does random commands to a library until it is killed, and says after each that it is done.
import { writeSync } from 'node:fs'
import { openLibrary } from '../../../../src/main/engine/library/openLibrary.ts'
import { nextCommand } from './commands.ts'
import { LibraryModel } from './libraryModel.ts'
import { Random } from './random.ts'

const [root = '', seed = '0', start = '0'] = process.argv.slice(2)
let now = Number(start)
const { catalog } = openLibrary(root, () => now)
const random = new Random(Number(seed))
const model = new LibraryModel()
for (let step = 1; step < 100_000; step++) {
  now += 1
  const command = nextCommand(model, random, now)
  command.applyTo(model)
  await command.performOn(catalog)
  // Not through a stream: what was said is said, whenever the end comes.
  writeSync(1, `${step}\n`)
  if (step % 20 === 0) catalog.journal.seal()
}
