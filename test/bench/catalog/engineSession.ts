import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeRuntimePath } from '../../../scripts/node-runtime.mjs'
import { EngineSupervisor } from '../../../src/main/shell/engineSupervisor.ts'
import { openLog } from '../../../src/main/shell/log.ts'
import type { JoinedRemote } from '../../../src/shared/contract/requests/remoteRequests.ts'
import type { EngineRequestName, RequestInput, RequestOutput } from '../../../src/shared/contract/requests.ts'

/** As it is built: what a person runs. */
const script = fileURLToPath(new URL('../../../out/main/engine.process.js', import.meta.url))

/** An engine in a process of its own, asked through the same door as by the window's shell. */
export interface EngineSession {
  /** Milliseconds from the start of the process until the library was open. */
  readonly openedMs: number
  readonly pid: number
  request<N extends EngineRequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>>
  close(): Promise<void>
}

/** @param joined makes the folder first, for a copy of the library that is there. */
export async function openSession(root: string, joined?: JoinedRemote): Promise<EngineSession> {
  if (joined) mkdirSync(root, { recursive: true })
  const log = openLog(join(root, 'logs'))
  const supervisor = new EngineSupervisor({
    program: () => ({ node: nodeRuntimePath(), script }),
    log,
    onState: () => {},
    onEvent: () => {},
    capture: async () => ({ ok: false, reason: 'unavailable', message: 'There is no window.' }),
    onSilent: () => {},
    known: () => undefined,
  })
  const began = performance.now()
  await supervisor.open(root, joined !== undefined, joined)
  const openedMs = performance.now() - began
  if (supervisor.pid === undefined) throw new Error('The engine has no process.')
  return {
    openedMs,
    pid: supervisor.pid,
    request: <N extends EngineRequestName>(name: N, input: RequestInput<N>) =>
      supervisor.request(name, input) as Promise<RequestOutput<N>>,
    async close() {
      await supervisor.close()
      log.flush()
    },
  }
}

/**
 * Milliseconds for which all threads of a process have computed since it started: what its work takes on a machine that has
 * nothing else to do, if no two of them compute at once. Linux only. Source: Documentation/scheduler/sched-stats.rst, /proc/pid/schedstat.
 */
export function computedMs(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, task) => {
    try {
      return sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6
    } catch {
      return sum // a thread that has just ended
    }
  }, 0)
}

/** Megabytes of a process. */
export interface Memory {
  /** What is in memory, files that are mapped included. */
  readonly rss: number
  /** The same, with what several processes share counted in parts. */
  readonly pss: number
  /** What is the process's own: neither files nor shared. */
  readonly own: number
}

/** Linux only. Source: proc(5), smaps_rollup. */
export function memoryOf(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const megabytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN) / 1024
  return { rss: megabytes('Rss'), pss: megabytes('Pss'), own: megabytes('Anonymous') }
}
