import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { type RawPayload, rawPayloadSchema } from '../../../shared/domain/generation.ts'

const payloads = z.array(rawPayloadSchema)

/** The stored form of payloads, given as JSON text: deflated, because workflows repeat themselves. */
export function pack(json: string): Buffer {
  return deflateRawSync(Buffer.from(json, 'utf8'))
}

/** The payloads out of their stored form. Throws for what `pack` has not made. */
export function unpack(stored: Uint8Array): RawPayload[] {
  return payloads.parse(JSON.parse(inflateRawSync(stored).toString('utf8')))
}
