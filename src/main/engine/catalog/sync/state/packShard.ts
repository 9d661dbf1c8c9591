import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gunzipSync, gzipSync } from 'node:zlib'
import type { ShardEntry } from './checkpointManifest.ts'
import type { ShardText } from './cutShards.ts'
import { type Frontier, readEntityLine, readParkedLine } from './stateLine.ts'

/** How a manifest names a shard: by what it unpacks to, as packing differs from one system to another. */
export function shardEntry({ kind, lines, text }: ShardText): ShardEntry {
  const bytes = Buffer.from(text, 'utf8')
  const sha256 = createHash('sha256').update(bytes).digest('hex') as ShardEntry['sha256']
  return { kind, sha256, size: bytes.length, lines }
}

export function packShard({ text }: ShardText): Buffer {
  return gzipSync(text, { level: 6 })
}

const gunzipLater = promisify(gunzip)

/** The lines of a shard, read off the event loop; null if it is not what the manifest says. */
export async function unpackShard(bytes: Uint8Array, entry: ShardEntry): Promise<readonly string[] | null> {
  try {
    return linesIfSame(await gunzipLater(bytes, { maxOutputLength: entry.size }), entry)
  } catch {
    return null // No gzip, cut short, or more than was said.
  }
}

/** The same at once. */
export function unpackShardSync(bytes: Uint8Array, entry: ShardEntry): readonly string[] | null {
  try {
    return linesIfSame(gunzipSync(bytes, { maxOutputLength: entry.size }), entry)
  } catch {
    return null
  }
}

function linesIfSame(text: Buffer, { sha256, size, lines: count }: ShardEntry): readonly string[] | null {
  if (text.length !== size || createHash('sha256').update(text).digest('hex') !== sha256) return null
  const lines = text.toString('utf8').split('\n')
  return lines.pop() === '' && lines.length === count ? lines : null
}

/** Whether every line is one that can be taken in. */
export function areUsable({ kind }: ShardEntry, lines: readonly string[], frontier: Frontier): boolean {
  return lines.every((line) =>
    kind === 'parked' ? readParkedLine(line, frontier) !== null : readEntityLine(kind, line, frontier) !== null,
  )
}
