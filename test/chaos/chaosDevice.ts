import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeRuntimePath } from '../../scripts/node-runtime.mjs'
import { EngineSupervisor } from '../../src/main/shell/engineSupervisor.ts'
import { type Log, openLog } from '../../src/main/shell/log.ts'
import type { JoinedRemote } from '../../src/shared/contract/requests/remoteRequests.ts'
import type { EngineRequestName, RequestInput, RequestOutput } from '../../src/shared/contract/requests.ts'

/** As it is built: what a person runs. */
const script = fileURLToPath(new URL('../../out/main/engine.process.js', import.meta.url))
const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1'

/** Why no clock can be set wrong here, null when one can. */
export const clockObstacle: string | null = existsSync(FAKETIME) ? null : 'Debian’s package faketime is not installed'

/** One computer: the engine in a process of its own, restarted by the window's own supervisor whenever it is killed. */
export class ChaosDevice {
  readonly name: string
  readonly root: string
  readonly #supervisor: EngineSupervisor
  readonly #log: Log

  /** `daysAhead`: how wrong its clock is. */
  constructor(folder: string, name: string, daysAhead: number) {
    this.name = name
    this.root = join(folder, name, 'library')
    mkdirSync(join(folder, name), { recursive: true })
    const node = daysAhead === 0 ? nodeRuntimePath() : nodeWithClock(join(folder, name, 'node'), daysAhead)
    this.#log = openLog(join(folder, name, 'logs'))
    this.#supervisor = new EngineSupervisor({
      program: () => ({ node, script }),
      log: this.#log,
      onState: () => undefined,
      onEvent: () => undefined,
      capture: async () => ({ ok: false, reason: 'unavailable', message: 'There is no window.' }),
      onSilent: () => undefined,
      known: () => undefined,
    })
  }

  async open(join?: JoinedRemote): Promise<void> {
    await this.#supervisor.open(this.root, true, join)
  }

  request<N extends EngineRequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    return this.#supervisor.request(name, input) as Promise<RequestOutput<N>>
  }

  /** SIGKILL, at whatever instruction it is. Returns whether there was a process. */
  kill(): boolean {
    const { pid } = this.#supervisor
    if (pid === undefined) return false
    try {
      process.kill(pid, 'SIGKILL')
      return true
    } catch {
      return false // it ended by itself a moment ago
    }
  }

  async close(): Promise<void> {
    await this.#supervisor.close()
    this.#log.flush()
  }
}

/** Our Node with another idea of the date; how fast time passes stays as it is. */
function nodeWithClock(path: string, daysAhead: number): string {
  const settings = `LD_PRELOAD=${FAKETIME} FAKETIME=${daysAhead < 0 ? '' : '+'}${daysAhead}d FAKETIME_DONT_FAKE_MONOTONIC=1`
  writeFileSync(path, `#!/bin/sh\nexec env ${settings} '${nodeRuntimePath()}' "$@"\n`)
  chmodSync(path, 0o755)
  return path
}
