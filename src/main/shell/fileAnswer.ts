import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { ifRangeHolds, parseRange } from './byteRange.ts'

const CHUNK_BYTES = 512 * 1024

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
  const size = await withFile(file.path, async (handle) => {
    const stat = await handle.stat()
    if (!stat.isFile()) throw Object.assign(new Error('Not a regular file'), { code: 'EISDIR' })
    return stat.size
  })
  const headers = new Headers({ ...file.headers, 'Accept-Ranges': 'bytes', ETag: file.etag })
  if (matches(request.headers.get('if-none-match'), file.etag)) return new Response(null, { status: 304, headers })

  const mayBePart = request.method === 'GET' && ifRangeHolds(request.headers.get('if-range'), file.etag)
  const range = parseRange(mayBePart ? request.headers.get('range') : null, size)
  if (range.kind === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${size}` } })
  }
  const start = range.kind === 'part' ? range.start : 0
  const end = range.kind === 'part' ? range.end : size - 1
  headers.set('Content-Length', String(end - start + 1))
  if (range.kind === 'part') headers.set('Content-Range', `bytes ${start}-${end}/${size}`)
  const body = request.method === 'HEAD' || size === 0 ? null : streamOf(file.path, start, end)
  return new Response(body, { status: range.kind === 'part' ? 206 : 200, headers })
}

/** If-None-Match uses the weak comparison (RFC 9110 §13.1.2). */
function matches(header: string | null, etag: string): boolean {
  return header?.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag) ?? false
}

/**
 * The bytes `start` to `end`, both included, read only as fast as they are taken. The file is opened anew for each
 * chunk: a reader that goes away without a word (Chromium does, when a video is sought) leaves no descriptor open.
 */
function streamOf(path: string, start: number, end: number): ReadableStream<Uint8Array> {
  let position = start
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const buffer = new Uint8Array(Math.min(CHUNK_BYTES, end - position + 1))
        const { bytesRead } = await withFile(path, (handle) => handle.read(buffer, 0, buffer.length, position))
        if (bytesRead === 0) throw new Error('The file became shorter while it was read')
        position += bytesRead
        controller.enqueue(buffer.subarray(0, bytesRead))
        if (position > end) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

async function withFile<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path, READ)
  try {
    return await use(handle)
  } finally {
    await handle.close()
  }
}
