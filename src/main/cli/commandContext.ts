import { Command, InvalidArgumentError } from 'commander'
import type { ErrorCode } from '../../shared/contract/errors.ts'
import type { ExitStatus } from './exitStatus.ts'
import type { OpenLibraryFolder } from './libraryChoice.ts'
import type { Terminal } from './output/terminal.ts'

/** What every command is given by the composition root. */
export interface CommandContext {
  readonly terminal: Terminal
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly version: string
  /** The program that a media worker runs. */
  readonly mediaProgram: string
  /** Aborted by SIGINT, SIGTERM, or the end of the process that started this one. */
  readonly interrupted: AbortSignal
  readonly open: OpenLibraryFolder
  /** Called once by the command that ran. */
  finish(status: ExitStatus): void
}

export interface LibraryOptions {
  readonly library?: string
  readonly json?: true
}

/** A command over an open library, with the options that all of them have. */
export function libraryCommand(name: string, summary: string): Command {
  return new Command(name)
    .description(summary)
    .option('--library <dir>', 'the library folder (default: $VITRINE_LIBRARY, or the library around this folder)')
    .option('--json', 'print one JSON document')
}

/** An item that a command could not do, as it is printed. */
export interface FailedItem {
  readonly item: string
  readonly code: ErrorCode
  readonly message: string
}

/** For `--limit` and the like. */
export function wholeNumber(text: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number)) throw new InvalidArgumentError('Not a whole number.')
  return number
}

/** For options that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value]
}
