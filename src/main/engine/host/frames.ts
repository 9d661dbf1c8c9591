import { deserialize, serialize } from 'node:v8'
import { VitrineError } from '../../../shared/contract/errors.ts'

/** Bytes in front of each frame that hold its length, big-endian. */
const HEADER_BYTES = 4

/** Largest frame in bytes: eight times the vector of a million assets. What is larger is no message of ours. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024

/**
 * A message as it goes over a socket: its length, then its structured clone.
 * @throws {VitrineError} `invalid_request` when it is larger than a frame may be or can't be cloned.
 */
export function encodeFrame(message: unknown, limit = MAX_FRAME_BYTES): Buffer {
  let body: Buffer
  try {
    body = serialize(message)
  } catch (error) {
    throw new VitrineError('invalid_request', 'The message holds something that is not data.', undefined, {
      cause: error,
    })
  }
  if (body.length > limit) {
    throw new VitrineError('invalid_request', 'The request or its answer is too large. Ask for less at once.', {
      bytes: body.length,
      limit,
    })
  }
  const frame = Buffer.allocUnsafe(HEADER_BYTES + body.length)
  frame.writeUInt32BE(body.length, 0)
  body.copy(frame, HEADER_BYTES)
  return frame
}

/** Thrown by a frame reader: the stream holds no frames of ours, and nothing after this can be trusted. */
export class MalformedFrameError extends Error {
  override readonly name = 'MalformedFrameError'
}

/**
 * A function that takes the chunks of a stream as they come and returns the messages that are complete.
 * @throws {MalformedFrameError} from that function.
 */
export function frameReader(limit = MAX_FRAME_BYTES): (chunk: Buffer) => unknown[] {
  let chunks: Buffer[] = []
  let held = 0
  let needed = HEADER_BYTES

  return (chunk) => {
    chunks.push(chunk)
    held += chunk.length
    const messages: unknown[] = []
    // Joined only when a frame is complete, so that a large one in many chunks is not copied again for each chunk.
    while (held >= needed) {
      const joined = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, held)
      const length = joined.readUInt32BE(0)
      if (length > limit) throw new MalformedFrameError(`A frame of ${length} bytes; at most ${limit} are allowed.`)
      const end = HEADER_BYTES + length
      if (held < end) {
        chunks = [joined]
        needed = end
        break
      }
      messages.push(decode(joined.subarray(HEADER_BYTES, end)))
      const rest = joined.subarray(end)
      chunks = rest.length > 0 ? [rest] : []
      held = rest.length
      needed = HEADER_BYTES
    }
    return messages
  }
}

function decode(body: Buffer): unknown {
  try {
    return deserialize(body)
  } catch (error) {
    throw new MalformedFrameError('A frame that is not a structured clone.', { cause: error })
  }
}
