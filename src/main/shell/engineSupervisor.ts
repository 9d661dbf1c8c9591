import type { z } from 'zod'
import { type ErrorData, fromErrorData, VitrineError } from '../../shared/contract/errors.ts'
import { type EngineEventName, type EventPayload, engineEvents } from '../../shared/contract/events.ts'
import type { LibraryInfo } from '../../shared/contract/requests/libraryRequests.ts'
import type { OpeningWork } from '../../shared/contract/requests/openingWork.ts'
import type { JoinedRemote } from '../../shared/contract/requests/remoteRequests.ts'
import type { EngineState } from '../../shared/contract/requests/shellRequests.ts'
import type { FromEngine } from '../../shared/contract/wire.ts'
import type { AssetId } from '../../shared/domain/ids.ts'
import type { PosterFrame } from '../../shared/domain/posterFrame.ts'
import { EngineProcess, type EngineProgram } from './engineProcess.ts'
import { EngineSilence } from './engineSilence.ts'
import type { Log } from './log.ts'

/** Milliseconds before the first restart; doubles with every exit in a row. */
const FIRST_DELAY_MS = 100
const LONGEST_DELAY_MS = 5_000
/** This many unexpected exits within the window mean that starting again is no cure. */
const EXITS_TO_GIVE_UP = 5
const EXIT_WINDOW_MS = 60_000

export interface EngineEvent<N extends EngineEventName = EngineEventName> {
  readonly name: N
  readonly payload: EventPayload<N>
}

interface SupervisorOptions {
  /** Asked for each start; what it throws is shown to the person. */
  readonly program: () => EngineProgram
  readonly log: Log
  readonly onState: (state: EngineState) => void
  readonly onEvent: (event: EngineEvent) => void
  /** A frame of a film for the engine, from whatever window there is. Never rejects. */
  readonly capture: (assetId: AssetId) => Promise<PosterFrame>
  /** The engine has not said anything for long although it was asked; null when it has. */
  readonly onSilent: (since: Date | null) => void
  /** The name of a library that was once open at this path; undefined when none was. */
  readonly known: (path: string) => string | undefined
  readonly now?: () => number
  /** Between two looks whether the engine still answers, milliseconds. */
  readonly lookEveryMs?: number
}

interface Pending {
  readonly name: string
  readonly resolve: (value: unknown) => void
  readonly reject: (error: VitrineError) => void
}

interface Target {
  readonly path: string
  /** Only until the library has been opened once: a library that disappears must not be made anew by a restart. */
  create: boolean
  /** Where the library to copy is; forgotten with `create`, because keys are in it. */
  join: JoinedRemote | undefined
  readonly opened: (library: LibraryInfo) => void
  readonly failed: (error: VitrineError) => void
}

/**
 * Keeps one engine process alive for one library, and speaks with it. Requests that an exit leaves unanswered are
 * refused with `engine_restarting`: whether they took effect is known only to the catalogue, so nothing is repeated.
 */
export class EngineSupervisor {
  readonly #options: SupervisorOptions
  readonly #now: () => number
  readonly #pending = new Map<number, Pending>()
  #state: EngineState = { state: 'no-library' }
  #target: Target | null = null
  #process: EngineProcess | null = null
  readonly #silence: EngineSilence
  #ended: Promise<void> = Promise.resolve()
  #restart: NodeJS.Timeout | undefined
  #exits: number[] = []
  #nextId = 1

  constructor(options: SupervisorOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#silence = new EngineSilence({
      everyMs: options.lookEveryMs,
      waiting: () => this.#state.state === 'ready' && this.#pending.size > 0,
      ping: () => this.#process?.send({ type: 'ping' }),
      onSilent: (since) => {
        if (since !== null) options.log.warn('supervisor', 'The engine is alive and does not answer')
        options.onSilent(since)
      },
    })
  }

  get state(): EngineState {
    return this.#state
  }

  /** Process id of the engine, for diagnostics; undefined while there is none. */
  get pid(): number | undefined {
    return this.#process?.pid
  }

  /**
   * Opens the library at `path`, after closing the one that is open.
   *
   * @param create makes the library if the folder has none.
   * @param join makes a copy of the library that is there.
   * @throws {VitrineError} what the engine says, `engine_unavailable` when it can't be kept alive, or `cancelled` when
   * another library was opened meanwhile.
   */
  open(path: string, create: boolean, join?: JoinedRemote): Promise<LibraryInfo> {
    return new Promise((opened, failed) => {
      this.#detach()
      const target: Target = { path, create, join, opened, failed }
      this.#target = target
      this.#exits = []
      this.#setState({ state: 'starting' })
      void this.#ended.then(() => {
        if (this.#target === target) this.#start(target)
      })
    })
  }

  /** Tries the library of the last `open` again, after a failure or when it was missing. */
  async retry(): Promise<void> {
    const target = this.#target
    if ((this.#state.state !== 'failed' && this.#state.state !== 'missing') || target === null) return
    await this.open(target.path, target.create, target.join)
  }

  /** The open library is not there any more: its engine ends, and `retry` opens it again when it is back. */
  lose(): void {
    const target = this.#target
    if (target === null || (this.#state.state !== 'ready' && this.#state.state !== 'restarting')) return
    clearTimeout(this.#restart)
    this.#endEngine()
    this.#options.log.warn('supervisor', `The library is not there any more: ${target.path}`)
    this.#miss(target)
  }

  /** Ends an engine that does not answer, however busy it is, and starts it again. For a person to decide. */
  restart(): void {
    const target = this.#target
    if (target === null || this.#state.state !== 'ready') return
    this.#options.log.warn('supervisor', 'The engine is restarted because a person wants it to be')
    this.#endEngine()
    this.#setState({ state: 'restarting', attempt: 1 })
    void this.#ended.then(() => {
      if (this.#target === target && this.#process === null) this.#start(target)
    })
  }

  /** @throws {VitrineError} the engine's refusal, or `engine_restarting` or `engine_unavailable` when it can't be asked. */
  request(name: string, input: unknown): Promise<unknown> {
    const engine = this.#process
    if (engine === null || this.#state.state !== 'ready') return Promise.reject(this.#notReady())
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { name, resolve, reject })
      engine.send({ type: 'request', id, name, input })
    })
  }

  /** Closes the engine; kills it when it does not end by itself in time. The state is then `no-library`. */
  async close(): Promise<void> {
    this.#detach()
    this.#setState({ state: 'no-library' })
    await this.#ended
  }

  /** Lets go of the library and its engine; `#ended` tells when the engine is gone and its locks with it. */
  #detach(): void {
    clearTimeout(this.#restart)
    const target = this.#target
    this.#target = null
    target?.failed(new VitrineError('cancelled', 'The library was closed before it had been opened.'))
    this.#endEngine()
  }

  #endEngine(): void {
    const engine = this.#process
    this.#process = null
    this.#silence.stop()
    this.#refusePending()
    if (engine !== null) this.#ended = Promise.all([this.#ended, engine.close()]).then(() => undefined)
  }

  #start(target: Target): void {
    let program: EngineProgram
    try {
      program = this.#options.program()
    } catch (error) {
      this.#fail(target, {
        code: 'engine_unavailable',
        message: error instanceof Error ? error.message : String(error),
      })
      return
    }
    const engine: EngineProcess = new EngineProcess(program, this.#options.log, {
      onMessage: (message) => {
        if (this.#process === engine) this.#receive(message, target, engine)
      },
      onExit: (reason) => {
        if (this.#process === engine) this.#exited(reason, target)
      },
      onUnstartable: (error) => {
        if (this.#process === engine) this.#fail(target, { code: 'engine_unavailable', message: error })
      },
    })
    this.#process = engine
    this.#options.log.info('supervisor', `Engine process ${engine.pid ?? 'not'} started for ${target.path}`)
    engine.send({ type: 'open', path: target.path, create: target.create, join: target.join })
  }

  #receive(message: FromEngine, target: Target, engine: EngineProcess): void {
    this.#silence.heard()
    switch (message.type) {
      case 'opened':
        target.create = false
        target.join = undefined
        this.#silence.start()
        this.#setState({ state: 'ready', library: message.library })
        target.opened(message.library)
        return
      case 'opening':
        this.#opening(message.work)
        return
      case 'open-failed':
        this.#fail(target, message.error)
        return
      case 'answer':
        this.#settle(message.id)?.resolve(message.value)
        return
      case 'refusal':
        this.#settle(message.id)?.reject(fromErrorData(message.error))
        return
      case 'pong':
        return
      case 'event':
        this.#receiveEvent(message.name, message.payload)
        return
      case 'capture':
        // To the engine that asked: another one has not asked yet.
        void this.#options
          .capture(message.assetId)
          .then((frame) => engine.send({ type: 'captured', id: message.id, frame }))
    }
  }

  /** Shown at once; not logged, because it comes often. */
  #opening(opening: OpeningWork): void {
    if (this.#state.state !== 'starting' && this.#state.state !== 'restarting') return
    this.#state = { ...this.#state, opening }
    this.#options.onState(this.#state)
  }

  #receiveEvent(name: string, payload: unknown): void {
    const event = parseEvent(name, payload)
    if (event === null) {
      this.#options.log.error('supervisor', `The engine sent an event that is not in the contract: ${name}`)
      return
    }
    if (isEvent(event, 'library.changed') && this.#state.state === 'ready') {
      this.#state = { state: 'ready', library: event.payload }
    }
    this.#options.onEvent(event)
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    return pending
  }

  #exited(reason: string, target: Target): void {
    this.#process = null
    this.#silence.stop()
    const now = this.#now()
    this.#exits = [...this.#exits.filter((at) => now - at < EXIT_WINDOW_MS), now]
    const attempt = this.#exits.length
    this.#options.log.error('supervisor', `The engine ended unexpectedly (${reason}), exit ${attempt} in a minute`)
    this.#refusePending()
    if (attempt >= EXITS_TO_GIVE_UP) {
      const message = 'The library engine stopped again and again. Try again, or look into the log (Help → Show log).'
      this.#fail(target, { code: 'engine_unavailable', message })
      return
    }
    this.#setState({ state: 'restarting', attempt })
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1))
    this.#restart = setTimeout(() => this.#start(target), delay)
  }

  #fail(target: Target, error: ErrorData): void {
    this.#endEngine()
    this.#options.log.error('supervisor', `The library ${target.path} is not open: ${error.code}: ${error.message}`)
    if (error.code === 'library_not_found' && this.#options.known(target.path) !== undefined) this.#miss(target)
    else this.#setState({ state: 'failed', code: error.code, message: error.message, path: target.path })
    target.failed(fromErrorData(error))
  }

  #miss(target: Target): void {
    this.#setState({ state: 'missing', path: target.path, name: this.#options.known(target.path) ?? null })
  }

  #refusePending(): void {
    const message = 'The library engine was restarted before it could answer. Check what happened and try again.'
    for (const { name, reject } of this.#pending.values()) {
      reject(new VitrineError('engine_restarting', message, { request: name }))
    }
    this.#pending.clear()
  }

  #notReady(): VitrineError {
    switch (this.#state.state) {
      case 'starting':
      case 'restarting':
      case 'ready':
        return new VitrineError('engine_restarting', 'The library is being opened. Try again in a moment.')
      case 'no-library':
        return new VitrineError('engine_unavailable', 'No library is open. Choose or create one first.')
      case 'missing':
        return new VitrineError('engine_unavailable', `The library is not there at the moment: ${this.#state.path}`)
      case 'failed':
        return new VitrineError('engine_unavailable', `The library is not open. ${this.#state.message}`)
    }
  }

  #setState(state: EngineState): void {
    this.#state = state
    this.#options.log.info('supervisor', `Engine: ${state.state}`)
    this.#options.onState(state)
  }
}

/** Narrows an event by its name. */
export function isEvent<N extends EngineEventName>(event: EngineEvent, name: N): event is EngineEvent<N> {
  return event.name === name
}

function parseEvent(name: string, payload: unknown): EngineEvent | null {
  if (!Object.hasOwn(engineEvents, name)) return null
  const known = name as EngineEventName
  const schema: z.ZodType<EventPayload<EngineEventName>> = engineEvents[known]
  const parsed = schema.safeParse(payload)
  return parsed.success ? { name: known, payload: parsed.data } : null
}
