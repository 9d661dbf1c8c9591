import { timingSafeEqual } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { toErrorData } from '../../../shared/contract/errors.ts'
import { type FromEngine, type ToEngine, toEngineSchema } from '../../../shared/contract/wire.ts'
import { answerRequest } from './answerRequest.ts'
import { type Endpoint, PROTOCOL } from './endpoint.ts'
import type { EngineEvent, EngineMode, LocalEngine } from './engineDoor.ts'
import { encodeFrame, frameReader, MalformedFrameError } from './frames.ts'
import type { RequestGate } from './requestGate.ts'

/** Time a connection has to say who it is. */
const GREETING_MS = 5000
/** Longest greeting: the protocol, a token of 64 digits and a mode. */
const GREETING_BYTES = 128
/** Time those who joined have to leave; who hangs is cut off. */
const FAREWELL_MS = 1000
/** Unsent bytes after which a client that does not read is given up. */
const BACKLOG_BYTES = 128 * 1024 * 1024

/** The first line a client sends, before any frame. */
export function greeting(endpoint: Endpoint, mode: EngineMode): string {
  return `vitrine/${PROTOCOL} ${endpoint.token} ${mode}\n`
}

/** What an owner sends last: whoever gets it ends its side of the connection. */
export const farewell = { type: 'farewell' } as const

/** The socket on which the owner of a library lets other processes in. */
export interface EngineServer {
  /** Nobody new is let in; the address is free for the next owner. */
  stopListening(): void
  /**
   * Asks everybody to leave, and resolves when they have: whatever they had sent by then was answered or refused, so
   * that nobody is left in doubt. Those who joined look for the next owner, or become it.
   */
  disconnect(): Promise<void>
}

export interface ServedEngine {
  readonly engine: LocalEngine
  readonly gate: RequestGate
}

/**
 * Listens on the endpoint. Those who connect before the engine is open wait for it, or get the error with which
 * opening failed.
 */
export async function serveEngine(endpoint: Endpoint, opening: Promise<ServedEngine>): Promise<EngineServer> {
  const connections = new Set<Socket>()
  let leaving = false
  // Half-open: after its last request a client has ended its side, and still waits for the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
    acceptConnection(socket, endpoint, opening, () => leaving)
  })
  await listen(server, endpoint.address)
  // An open door is no reason for a process to go on living.
  server.unref()
  return {
    stopListening() {
      leaving = true
      server.close()
    },
    async disconnect() {
      await Promise.all([...connections].map(sayFarewell))
    },
  }
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function sayFarewell(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.destroy(), FAREWELL_MS)
    socket.on('close', () => {
      clearTimeout(timer)
      resolve()
    })
    if (socket.writable) socket.write(encodeFrame(farewell))
  })
}

function acceptConnection(
  socket: Socket,
  endpoint: Endpoint,
  opening: Promise<ServedEngine>,
  isLeaving: () => boolean,
): void {
  const timer = setTimeout(() => socket.destroy(), GREETING_MS)
  timer.unref()
  // Half-open sockets end only when they are told to: one that leaves while it waits at the door is let go.
  const leave = () => socket.end()
  socket.on('end', leave)
  let greeted = Buffer.alloc(0)

  socket.on('error', () => socket.destroy()) // the other side is gone; 'close' follows and ends what belongs to it
  socket.on('data', function onGreeting(chunk: Buffer) {
    greeted = Buffer.concat([greeted, chunk])
    const end = greeted.indexOf('\n')
    if (end < 0) {
      if (greeted.length > GREETING_BYTES) socket.destroy()
      return
    }
    clearTimeout(timer)
    socket.off('data', onGreeting)
    const mode = modeOf(greeted.subarray(0, end + 1), endpoint)
    if (mode === null) {
      socket.destroy()
      return
    }
    socket.pause()
    const rest = greeted.subarray(end + 1)
    if (rest.length > 0) socket.unshift(rest)
    opening.then(
      (served) => {
        socket.off('end', leave)
        // Whoever comes through a door that is being closed looks for the next owner, or becomes it.
        if (isLeaving()) socket.destroy()
        else attach(socket, served, mode)
      },
      (error: unknown) => {
        socket.end(encodeFrame({ type: 'open-failed', error: toErrorData(error) } satisfies FromEngine))
      },
    )
  })
}

function modeOf(line: Buffer, endpoint: Endpoint): EngineMode | null {
  for (const mode of ['serve', 'oneshot'] as const) {
    const expected = Buffer.from(greeting(endpoint, mode))
    if (line.length === expected.length && timingSafeEqual(line, expected)) return mode
  }
  return null
}

function attach(socket: Socket, { engine, gate }: ServedEngine, mode: EngineMode): void {
  if (socket.destroyed) return
  const send = (message: FromEngine) => {
    if (socket.destroyed || socket.writableEnded) return
    socket.write(encodeFrame(message))
    if (socket.writableLength > BACKLOG_BYTES) socket.destroy()
  }
  let unanswered = 0
  let theyEnded = false
  const endWhenAnswered = () => {
    if (theyEnded && unanswered === 0) socket.end()
  }
  socket.on('end', () => {
    theyEnded = true
    endWhenAnswered()
  })
  const stop = engine.on((event: EngineEvent) => send({ type: 'event', ...event }))
  socket.on('close', stop)
  const read = messageReader()
  socket.on('data', (chunk: Buffer) => {
    let messages: ToEngine[]
    try {
      messages = read(chunk)
    } catch (error) {
      if (!(error instanceof MalformedFrameError)) throw error
      socket.destroy()
      return
    }
    for (const message of messages) {
      if (message.type === 'request') {
        unanswered += 1
        void answerRequest(gate.requestUnchecked, message, send).then(() => {
          unanswered -= 1
          endWhenAnswered()
        })
      } else socket.destroySoon() // `close`; `open` belongs to the shell's channel
    }
  })

  const opened = () => {
    send({ type: 'opened', library: engine.info })
    socket.resume()
  }
  if (mode === 'oneshot') opened()
  else {
    engine.startServing().then(opened, (error: unknown) => {
      socket.end(encodeFrame({ type: 'open-failed', error: toErrorData(error) } satisfies FromEngine))
    })
  }
}

/** Reads the messages of a stream; throws a `MalformedFrameError` for what is none of ours. */
function messageReader(): (chunk: Buffer) => ToEngine[] {
  const read = frameReader()
  return (chunk) =>
    read(chunk).map((frame) => {
      const parsed = toEngineSchema.safeParse(frame)
      if (!parsed.success) throw new MalformedFrameError('Not a message of ours.', { cause: parsed.error })
      return parsed.data
    })
}
