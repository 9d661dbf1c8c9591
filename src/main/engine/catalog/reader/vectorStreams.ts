import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { VectorMore, VectorOpening } from '../../../../shared/contract/requests/vectorRequests.ts'
import type { VectorPart, VectorRequest } from './libraryReader.ts'
import type { ReaderTask, ReaderThread } from './readerThread.ts'
import type { ReaderTasks } from './readerWire.ts'

/** Askers that are remembered; each has one answer at most. */
const MOST_STREAMS = 16
/** Rows that one answer carries, 2 MB. */
const MOST_ROWS = 262_144

type Answer = ReaderTasks['vector']['output']

interface Stream {
  readonly name: string
  readonly handle: number
  readonly task: ReaderTask<Answer>
  readonly parts: VectorPart[]
  revision: number | null
  answer: Answer | null
  error: unknown
  wake: () => void
}

/** Vectors that go out in parts, each when it is asked for. A newer one of an asker cancels the one before. */
export interface VectorStreams {
  /** The first part as soon as it is there, or the patches. Rejects with the errors of the query, and with `cancelled`. */
  open(name: string, request: VectorRequest): Promise<VectorOpening>
  /** What follows. Rejects with `cancelled` when the vector is not there any more. */
  more(handle: number): Promise<VectorMore>
  /** Cancels what is on its way to an asker. */
  end(name: string): void
}

export function createVectorStreams(thread: ReaderThread): VectorStreams {
  const streams = new Map<string, Stream>()
  let nextHandle = 1

  function begin(name: string, request: VectorRequest): Stream {
    end(name)
    for (const oldest of streams.keys()) {
      if (streams.size < MOST_STREAMS) break
      end(oldest)
    }
    const task = thread.run('vector', request, (part, revision) => {
      stream.revision = revision
      stream.parts.push(part)
      stream.wake()
    })
    const stream: Stream = {
      name,
      handle: nextHandle++,
      task,
      parts: [],
      revision: null,
      answer: null,
      error: null,
      wake() {},
    }
    streams.set(name, stream)
    task.result.then(
      (answer) => {
        stream.answer = answer
        stream.wake()
      },
      (error: unknown) => {
        stream.error = error
        stream.wake()
      },
    )
    return stream
  }

  function end(name: string): void {
    streams.get(name)?.task.cancel()
    streams.delete(name)
  }

  /** Resolves when there is something to send. */
  async function ready(stream: Stream): Promise<void> {
    while (stream.parts.length === 0 && stream.answer === null && stream.error === null) {
      await new Promise<void>((resolve) => {
        stream.wake = resolve
      })
    }
    // What came together goes out together: a short vector is complete with its first part.
    await new Promise((resolve) => setImmediate(resolve))
    if (stream.error !== null) {
      if (streams.get(stream.name) === stream) streams.delete(stream.name)
      throw stream.error
    }
  }

  function take(stream: Stream): VectorMore {
    const parts: VectorPart[] = []
    const beginning = stream.parts[0]?.arrangement ?? null
    let rows = 0
    for (let part = stream.parts[0]; part !== undefined; part = stream.parts[0]) {
      if (parts.length > 0 && rows + part.rowIds.length > MOST_ROWS) break
      rows += part.rowIds.length
      parts.push(part)
      stream.parts.shift()
    }
    const done = stream.answer !== null && stream.parts.length === 0
    if (done && streams.get(stream.name) === stream) streams.delete(stream.name)
    const arrangement = done ? (stream.answer?.arrangement ?? null) : parts.length === 1 ? beginning : null
    return { ...joined(parts, rows), total: stream.answer?.total ?? null, arrangement, done }
  }

  return {
    async open(name, request) {
      const stream = begin(name, request)
      await ready(stream)
      const { answer } = stream
      if (answer?.patches) {
        streams.delete(name)
        const { revision, total, arrangement } = answer
        return { kind: 'patched', revision, total, patches: [...answer.patches], arrangement }
      }
      const revision = answer?.revision ?? stream.revision ?? 0
      return { kind: 'first', handle: stream.handle, revision, ...take(stream) }
    },
    end,
    async more(handle) {
      const stream = [...streams.values()].find((candidate) => candidate.handle === handle)
      if (stream === undefined) throw new VitrineError('cancelled', 'This answer is not there any more. Ask again.')
      await ready(stream)
      return take(stream)
    },
  }
}

function joined(parts: readonly VectorPart[], rows: number): VectorPart {
  if (parts.length === 1 && parts[0] !== undefined) return { rowIds: parts[0].rowIds, aspects: parts[0].aspects }
  const whole = { rowIds: new Int32Array(rows), aspects: new Float32Array(rows) }
  let at = 0
  for (const { rowIds, aspects } of parts) {
    whole.rowIds.set(rowIds, at)
    whole.aspects.set(aspects, at)
    at += rowIds.length
  }
  return whole
}
