import { parentPort } from 'node:worker_threads'
import { toErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import { createBoundedWork } from './boundedWork.ts'
import type { IntakeAnswer, IntakeMessage } from './intake.ts'
import { atOnce } from './sourceAccess.ts'
import { takeIn } from './takeIn.ts'

/** While one copy waits for the disk, another file can be read; each has a buffer of its own. */
const FILES_AT_ONCE = 2
/** Answers are sent together, because a message costs as much as a small file; none waits longer than this for others. */
const ANSWER_MS = 20

const port = parentPort
if (port === null) throw new Error('This program is a thread of the engine.')
const reading = createBoundedWork(FILES_AT_ONCE)
const running = new Map<number, AbortController>()
let answers: IntakeAnswer[] = []
let answeredAt = 0

const send = (): void => {
  if (answers.length === 0) return
  port.postMessage(answers)
  answers = []
  answeredAt = performance.now()
}
const answer = (one: IntakeAnswer): void => {
  running.delete(one.id)
  answers.push(one)
  if (performance.now() - answeredAt > ANSWER_MS) send()
  else if (answers.length === 1) setImmediate(send)
}

port.on('message', (message: IntakeMessage) => {
  if ('cancel' in message) {
    running.get(message.cancel)?.abort()
    return
  }
  for (const { id, task } of message.tasks) {
    const abort = new AbortController()
    running.set(id, abort)
    void reading(() => takeIn(task, abort.signal, atOnce))
      .then(
        (taken): IntakeAnswer => ({ id, taken }),
        (error: unknown): IntakeAnswer =>
          error instanceof VitrineError
            ? { id, error: toErrorData(error) }
            : { id, defect: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      )
      .then(answer)
  }
})
// Says that this program runs: only then is anything sent here.
port.postMessage([] satisfies readonly IntakeAnswer[])
