import { parentPort } from 'node:worker_threads'
import { toErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import type { IntakeAnswer, IntakeMessage } from './intake.ts'
import { atOnce } from './sourceAccess.ts'
import { takeIn } from './takeIn.ts'

const port = parentPort
if (port === null) throw new Error('This program is a thread of the engine.')
const running = new Map<number, AbortController>()

port.on('message', (message: IntakeMessage) => {
  if ('cancel' in message) {
    running.get(message.cancel)?.abort()
    return
  }
  const { id, task } = message
  const abort = new AbortController()
  running.set(id, abort)
  void takeIn(task, abort.signal, atOnce)
    .then(
      (taken): IntakeAnswer => ({ id, taken }),
      (error: unknown): IntakeAnswer =>
        error instanceof VitrineError
          ? { id, error: toErrorData(error) }
          : { id, defect: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    )
    .then((answer) => {
      running.delete(id)
      port.postMessage(answer)
    })
})
