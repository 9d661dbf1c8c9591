import { createHash } from 'node:crypto'
import type { StateKind } from './stateKinds.ts'

/** Characters from which on a shard ends whatever comes next. */
const FULL = 16 * 1024 * 1024

/** A line of a shard with what says where shards end. */
export interface KeyedLine {
  readonly kind: StateKind
  /** Never changes for the same entity. */
  readonly key: string
  readonly text: string
}

export interface ShardText {
  readonly kind: StateKind
  /** Number of lines, each with its end. */
  readonly lines: number
  readonly text: string
}

/**
 * Divides lines into shards. Whether a shard ends behind a line is told by the line's own key, so that one that is changed,
 * added or taken away changes its shard and at most the next: content-defined chunking (Muthitacharoen et al., A
 * Low-bandwidth Network File System, 2001), with keys in place of content.
 */
export function* cutShards(lines: Iterable<KeyedLine>): Generator<ShardText> {
  let kind: StateKind | null = null
  let texts: string[] = []
  let size = 0
  for (const line of lines) {
    if (kind !== null && kind !== line.kind && texts.length > 0) {
      yield shard(kind, texts)
      texts = []
      size = 0
    }
    kind = line.kind
    texts.push(line.text)
    size += line.text.length + 1
    if (size < FULL && !isLast(line)) continue
    yield shard(kind, texts)
    texts = []
    size = 0
  }
  if (kind !== null && texts.length > 0) yield shard(kind, texts)
}

function shard(kind: StateKind, texts: readonly string[]): ShardText {
  return { kind, lines: texts.length, text: `${texts.join('\n')}\n` }
}

/** One of 2048 assets, and of 8192 others, which are shorter: one to four megabytes. */
function isLast({ kind, key }: KeyedLine): boolean {
  const bits = kind === 'asset' ? 11 : 13
  return createHash('sha256').update(key).digest().readUInt32BE(0) >>> (32 - bits) === 0
}
