import { type ChildProcess, spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { type FromEngine, fromEngineSchema, type ToEngine } from '../../shared/contract/wire.ts'
import type { Log } from './log.ts'

/** What to run as the engine. */
export interface EngineProgram {
  /** Absolute path of our Node. */
  readonly node: string
  /** Absolute path of the engine's JavaScript file. */
  readonly script: string
}

interface EngineListener {
  onMessage(message: FromEngine): void
  /** Once, when a process that was not asked to close has ended. */
  onExit(reason: string): void
  /** Once, when no process could be started at all; says what to do. */
  onUnstartable(message: string): void
}

/** How long the engine may take to finish its transaction and end, in milliseconds; then it is killed. */
const CLOSE_TIMEOUT_MS = 5_000

/**
 * Nice value of the engine and its threads: behind the window, which has to draw while files are taken in, and before the
 * media workers. It must be set, as a child starts with its parent's, and Chromium puts its own first where the system
 * allows it. Windows has no step between normal and the media workers' value, and keeps normal.
 */
const ENGINE_PRIORITY = 5

/** Variables that would change how our Node runs; a shell started by one tool or another carries them. */
const NOT_INHERITED = ['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'NODE_PATH', 'NODE_CHANNEL_FD', 'NODE_UNIQUE_ID']

/** One run of the engine: a child process on our Node that speaks the messages of the wire contract. */
export class EngineProcess {
  readonly #child: ChildProcess
  readonly #log: Log
  readonly #ended: Promise<void>
  #closing = false

  constructor(program: EngineProgram, log: Log, listener: EngineListener) {
    this.#log = log
    const env = { ...process.env }
    for (const name of NOT_INHERITED) delete env[name]
    this.#child = spawn(program.node, [program.script], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      windowsHide: true,
      env,
    })
    const child = this.#child
    if (child.pid !== undefined) comeAfterWindow(child.pid)
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        resolve()
        if (!this.#closing) listener.onExit(signal ?? `code ${code}`)
      })
      child.once('error', (error) => {
        if (child.pid !== undefined) return log.error('engine', 'The engine process reported an error', error)
        resolve()
        log.error('engine', `The engine could not be started: ${program.node} ${program.script}`, error)
        listener.onUnstartable(`The library engine could not be started (${error.message}). Install Vitrine again.`)
      })
    })
    child.on('message', (message) => {
      const parsed = fromEngineSchema.safeParse(message)
      if (parsed.success) listener.onMessage(parsed.data)
      else log.error('engine', 'The engine sent a message that is not in the contract', parsed.error.issues)
    })
    // An engine that lost its channel can neither be asked nor told to end.
    child.once('disconnect', () => {
      if (!this.#closing) child.kill('SIGKILL')
    })
    this.#logLines(child.stdout, 'info')
    this.#logLines(child.stderr, 'warn')
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Nothing is sent to a process that is gone; its exit is what says so. */
  send(message: ToEngine): void {
    if (!this.#child.connected) return
    this.#child.send(message, (error) => {
      if (error !== null) this.#log.warn('engine', `A message of type ${message.type} could not be sent`, error)
    })
  }

  /** Asks the engine to end, and kills it if it has not done so in time. Resolves when it is gone. */
  async close(): Promise<void> {
    this.#closing = true
    this.send({ type: 'close' })
    const kill = setTimeout(() => {
      this.#log.warn('engine', `The engine did not end within ${CLOSE_TIMEOUT_MS / 1000} s and is killed`)
      this.#child.kill('SIGKILL')
    }, CLOSE_TIMEOUT_MS)
    await this.#ended
    clearTimeout(kill)
  }

  #logLines(stream: Readable | null, level: 'info' | 'warn'): void {
    if (stream === null) return
    createInterface({ input: stream }).on('line', (line) => {
      if (line.trim() !== '') this.#log[level]('engine', line)
    })
  }
}

/** At once, because the threads of a process start with the priority that it has then. */
function comeAfterWindow(pid: number): void {
  try {
    setPriority(pid, ENGINE_PRIORITY)
  } catch {
    // It has ended already, or the system doesn't let us; then it is as important as the window.
  }
}
