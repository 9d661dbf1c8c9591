import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { PAGE_POLICY } from './contentPolicy.ts'
import { APP_HOST, APP_SCHEME, parseUrl } from './pageOrigin.ts'

/** Everything a built page consists of; another kind of file is not served. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

const HEADERS = {
  'Content-Security-Policy': PAGE_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // Files of a package never change under a running app, but those of the next version have the same addresses.
  'Cache-Control': 'no-cache',
}

/** One plain segment of a path: no dot segment, no separator of any platform, no drive, no stream, no NUL. */
const SEGMENT = /^(?!\.)[\w.@ -]+$/

/**
 * The file below `root` that an `app://` URL names and its MIME type; null for what we don't serve.
 */
export function appFile(root: string, url: string): { path: string; mimeType: string } | null {
  const parsed = parseUrl(url)
  if (parsed === null || parsed.protocol !== `${APP_SCHEME}:` || parsed.host !== APP_HOST) return null
  let segments: string[]
  try {
    segments = parsed.pathname.split('/').slice(1).map(decodeURIComponent)
  } catch {
    return null // a malformed escape
  }
  if (segments.length === 1 && segments[0] === '') segments = ['index.html']
  const mimeType = MIME_TYPES[extname(segments.at(-1) ?? '')]
  if (mimeType === undefined || !segments.every((segment) => SEGMENT.test(segment))) return null
  return { path: join(root, ...segments), mimeType }
}

/** Answers `app://` requests with the built page in `root`. */
export function createAppAnswer(root: string) {
  return async (request: Request): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { ...HEADERS, Allow: 'GET, HEAD' } })
    }
    const file = appFile(root, request.url)
    if (file === null) return new Response(null, { status: 404, headers: HEADERS })
    try {
      const body = await readFile(file.path)
      const headers = { ...HEADERS, 'Content-Type': file.mimeType, 'Content-Length': String(body.length) }
      return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOENT' && code !== 'EISDIR' && code !== 'ENOTDIR') throw error
      return new Response(null, { status: 404, headers: HEADERS })
    }
  }
}
