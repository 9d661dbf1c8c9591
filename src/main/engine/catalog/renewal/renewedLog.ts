import { heldParts } from '../journal/heldParts.ts'
import type { SegmentHeader } from '../journal/operation.ts'
import type { HeldLine } from '../publication.repository.ts'

/** A segment as text. */
export interface LogSegment {
  readonly header: SegmentHeader
  readonly lines: readonly string[]
}

export interface RenewedLogInput {
  readonly from: string
  readonly to: string
  /** The last segment of the old log that others have. */
  readonly seq: number
  /** Its header; null if they have none. */
  readonly last: SegmentHeader | null
  /** What nobody was told of up to it, and how to read it. */
  readonly held: readonly HeldLine[]
  readonly lineAt: (segment: number, line: number) => string
  /** The segments after it. */
  readonly later: Iterable<LogSegment>
  readonly assetOfVersion: (id: string) => string | null
}

/**
 * What only this copy of a library has, as the log of a new device: first what was held back until then, then each later
 * segment with what it had seen, and with the end of the old log. So whatever knew what still does, and nobody gets anything
 * twice. `prevSha` is left to whoever writes the files.
 */
export function* renewedLog(input: RenewedLogInput): Generator<LogSegment> {
  const { from, to, seq: told, last } = input
  const held = heldParts(input.held, input.lineAt, input.assetOfVersion)
  const first = held.length > 0 ? told - 1 : told
  const renewed = ({ header, lines }: LogSegment, seq: number): LogSegment => ({
    header: {
      ...header,
      device: to,
      seq,
      prevSha: null,
      seen: told === 0 ? header.seen : { ...header.seen, [from]: told },
    },
    lines: lines.map((line) => withDevice(line, { from, to, told, first })),
  })
  if (held.length > 0 && last !== null) yield renewed({ header: last, lines: held }, 1)
  for (const segment of input.later) yield renewed(segment, segment.header.seq - first)
}

interface Renaming {
  readonly from: string
  readonly to: string
  readonly told: number
  /** What a sequence of the old log is less in the new one. */
  readonly first: number
}

/** A line with the stamps of the new device: also those that it tells of, if they are of what only this copy has. */
function withDevice(text: string, renaming: Renaming): string {
  const line = JSON.parse(text) as { stamp: string; field: string; value?: { cells?: unknown } }
  const renewed = { ...line, stamp: withStamp(line.stamp, renaming) }
  if (line.field !== 'restored' || !Array.isArray(line.value?.cells)) return JSON.stringify(renewed)
  const cells = (line.value.cells as { stamp: string; place: number }[]).map((cell) =>
    cell.place > renaming.told && cell.stamp.endsWith(renaming.from)
      ? { ...cell, stamp: withStamp(cell.stamp, renaming), place: cell.place - renaming.first }
      : cell,
  )
  return JSON.stringify({ ...renewed, value: { ...line.value, cells } })
}

/** Time and counter stay: of two writes of this device the later one stays later. */
function withStamp(stamp: string, { from, to }: Renaming): string {
  return stamp.endsWith(from) ? stamp.slice(0, -from.length) + to : stamp
}
