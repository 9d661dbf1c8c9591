import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { ifRangeHolds, parseRange } from './byteRange.ts'

const CHUNK_BYTES = 256 * 1024

/** Without O_NONBLOCK (which Windows does not have) opening a pipe that took a file's place would wait for ever. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

interface FileToAnswer {
  readonly path: string
  /** A strong entity tag with its quotes. */
  readonly etag: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Answers a GET or HEAD request with a file or one range of it, streamed: 200, 206, 304 or 416 (RFC 9110).
 *
 * @throws {NodeJS.ErrnoException} when the file can't be opened.
 */
export async function answerWithFile(request: Request, file: FileToAnswer): Promise<Response> {
  const handle = await open(file.path, READ)
  let streaming = false
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw Object.assign(new Error('Not a regular file'), { code: 'EISDIR' })
    const headers = new Headers({ ...file.headers, 'Accept-Ranges': 'bytes', ETag: file.etag })
    if (matchesNone(request.headers.get('if-none-match'), file.etag))
      return new Response(null, { status: 304, headers })

    const range = ifRangeHolds(request.headers.get('if-range'), file.etag)
      ? parseRange(request.method === 'GET' ? request.headers.get('range') : null, stat.size)
      : parseRange(null, stat.size)
    if (range.kind === 'unsatisfiable') {
      return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${stat.size}` } })
    }
    const start = range.kind === 'part' ? range.start : 0
    const end = range.kind === 'part' ? range.end : stat.size - 1
    headers.set('Content-Length', String(end - start + 1))
    if (range.kind === 'part') headers.set('Content-Range', `bytes ${start}-${end}/${stat.size}`)
    const status = range.kind === 'part' ? 206 : 200
    if (request.method === 'HEAD' || stat.size === 0) return new Response(null, { status, headers })

    streaming = true
    return new Response(streamOf(handle, start, end), { status, headers })
  } finally {
    if (!streaming) await handle.close()
  }
}

/** If-None-Match uses the weak comparison (RFC 9110 §13.1.2). */
function matchesNone(header: string | null, etag: string): boolean {
  return header?.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag) ?? false
}

/** The bytes `start` to `end`, both included; owns and closes the handle. Reads only as fast as it is read from. */
function streamOf(handle: FileHandle, start: number, end: number): ReadableStream<Uint8Array> {
  let position = start
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const buffer = new Uint8Array(Math.min(CHUNK_BYTES, end - position + 1))
          const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
          if (bytesRead === 0) throw new Error('The file became shorter while it was read')
          position += bytesRead
          controller.enqueue(buffer.subarray(0, bytesRead))
          if (position <= end) return
          await handle.close()
          controller.close()
        } catch (error) {
          await handle.close()
          controller.error(error)
        }
      },
      async cancel() {
        await handle.close()
      },
    },
    { highWaterMark: 0 },
  )
}
