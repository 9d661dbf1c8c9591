import type { Operation } from '../journal/operation.ts'
import { parseOperations } from '../journal/operationSet.ts'
import { isStampOf } from './checkSegment.ts'
import { judgeOperation } from './usableOperation.ts'

/** What the lines of a segment say: what can be merged, and what has to wait for a version that understands it. */
export interface ReadLines {
  readonly operations: readonly Operation[]
  readonly parked: readonly { readonly place: number; readonly text: string; readonly reason: 'unknown' | 'unusable' }[]
}

/** Reads the lines of a segment of `device`; null if the device can't have written one of them. */
export function readLines(lines: readonly string[], device: string): ReadLines | null {
  const operations: Operation[] = []
  const parked: { place: number; text: string; reason: 'unknown' | 'unusable' }[] = []
  for (const [place, text] of lines.entries()) {
    const read = parseOperations(text)
    if (read === null) {
      if (!isJsonObject(text)) return null
      parked.push({ place, text, reason: 'unknown' })
      continue
    }
    let problem: 'unknown' | 'unusable' | null = null
    for (const operation of read) {
      if (!isStampOf(device, operation.stamp)) return null
      const judged = judgeOperation(operation)
      if (judged.kind === 'use') operations.push(judged.operation)
      else if (judged.kind !== 'skip') problem = judged.kind
    }
    // The whole line: what of it is understood already changes nothing a second time.
    if (problem !== null) parked.push({ place, text, reason: problem })
  }
  return { operations, parked }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
