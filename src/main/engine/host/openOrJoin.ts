import { setTimeout as delay } from 'node:timers/promises'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { LibraryInfo } from '../../../shared/contract/requests/libraryRequests.ts'
import type { EngineRequestName, RequestInput, RequestOutput } from '../../../shared/contract/requests.ts'
import { tryExclusiveLock } from '../catalog/exclusiveLock.ts'
import { libraryFolder } from '../library/libraryFolder.ts'
import { PROTOCOL, prepareEndpoint, publishEndpoint, readEndpoint, withdrawEndpoint } from './endpoint.ts'
import { joinEngine, OwnerGoneError } from './engineClient.ts'
import type { Engine, EngineEvent, EngineMode, LocalEngine } from './engineDoor.ts'
import { type EngineServer, type ServedEngine, serveEngine } from './engineServer.ts'
import { rememberCredentials } from './rememberCredentials.ts'
import { engineRequestName, isRepeatable } from './repeatableRequests.ts'
import { requestGate } from './requestGate.ts'

export interface OpenOrJoinOptions {
  /** The library folder's real path; it must exist. */
  readonly root: string
  readonly mode: EngineMode
  /** Version of this program, for the message another version gives. */
  readonly version: string
  /** Opens the engine in this process; called only while this process holds the library's lock. */
  readonly openEngine: () => Promise<LocalEngine>
  /** How long an owner that is just starting, or just ending, is waited for. */
  readonly patienceMs?: number
}

/** An open library that outlives its owner: when the process that owns it ends, another one takes over. */
export interface SharedEngine extends Engine {
  /** For a name and an input that came over a boundary; the engine parses the input. */
  requestUnchecked(name: string, input: unknown): Promise<unknown>
  /** Whether the engine runs in this process. */
  readonly isOwner: boolean
  /** Resolves with the reason when the library can't be kept open; never otherwise. */
  readonly lost: Promise<VitrineError>
}

/** One way of having the library open: with the engine here, or joined to the one elsewhere. */
interface Link {
  readonly isOwner: boolean
  readonly info: LibraryInfo
  request(name: EngineRequestName, input: unknown): Promise<unknown>
  readonly ended: Promise<void>
  close(): Promise<void>
}

const PATIENCE_MS = 10_000

/**
 * Opens the library here if nobody has it open, else joins the process that does. Exactly one process owns a library
 * at any time; the others ask it over a local socket, and one of them becomes the owner when it is gone.
 *
 * @throws {VitrineError} `library_busy` when an owner neither lets us in nor goes away, and whatever opening throws.
 */
export async function openOrJoin(options: OpenOrJoinOptions): Promise<SharedEngine> {
  const listeners = new Set<(event: EngineEvent) => void>()
  const credentials = rememberCredentials()
  let closed = false
  let reportLost: (reason: VitrineError) => void = () => {}
  const lost = new Promise<VitrineError>((resolve) => {
    reportLost = resolve
  })

  const emit = (event: EngineEvent) => {
    for (const listener of listeners) listener(event)
  }
  let info: LibraryInfo
  listeners.add((event) => {
    if (event.name === 'library.changed') info = event.payload
  })
  let link = openLink(options, emit, false)
  let current = adopt(await link)

  function adopt(opened: Link): Link {
    info = opened.info
    void opened.ended.then(() => {
      if (!closed) reopen()
    })
    return opened
  }

  /** The owner is gone: become it, or join the next one, and tell listeners that anything may have changed. */
  function reopen(): void {
    link = openLink(options, emit, true)
    const reopened = link.then(async (opened) => {
      current = adopt(opened)
      if (closed) return
      await credentials.replay((name, input) => opened.request(name, input))
      emit({ name: 'library.changed', payload: opened.info })
      emit({ name: 'catalog.changed', payload: { revision: opened.info.revision, rowIds: null, membership: true } })
      emit({ name: 'imports.changed', payload: await request('imports.list', undefined) })
      emit({ name: 'sync.changed', payload: await request('sync.status', undefined) })
      emit({ name: 'watchedFolders.changed', payload: await request('watchedFolders.list', undefined) })
    })
    reopened.catch((error: unknown) => {
      if (closed || error instanceof OwnerGoneError) return // gone again: another `reopen` is under way
      reportLost(asVitrineError(error))
    })
  }

  async function request<N extends EngineRequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    for (;;) {
      if (closed) throw new VitrineError('engine_unavailable', 'The library has been closed.')
      const asked = await link
      try {
        const output = (await asked.request(name, input)) as RequestOutput<N>
        credentials.note(name, input, output)
        await learnKey(asked, name, output, input)
        return output
      } catch (error) {
        if (error instanceof VitrineError && error.code === 'engine_restarting' && !closed) {
          await asked.ended // it was not begun: ask the next owner
        } else if (error instanceof OwnerGoneError) {
          await asked.ended
          if (!isRepeatable(name)) throw unanswered(error)
        } else throw error
      }
    }
  }

  /** What opens an encrypted remote is asked for as soon as its owner knows it. */
  async function learnKey(asked: Link, name: EngineRequestName, output: unknown, input: unknown): Promise<void> {
    if (name !== 'remotes.unlock' && name !== 'remotes.add') return
    const { id } = (name === 'remotes.add' ? output : input) as RequestInput<'remotes.key'>
    try {
      const key = (await asked.request('remotes.key', { id })) as RequestOutput<'remotes.key'>
      credentials.note('remotes.key', { id }, key)
    } catch (error) {
      // What was asked for is done. An owner that is gone, or removed the remote, has the next one ask for the key again.
      if (!(error instanceof VitrineError || error instanceof OwnerGoneError)) throw error
    }
  }

  return {
    get info() {
      return info
    },
    get isOwner() {
      return current.isOwner
    },
    lost,
    request,
    async requestUnchecked(name, input) {
      return request(engineRequestName(name), input as RequestInput<EngineRequestName>)
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      if (closed) return
      closed = true
      const opened = await link.catch(() => null) // what could not be opened again needs no closing
      await opened?.close()
    },
  }
}

async function openLink(
  options: OpenOrJoinOptions,
  emit: (event: EngineEvent) => void,
  takeover: boolean,
): Promise<Link> {
  const deadline = Date.now() + (options.patienceMs ?? PATIENCE_MS)
  for (;;) {
    const link = (await own(options, emit, takeover)) ?? (await join(options, emit, deadline))
    if (link) return link
    if (Date.now() >= deadline) throw busy()
    // Uneven steps, so that several who wait for one door do not knock in time.
    await delay(20 + Math.random() * 60)
  }
}

/** The engine in this process; null when another one holds the lock. */
async function own(
  options: OpenOrJoinOptions,
  emit: (event: EngineEvent) => void,
  takeover: boolean,
): Promise<Link | null> {
  const { root } = options
  const lock = tryExclusiveLock(libraryFolder(root).lock)
  if (!lock) return null
  const opening = Promise.withResolvers<ServedEngine>()
  opening.promise.catch(() => {}) // reported below; without a server nobody else listens
  let server: EngineServer | null = null
  let engine: LocalEngine | null = null
  try {
    // Listening comes first: whoever finds the lock taken can wait at the door instead of guessing.
    server = await listen(options, opening.promise)
    engine = await options.openEngine()
    const opened = engine
    const gate = requestGate(opened)
    opened.on(emit)
    if (options.mode === 'serve') await opened.startServing()
    // An import of ours may be among those that the last owner has left.
    else if (takeover) opened.resumeImports()
    opening.resolve({ engine: opened, gate })
    const ended = Promise.withResolvers<void>()
    let closing: Promise<void> | null = null
    const close = async (): Promise<void> => {
      try {
        await gate.shut()
        await opened.close()
      } finally {
        server?.stopListening()
        withdrawEndpoint(root)
        lock.release()
        // Last: those who joined find the lock free at once.
        await server?.disconnect()
        ended.resolve()
      }
    }
    const closeOnce = (): Promise<void> => {
      closing ??= close()
      return closing
    }
    void opened.stale.then(closeOnce)
    return {
      isOwner: true,
      get info() {
        return opened.info
      },
      request: (name, input) => gate.requestUnchecked(name, input),
      ended: ended.promise,
      close: closeOnce,
    }
  } catch (error) {
    opening.reject(error)
    await engine?.close()
    server?.stopListening()
    withdrawEndpoint(root)
    lock.release()
    await server?.disconnect()
    throw error
  }
}

async function listen(options: OpenOrJoinOptions, opening: Promise<ServedEngine>): Promise<EngineServer | null> {
  try {
    const endpoint = prepareEndpoint(options.root, options.version)
    const server = await serveEngine(endpoint, opening)
    publishEndpoint(options.root, endpoint)
    return server
  } catch (error) {
    // The library works all the same, only alone: others are told that it is busy.
    const text = error instanceof Error ? error.message : String(error)
    process.stderr.write(
      `${JSON.stringify({ level: 'warn', at: new Date().toISOString(), message: 'No other process can join.', error: text })}\n`,
    )
    return null
  }
}

/** The engine of another process; null when there is none to be reached. */
async function join(
  options: OpenOrJoinOptions,
  emit: (event: EngineEvent) => void,
  deadline: number,
): Promise<Link | null> {
  const endpoint = readEndpoint(options.root)
  if (!endpoint) return null
  if (endpoint.protocol !== PROTOCOL) {
    throw new VitrineError(
      'library_busy',
      `The library is open in another version of Vitrine (${endpoint.version}, process ${endpoint.pid}). Close that one first.`,
    )
  }
  try {
    const client = await joinEngine(endpoint, options.mode, emit, Math.max(deadline - Date.now(), 1))
    return {
      isOwner: false,
      info: client.info,
      request: client.request,
      ended: client.ended,
      async close() {
        client.close()
        await client.ended
      },
    }
  } catch (error) {
    if (error instanceof OwnerGoneError) return null
    throw error
  }
}

function busy(): VitrineError {
  return new VitrineError(
    'library_busy',
    'Another process has the library open and does not answer. Close the other Vitrine, or wait a moment and try again.',
  )
}

function unanswered(cause: Error): VitrineError {
  return new VitrineError(
    'engine_unavailable',
    'The process that had the library open ended before it answered. It may have done what was asked: look before you ask again.',
    undefined,
    { cause },
  )
}

function asVitrineError(error: unknown): VitrineError {
  if (error instanceof VitrineError) return error
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return new VitrineError('internal', text, undefined, { cause: error })
}
