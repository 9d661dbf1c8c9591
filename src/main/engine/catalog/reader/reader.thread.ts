import { parentPort, workerData } from 'node:worker_threads'
import { toErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import { databaseError, openForReading } from '../database.ts'
import { readCounts, readStats } from '../summary.ts'
import { readUsage } from '../usage.ts'
import { FacetCounter } from './facetCounter.ts'
import { BehindError, LibraryReader } from './libraryReader.ts'
import type { FromReader, ReaderOptions, ReaderTaskName, ReaderTasks, ToReader } from './readerWire.ts'
import { summariseSelected } from './summariseSelected.ts'

/** The message of a change comes within a moment of its commit. */
const BEHIND_WAIT_MS = 2
const BEHIND_ATTEMPTS = 2000

type Task = Extract<ToReader, { type: 'task' }>

const port = parentPort
if (port === null) throw new Error('This program is a thread of the engine.')
const send = (message: FromReader, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)

const { file, unsorted } = workerData as ReaderOptions
/** Opened with the first task, so that whoever asks is told what is wrong with the file. */
let opened: ReturnType<typeof open> | null = null
let last: Promise<void> = Promise.resolve()

port.on('message', (message: ToReader) => {
  if (message.type === 'changed') {
    opened?.reader.changed(message.revision, message.rowIds)
    opened?.facets.changed(message.rowIds)
  } else last = last.then(() => run(message))
})

function open() {
  const db = openForReading(file)
  try {
    const reader = new LibraryReader(db, unsorted)
    return { db, reader, facets: new FacetCounter(db, reader, unsorted) }
  } catch (error) {
    db.close()
    throw error
  }
}

async function run(task: Task): Promise<void> {
  const checkpoint = () => {
    if (Atomics.load(task.cancelled, 0) !== 0) throw new VitrineError('cancelled', 'Something else was asked for.')
  }
  for (let attempt = 1; ; attempt++) {
    try {
      checkpoint()
      send({ type: 'done', id: task.id, value: answer(task, checkpoint) })
      return
    } catch (thrown) {
      if (thrown instanceof BehindError && attempt < BEHIND_ATTEMPTS) {
        await new Promise((resolve) => setTimeout(resolve, BEHIND_WAIT_MS))
        continue
      }
      const error = databaseError(thrown)
      if (error instanceof VitrineError) send({ type: 'failed', id: task.id, error: toErrorData(error) })
      else {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
        send({ type: 'defect', id: task.id, text })
      }
      return
    }
  }
}

function answer({ id, name, input }: Task, checkpoint: () => void): ReaderTasks[ReaderTaskName]['output'] {
  opened ??= open()
  const { db, reader, facets } = opened
  switch (name) {
    case 'vector':
      return reader.vector(
        input,
        (part, revision) => send({ type: 'part', id, revision, part }, [part.rowIds.buffer, part.aspects.buffer]),
        checkpoint,
      )
    case 'facets':
      return facets.facets(input, checkpoint)
    case 'usage':
      return reader.inSnapshot(() => readUsage(db, unsorted))
    case 'stats':
      return reader.inSnapshot(() => readStats(db, unsorted))
    case 'summary':
      return reader.inSnapshot(() => summariseSelected(db, reader, facets, input.rows, checkpoint))
    case 'counts':
      return reader.inSnapshot((revision) => readCounts(db, revision, input.now))
  }
}
