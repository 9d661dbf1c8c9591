import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clamdObstacle, clamdProgram } from '../../../../scripts/system-packages.ts'
import { createClamdScanner } from '../../../../src/main/engine/adapters/clamdScanner.ts'

/** Why tests of virus scanning are skipped, null when they run. */
export const scannerObstacle: string | null = clamdObstacle()
if (scannerObstacle) console.warn(`Tests with a real clamd are skipped: ${scannerObstacle}`)

/** The test file of the European Institute for Computer Antivirus Research: harmless, and known to every scanner. */
export function eicar(): Buffer {
  // In two parts, so that no scanner of this machine takes this file for it.
  return Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''))
}

/** As clamd names it: a signature of our own is "unofficial". */
export const SIGNATURE = 'Vitrine.Test.EICAR.UNOFFICIAL'

/** A clamd with a database of one signature, in a folder of its own. */
export interface TestClamd {
  readonly socket: string
  /** Null unless it was asked for. */
  readonly port: number | null
  start(): Promise<void>
  /** Resolves when it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

export function testClamd(
  folder: string,
  options: { readonly port?: number; readonly streamBytes?: number } = {},
): TestClamd {
  const [database, temporary] = [join(folder, 'database'), join(folder, 'tmp')]
  const [socket, configuration, log] = [join(folder, 'clamd.sock'), join(folder, 'clamd.conf'), join(folder, 'log')]
  mkdirSync(database, { recursive: true })
  mkdirSync(temporary)
  writeFileSync(join(database, 'test.ndb'), `Vitrine.Test.EICAR:0:*:${eicar().toString('hex')}\n`)
  const lines = [
    'Foreground yes',
    `DatabaseDirectory ${database}`,
    `TemporaryDirectory ${temporary}`,
    `LocalSocket ${socket}`,
    `StreamMaxLength ${options.streamBytes ?? 25_000_000}`,
    'FixStaleSocket yes',
    ...(options.port === undefined ? [] : [`TCPSocket ${options.port}`, 'TCPAddr 127.0.0.1']),
  ]
  writeFileSync(configuration, `${lines.join('\n')}\n`)
  let running: ChildProcess | null = null
  return {
    socket,
    port: options.port ?? null,
    async start() {
      const child = spawn(clamdProgram() ?? 'clamd', ['--config-file', configuration, '--log', log], {
        stdio: 'ignore',
      })
      running = child
      const scanner = createClamdScanner({ address: socket })
      while (!(await scanner.version().catch(() => null))) {
        if (child.exitCode !== null) throw new Error(`clamd ended: ${existsSync(log) ? readFileSync(log, 'utf8') : ''}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async stop(signal = 'SIGTERM') {
      const child = running
      running = null
      if (child === null || child.exitCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill(signal)
      await ended
    },
  }
}
