import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type FromEngine, fromEngineSchema, type ToEngine } from '../../../src/shared/contract/wire.ts'
import { until } from './vitrineProcess.ts'

const engineProgram = fileURLToPath(new URL('../../../src/main/engine/engine.process.ts', import.meta.url))

/** The engine of a window, driven as the shell drives it. */
export function startEngine(library: string) {
  const child = fork(engineProgram, [], { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const received: FromEngine[] = []
  const answers = new Map<number, (message: FromEngine) => void>()
  let lastId = 0
  child.on('message', (raw) => {
    const message = fromEngineSchema.parse(raw)
    received.push(message)
    if (message.type === 'answer' || message.type === 'refusal') answers.get(message.id)?.(message)
  })
  const send = (message: ToEngine) => child.send(message)
  send({ type: 'open', path: library, create: false })
  return {
    child,
    received,
    opened: until(() => received.some(({ type }) => type === 'opened' || type === 'open-failed')),
    request(name: string, input: unknown): Promise<FromEngine> {
      lastId += 1
      const id = lastId
      send({ type: 'request', id, name, input })
      return new Promise((resolve) => answers.set(id, resolve))
    },
    events: (name: string) => received.filter((message) => message.type === 'event' && message.name === name),
    close: () => send({ type: 'close' }),
    exited: new Promise<number | null>((resolve) => child.on('exit', resolve)),
  }
}
