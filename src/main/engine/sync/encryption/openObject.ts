import { type Readable, Transform } from 'node:stream'
import { CHUNK_BYTES, openChunk, SEALED_CHUNK_BYTES } from './ageStream.ts'
import { damaged, HEADER_BYTES, openHeader } from './objectHeader.ts'
import type { RemoteKey } from './remoteKey.ts'

/** Read ahead of whoever takes it. */
const AHEAD_BYTES = 1 << 20

/** Of plaintext, bytes from 0, both ends included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

type Push = (plain: Buffer) => void

/**
 * The plaintext of an object whose bytes arrive. What was not sealed by us for this name, in this order and to its end, makes
 * the stream fail with `remote_checksum`; until then only chunks come out that are right.
 */
export function openWhole(sealed: Readable, key: RemoteKey, name: string): Readable {
  let header = Buffer.alloc(0)
  let chunks: ChunkReader | null = null
  return through(sealed, {
    async take(bytes, push) {
      const missing = HEADER_BYTES - header.length
      if (chunks === null) {
        header = Buffer.concat([header, bytes.subarray(0, missing)])
        if (header.length < HEADER_BYTES) return
        const { payloadKey } = await openHeader(key, name, header)
        chunks = chunkReader({ payloadKey, name, first: 0, last: null })
      }
      chunks.take(bytes.subarray(missing), push)
    },
    end(push) {
      if (chunks === null) throw damaged(name)
      chunks.end(push)
    },
  })
}

/** Where in an object the chunks are that a range needs, both ends included; the end may lie behind the object's. */
export function sealedRange({ start, end }: ByteRange): ByteRange {
  const first = Math.floor(start / CHUNK_BYTES)
  const behind = Math.floor(end / CHUNK_BYTES) + 1
  return { start: HEADER_BYTES + first * SEALED_CHUNK_BYTES, end: HEADER_BYTES + behind * SEALED_CHUNK_BYTES - 1 }
}

/** A range of the plaintext, of the bytes that `sealedRange` names. Fails like `openWhole`, also for an object that was cut off. */
export function openRange(sealed: Readable, payloadKey: Uint8Array, name: string, range: ByteRange): Readable {
  const first = Math.floor(range.start / CHUNK_BYTES)
  const chunks = chunkReader({ payloadKey, name, first, last: Math.floor(range.end / CHUNK_BYTES) })
  let skip = range.start - first * CHUNK_BYTES
  let left = range.end - range.start + 1
  const cut = (push: Push) => (plain: Buffer) => {
    const wanted = plain.subarray(skip, skip + left)
    skip = Math.max(0, skip - plain.length)
    left -= wanted.length
    if (wanted.length > 0) push(wanted)
  }
  return through(sealed, {
    take: async (bytes, push) => chunks.take(bytes, cut(push)),
    end: (push) => chunks.end(cut(push)),
  })
}

interface ChunkReader {
  take(bytes: Buffer, push: Push): void
  /** There are no more bytes. */
  end(push: Push): void
}

interface Chunks {
  readonly payloadKey: Uint8Array
  readonly name: string
  /** Index of the first one that arrives. */
  readonly first: number
  /** Index of the last one that was asked for, null for the payload's last. */
  readonly last: number | null
}

function chunkReader({ payloadKey, name, first, last }: Chunks): ChunkReader {
  const chunk = Buffer.allocUnsafe(SEALED_CHUNK_BYTES)
  let filled = 0
  let index = first
  return {
    take(bytes, push) {
      for (let at = 0; at < bytes.length; ) {
        // Only what comes behind it shows that a chunk is not the last.
        if (filled === chunk.length) {
          const plain = openChunk(payloadKey, index, false, chunk)
          if (plain === null) throw damaged(name)
          push(plain)
          index++
          filled = 0
        }
        const copied = bytes.copy(chunk, filled, at)
        filled += copied
        at += copied
      }
    },
    end(push) {
      const sealed = chunk.subarray(0, filled)
      const ending = openChunk(payloadKey, index, true, sealed)
      const mayGoOn = last === index && filled === chunk.length
      const plain = ending ?? (mayGoOn ? openChunk(payloadKey, index, false, sealed) : null)
      // The format has an empty chunk only where there is no other.
      if (plain === null || (plain.length === 0 && index > 0)) throw damaged(name)
      push(plain)
    },
  }
}

interface Opening {
  take(bytes: Buffer, push: Push): Promise<void>
  end(push: Push): void
}

/** Like `pipe`, but errors go along, and whoever has read enough ends the request behind it. */
function through(sealed: Readable, opening: Opening): Readable {
  const out = new Transform({
    highWaterMark: AHEAD_BYTES,
    transform(bytes: Buffer, _encoding, done) {
      opening.take(bytes, (plain) => this.push(plain)).then(() => done(), done)
    },
    flush(done) {
      try {
        opening.end((plain) => this.push(plain))
        done()
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
  sealed.on('error', (error) => out.destroy(error))
  out.on('close', () => sealed.destroy())
  return sealed.pipe(out)
}
