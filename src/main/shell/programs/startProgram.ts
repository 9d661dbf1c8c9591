import { spawn } from 'node:child_process'
import { homedir } from 'node:os'
import { VitrineError } from '../../../shared/contract/errors.ts'

/**
 * Starts another program and leaves it alone: it lives on when this one ends.
 * @throws {VitrineError} `io_error` when it can't be started
 */
export function startProgram(program: string, args: readonly string[], name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: homedir(),
      env: environment(process.env),
      detached: true,
      stdio: 'ignore',
      // Windows' own dialog reads its command line to the end, quotes and all.
      windowsVerbatimArguments: program === 'rundll32.exe',
    })
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(new VitrineError('io_error', `${name} could not be started.`, { reason: error.code ?? error.message })),
    )
  })
}

/** What another program need not know of this one. */
function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(ELECTRON_|VITRINE_|NODE_OPTIONS$|CHROME_DESKTOP$)/.test(name)),
  )
}
