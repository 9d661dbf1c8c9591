import manifest from '../../../package.json' with { type: 'json' }
import { toErrorData, VitrineError } from '../../shared/contract/errors.ts'
import type { JoinedRemote } from '../../shared/contract/requests/remoteRequests.ts'
import { type FromEngine, type ToEngine, toEngineSchema } from '../../shared/contract/wire.ts'
import { createShellPosterFrames } from './adapters/shellPosterFrames.ts'
import { makeFolder } from './disk/makeFolder.ts'
import { answerRequest } from './host/answerRequest.ts'
import type { SharedEngine } from './host/openOrJoin.ts'
import { openSharedEngine } from './openSharedEngine.ts'
import { programBeside } from './programBeside.ts'

/** Composition root of the engine: one library, driven by the process that started this one. */

const mediaProgram = programBeside(import.meta.url, 'media.process', '../media/')
const posterFrames = createShellPosterFrames(send)
let opening: Promise<SharedEngine> | null = null
let ending = false

process.on('message', (raw) => {
  const message = toEngineSchema.safeParse(raw)
  if (!message.success) fail(new Error('A message that is none of ours came from the shell.', { cause: message.error }))
  else void receive(message.data)
})
process.on('disconnect', () => void end())
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())
process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)

async function receive(message: ToEngine): Promise<void> {
  switch (message.type) {
    case 'open':
      await open(message.path, message.create, message.join)
      return
    case 'request': {
      const engine = await opening?.catch(() => null) // the shell has been told why it can't be opened
      if (engine) await answerRequest(engine.requestUnchecked, message, send)
      else send({ type: 'refusal', id: message.id, error: toErrorData(notOpen()) })
      return
    }
    case 'captured':
      posterFrames.receive(message.id, message.frame)
      return
    case 'ping':
      send({ type: 'pong' })
      return
    case 'close':
      await end()
  }
}

async function open(path: string, create: boolean, join?: JoinedRemote): Promise<void> {
  if (opening) {
    fail(new Error('The shell opened a second library in one engine.'))
    return
  }
  try {
    if (create) makeFolder(path)
    opening = openSharedEngine({
      root: path,
      mode: 'serve',
      create: create ? { name: undefined, join } : undefined,
      version: manifest.version,
      mediaProgram,
      posterFrames,
      onOpening: (work) => send({ type: 'opening', work }),
    })
    const engine = await opening
    engine.on((event) => send({ type: 'event', ...event }))
    // The supervisor starts a new engine, whose `open` then says what is wrong.
    void engine.lost.then(fail)
    send({ type: 'opened', library: engine.info })
  } catch (error) {
    if (!(error instanceof VitrineError)) log('error', 'The library could not be opened.', error)
    send({ type: 'open-failed', error: toErrorData(error) })
  }
}

/** Everything that was accepted is finished and safe before the process ends. */
async function end(): Promise<void> {
  if (ending) return
  ending = true
  try {
    const engine = await opening?.catch(() => null) // one that did not open has nothing to close
    await engine?.close()
  } catch (error) {
    fail(error)
  }
  process.exit(0)
}

function send(message: FromEngine): void {
  // After a disconnect nobody is left to tell; `end` is under way.
  if (process.connected) process.send?.(message, undefined, undefined, () => {})
}

function notOpen(): VitrineError {
  return new VitrineError('engine_unavailable', 'No library is open.')
}

/** A defect, or a library that can't be kept open: said on stderr, and the supervisor starts a new engine. */
function fail(error: unknown): void {
  log('error', 'The engine ends because of an error that was not expected.', error)
  process.exit(1)
}

function log(level: 'error' | 'warn', message: string, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${JSON.stringify({ level, at: new Date().toISOString(), message, error: text })}\n`)
}
