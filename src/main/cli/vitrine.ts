import { CommanderError } from 'commander'
import manifest from '../../../package.json' with { type: 'json' }
import { toErrorData, VitrineError } from '../../shared/contract/errors.ts'
import { programBeside } from '../engine/programBeside.ts'
import type { CommandContext } from './commandContext.ts'
import { type ExitStatus, exitStatus, statusOf } from './exitStatus.ts'
import { interruption } from './interruption.ts'
import { type Terminal, terminal } from './output/terminal.ts'
import { vitrineProgram } from './program.ts'
import { OpeningError } from './withLibrary.ts'

/** Composition root of the command line. */
async function main(): Promise<ExitStatus> {
  const output = terminal(process.stdout, process.stderr, process.env)
  // What an engine throws outside of any request ends the command (a catalogue damaged while it is in use, say), and is
  // said like every other error. The engine's work is durable, so there is nothing to save first.
  process.on('uncaughtException', (error) => process.exit(report(error, output)))
  const mediaProgram = programBeside(import.meta.url, 'media.process', '../media/')
  let status: ExitStatus = exitStatus.done
  const context: CommandContext = {
    terminal: output,
    cwd: process.cwd(),
    env: process.env,
    version: manifest.version,
    mediaProgram,
    interrupted: interruption(),
    async open(root, mode, way) {
      // Loaded only by the commands that need it: the rest is there in a third of the time.
      const { openSharedEngine } = await import('../engine/openSharedEngine.ts')
      return openSharedEngine({ root, mode, ...way, version: manifest.version, mediaProgram })
    },
    finish(result) {
      status = result
    },
  }
  try {
    await vitrineProgram(context).parseAsync()
  } catch (error) {
    status = report(error, output)
  }
  await output.flush()
  return status
}

/** Says what went wrong, for a person, and returns the exit status for it. */
function report(error: unknown, output: Terminal): ExitStatus {
  // Commander has printed its own message already; help and version end like a command that is done.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.done : exitStatus.usage
  const opening = error instanceof OpeningError
  const cause = opening ? error.cause : error
  if (cause instanceof VitrineError) {
    output.progress('')
    output.error(cause.message)
    return statusOf(cause.code, opening)
  }
  output.error(toErrorData(cause).message)
  if (process.env.VITRINE_DEBUG) output.note(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
  else output.note('Run it again with VITRINE_DEBUG=1 to see where.')
  return opening ? exitStatus.library : exitStatus.failed
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read has enough: `vitrine list | head`.
    if (error.code === 'EPIPE') process.exit(exitStatus.done)
    throw error
  })
}
process.exit(await main())
