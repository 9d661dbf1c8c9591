import { connect, type Socket } from 'node:net'
import { z } from 'zod'
import { fromErrorData, VitrineError } from '../../../shared/contract/errors.ts'
import type { LibraryInfo } from '../../../shared/contract/requests/libraryRequests.ts'
import { fromEngineSchema, type ToEngine } from '../../../shared/contract/wire.ts'
import type { Endpoint } from './endpoint.ts'
import type { EngineEvent, EngineMode } from './engineDoor.ts'
import { farewell, greeting } from './engineServer.ts'
import { encodeFrame, frameReader, MalformedFrameError } from './frames.ts'

/** The process that has the library open ended, or was not there: look for the next owner. */
export class OwnerGoneError extends Error {
  override readonly name = 'OwnerGoneError'
}

/** A connection to the engine of another process. */
export interface EngineClient {
  readonly info: LibraryInfo
  /**
   * Rejects with `OwnerGoneError` when the connection ended before the answer came: it may or may not have been done.
   * An owner that ends as it should answers or refuses (`engine_restarting`) everything.
   */
  request(name: string, input: unknown): Promise<unknown>
  /** Resolves when the connection has ended, for whatever reason. */
  readonly ended: Promise<void>
  close(): void
}

const fromOwnerSchema = z.union([fromEngineSchema, z.object({ type: z.literal(farewell.type) })])
type FromOwner = z.output<typeof fromOwnerSchema>

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

/**
 * Joins the engine that listens on `endpoint`. Events that come before this resolves are delivered too.
 * @throws {OwnerGoneError} nobody is there, or it ended, or it stayed silent for `patienceMs`.
 * @throws {VitrineError} the owner could not open the library.
 */
export function joinEngine(
  endpoint: Endpoint,
  mode: EngineMode,
  onEvent: (event: EngineEvent) => void,
  patienceMs: number,
): Promise<EngineClient> {
  return new Promise((resolve, reject) => {
    const socket = connect(endpoint.address)
    const waiting = new Map<number, Waiting>()
    let lastId = 0
    let leaving = false
    let failure: Error = new OwnerGoneError('The process that had the library open has ended.')
    const giveUp = (error: Error) => {
      failure = error
      socket.destroy()
    }
    const timer = setTimeout(() => giveUp(new OwnerGoneError('The owner did not answer.')), patienceMs)

    const ended = new Promise<void>((resolveEnded) => {
      socket.on('close', () => {
        clearTimeout(timer)
        for (const { reject: rejectRequest } of waiting.values()) rejectRequest(failure)
        waiting.clear()
        reject(failure)
        resolveEnded()
      })
    })
    socket.on('error', () => {}) // 'close' follows and says all that matters: there is no owner here
    socket.on('connect', () => socket.write(greeting(endpoint, mode)))

    readMessages(socket, giveUp, (message) => {
      switch (message.type) {
        case 'opened':
          clearTimeout(timer)
          resolve({ info: message.library, request, ended, close: () => socket.destroySoon() })
          return
        case 'open-failed':
          giveUp(fromErrorData(message.error))
          return
        case farewell.type:
          leaving = true
          socket.end()
          return
        case 'event':
          // Sent by the same program's engine, which is typed; the shell parses what goes on to a renderer.
          onEvent({ name: message.name, payload: message.payload } as EngineEvent)
          return
        case 'answer':
          waiting.get(message.id)?.resolve(message.value)
          waiting.delete(message.id)
          return
        case 'refusal':
          waiting.get(message.id)?.reject(fromErrorData(message.error))
          waiting.delete(message.id)
      }
    })

    function request(name: string, input: unknown): Promise<unknown> {
      return new Promise((resolveRequest, rejectRequest) => {
        if (leaving) throw new VitrineError('engine_restarting', 'The library is changing hands. Try again.')
        if (socket.destroyed || socket.writableEnded) throw failure
        lastId += 1
        const frame = encodeFrame({ type: 'request', id: lastId, name, input } satisfies ToEngine)
        waiting.set(lastId, { resolve: resolveRequest, reject: rejectRequest })
        socket.write(frame)
      })
    }
  })
}

function readMessages(socket: Socket, onMalformed: (error: Error) => void, onMessage: (message: FromOwner) => void) {
  const read = frameReader()
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const frame of read(chunk)) {
        const parsed = fromOwnerSchema.safeParse(frame)
        if (!parsed.success) throw new MalformedFrameError('Not a message of ours.', { cause: parsed.error })
        onMessage(parsed.data)
      }
    } catch (error) {
      if (!(error instanceof MalformedFrameError)) throw error
      onMalformed(
        new VitrineError(
          'library_busy',
          'The library is open in another program whose answers can’t be understood. Close it and try again.',
          undefined,
          { cause: error },
        ),
      )
    }
  })
}
