import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { type RawPayload, rawPayloadSchema } from '../../../shared/domain/generation.ts'

const payloads = z.array(rawPayloadSchema)

/** For texts that fit into the window: as small as with a larger one, whose tables take most of the time to be made ready. */
const SMALL = { windowBits: 12, memLevel: 5 } as const
const SMALL_BYTES = 2 ** SMALL.windowBits

/** The stored form of payloads, given as JSON text: deflated, because workflows repeat themselves. */
export function pack(json: string): Buffer {
  const bytes = Buffer.from(json, 'utf8')
  return bytes.length <= SMALL_BYTES ? deflateRawSync(bytes, SMALL) : deflateRawSync(bytes)
}

/** The payloads out of their stored form. Throws for what `pack` has not made. */
export function unpack(stored: Uint8Array): RawPayload[] {
  return payloads.parse(JSON.parse(inflateRawSync(stored).toString('utf8')))
}
