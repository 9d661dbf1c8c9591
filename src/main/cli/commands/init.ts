import { existsSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { makeFolder } from '../../engine/disk/makeFolder.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { printable } from '../output/text.ts'
import { OpeningError } from '../withLibrary.ts'

/** `vitrine init DIR`: a new, empty library. */
export function initCommand(context: CommandContext): Command {
  return new Command('init')
    .description('make a new library')
    .argument('<dir>', 'folder of the library; made if it is missing')
    .option('--name <name>', 'name of the library (default: the name of its folder)')
    .option('--json', 'print one JSON document')
    .action(async (directory: string, options: { name?: string; json?: true }) => {
      const engine = await makeLibrary(context, resolve(context.cwd, directory), options.name)
      const { info } = engine
      await engine.close()
      if (options.json) context.terminal.json(info)
      else {
        context.terminal.line(`Made the library "${printable(info.name)}" in ${printable(info.path)}`)
        context.terminal.line(`Drop files into ${printable(info.dropFolder)}, or: vitrine import PATH... --library DIR`)
      }
      context.finish(exitStatus.done)
    })
}

async function makeLibrary(context: CommandContext, path: string, name: string | undefined): Promise<SharedEngine> {
  try {
    if (existsSync(join(path, 'library.json'))) {
      throw new VitrineError('library_exists', `There is a library at ${path} already.`, { path })
    }
    makeFolder(path)
    return await context.open(realpathSync(path), 'oneshot', { create: { name } })
  } catch (error) {
    throw new OpeningError('The library could not be made.', { cause: error })
  }
}
