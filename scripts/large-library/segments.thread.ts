// Writes the journal of a library that is being made, beside the thread that writes its catalogue. Both draw the same
// operations, so that none has to cross from one to the other.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { encodeSegment, segmentHash, segmentName } from '../../src/main/engine/catalog/journal/segment.ts'
import { libraryBatches } from './libraryBatches.ts'
import type { LibrarySize } from './librarySize.ts'
import { planLibrary } from './planLibrary.ts'

/** A segment as the catalogue remembers it. */
export interface WrittenSegment {
  readonly seq: number
  readonly sha256: string
  readonly operations: number
  /** Number of its last operation in the outbox, had it been there. */
  readonly lastOutbox: number
}

/** Operations of one segment. */
const MOST = 5_000

if (parentPort !== null) {
  const { size, folder } = workerData as { readonly size: LibrarySize; readonly folder: string }
  parentPort.postMessage([...writeSegments(size, folder)])
}

function* writeSegments(size: LibrarySize, folder: string): Generator<WrittenSegment> {
  const plan = planLibrary(size)
  let [seq, prevSha, lastOutbox] = [0, null as string | null, 0]
  for (const { operations } of libraryBatches(plan)) {
    for (let from = 0; from < operations.length; from += MOST) {
      const lines = operations.slice(from, from + MOST).map((operation) => JSON.stringify(operation))
      lastOutbox += lines.length
      const { library, device } = plan
      const header = { format: 1, library, device, seq: ++seq, prevSha, seen: {}, lastOutbox } as const
      const bytes = encodeSegment(header, lines)
      writeFileSync(join(folder, segmentName(seq)), bytes)
      prevSha = segmentHash(bytes)
      yield { seq, sha256: prevSha, operations: lines.length, lastOutbox }
    }
  }
}
