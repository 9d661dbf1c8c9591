import { Command } from 'commander'
import type { CommandContext } from './commandContext.ts'
import { collectionCommand } from './commands/collection.ts'
import { deviceCommand } from './commands/device.ts'
import { doctorCommand } from './commands/doctor.ts'
import { evictCommand } from './commands/evict.ts'
import { expireCommand, purgeCommand, trashCommand } from './commands/expire.ts'
import { exportCommand } from './commands/export.ts'
import { fetchCommand } from './commands/fetch.ts'
import { folderCommand } from './commands/folder.ts'
import { importCommand } from './commands/import.ts'
import { initCommand } from './commands/init.ts'
import { inspectCommand } from './commands/inspect.ts'
import { joinCommand } from './commands/join.ts'
import { listCommand } from './commands/list.ts'
import { setCommand, triageCommands, undoCommand } from './commands/organise.ts'
import { rebuildCommand } from './commands/rebuild.ts'
import { remoteCommand } from './commands/remote.ts'
import { requestCommand } from './commands/request.ts'
import { shareCommand } from './commands/share.ts'
import { showCommand } from './commands/show.ts'
import { statsCommand } from './commands/stats.ts'
import { syncCommand } from './commands/sync.ts'
import { tagCommand } from './commands/tag.ts'
import { verifyCommand } from './commands/verify.ts'
import { versionCommand } from './commands/version.ts'
import { watchCommand } from './commands/watch.ts'

/** The `vitrine` command with everything it can do. What commander has to say goes to the context's terminal. */
export function vitrineProgram(context: CommandContext): Command {
  const program = new Command('vitrine')
    .description('An offline-first asset library on the command line.')
    .version(context.version)
    .showHelpAfterError('(see: vitrine --help)')
    .addHelpText('after', '\nExit status: 0 done, 1 some items failed, 2 wrong usage, 3 the library can’t be opened.')
  const commands = [
    initCommand(context),
    importCommand(context),
    listCommand(context),
    showCommand(context),
    inspectCommand(context),
    setCommand(context),
    ...triageCommands(context),
    undoCommand(context),
    expireCommand(context),
    purgeCommand(context),
    trashCommand(context),
    collectionCommand(context),
    tagCommand(context),
    requestCommand(context),
    watchCommand(context),
    folderCommand(context),
    remoteCommand(context),
    shareCommand(context),
    syncCommand(context),
    deviceCommand(context),
    joinCommand(context),
    fetchCommand(context),
    evictCommand(context),
    statsCommand(context),
    rebuildCommand(context),
    versionCommand(context),
    exportCommand(context),
    verifyCommand(context),
    doctorCommand(context),
  ]
  for (const command of commands) program.addCommand(command)
  throwInsteadOfExit(program, context)
  return program
}

/** Commander's own way is to end the process, which would cut off what is being written. */
function throwInsteadOfExit(command: Command, context: CommandContext): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => context.terminal.write(text),
    writeErr: (text) => context.terminal.note(text.trimEnd()),
  })
  for (const child of command.commands) throwInsteadOfExit(child, context)
}
