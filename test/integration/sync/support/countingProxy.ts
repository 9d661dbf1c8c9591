import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'

/** What the proxy does with a request instead of passing it on. */
export type Fault =
  | { readonly kind: 'cut' }
  /** Passes on so many bytes of the request, or of the answer, and then drops the connection. */
  | { readonly kind: 'cut-after'; readonly of: 'request' | 'answer'; readonly bytes: number }
  | { readonly kind: 'stall' }
  /** Passes the request on and changes headers of the answer. */
  | { readonly kind: 'rewrite'; readonly headers: Readonly<Record<string, string>> }
  /** Passes the request on, but the answer is lost. */
  | { readonly kind: 'lose-answer' }
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers?: Record<string, string>
      readonly body?: string
    }

export interface ProxiedRequest {
  readonly method: string
  /** Decoded path below the bucket. */
  readonly key: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** Status that the server answered, null while it has not or when a fault came first. */
  status: number | null
}

export interface CountingProxy {
  readonly endpoint: string
  readonly requests: readonly ProxiedRequest[]
  /** Decides about each request before it is passed on; null passes it on. */
  fault: ((seen: ProxiedRequest) => Fault | null) | null
  /** Drops all connections that are open now. */
  cutAll(): void
  close(): Promise<void>
}

/** Passes bytes on until there were so many; what is shorter goes through whole. */
function cutAfter(from: Readable, to: Writable, bytes: number, cut: () => void): void {
  let left = bytes
  from.on('data', (chunk: Buffer) => {
    if (left <= 0) return
    to.write(chunk.subarray(0, left))
    left -= chunk.length
    // Later, so that what was written gets out.
    if (left <= 0) setImmediate(cut)
  })
  from.on('end', () => left > 0 && to.end())
}

/**
 * A proxy on loopback that counts what is asked of an S3 server and can cut, stall, throttle and lose. Requests keep
 * the Host header of the client, because it is signed; the server must not mind.
 */
export async function countingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target)
  const requests: ProxiedRequest[] = []
  const sockets = new Set<Socket>()
  const proxy = { fault: null as CountingProxy['fault'] }

  function handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const url = new URL(incoming.url ?? '/', 'http://proxy')
    const seen: ProxiedRequest = {
      method: incoming.method ?? '',
      key: decodeURIComponent(url.pathname.split('/').slice(2).join('/')),
      query: url.searchParams,
      headers: incoming.headers,
      status: null,
    }
    requests.push(seen)
    const fault = proxy.fault?.(seen) ?? null
    if (fault?.kind === 'cut') {
      // After some of the body, as a lost connection would.
      incoming.once('data', () => incoming.socket.destroy())
      incoming.once('end', () => incoming.socket.destroy())
      incoming.resume()
      return
    }
    if (fault?.kind === 'stall') {
      incoming.resume()
      return
    }
    if (fault?.kind === 'answer') {
      incoming.resume()
      seen.status = fault.status
      incoming.once('end', () => {
        outgoing.writeHead(fault.status, { 'content-type': 'application/xml', ...fault.headers })
        outgoing.end(fault.body ?? '')
      })
      return
    }
    const onward = request(
      { hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers },
      (answer) => {
        seen.status = answer.statusCode ?? null
        if (fault?.kind === 'lose-answer') {
          answer.resume()
          answer.once('end', () => incoming.socket.destroy())
          return
        }
        const changed = fault?.kind === 'rewrite' ? fault.headers : {}
        outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...changed })
        if (fault?.kind === 'cut-after' && fault.of === 'answer') {
          cutAfter(answer, outgoing, fault.bytes, () => incoming.socket.destroy())
        } else answer.pipe(outgoing)
        answer.on('error', () => outgoing.destroy())
      },
    )
    // A server that is down looks through the proxy like a lost connection.
    onward.on('error', () => incoming.socket.destroy())
    outgoing.on('close', () => onward.destroy())
    if (fault?.kind === 'cut-after' && fault.of === 'request') {
      cutAfter(incoming, onward, fault.bytes, () => {
        onward.destroy()
        incoming.socket.destroy()
      })
    } else incoming.pipe(onward)
  }

  const server: Server = createServer(handle)
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: ownPort } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${ownPort}`,
    requests,
    get fault() {
      return proxy.fault
    },
    set fault(decide) {
      proxy.fault = decide
    },
    cutAll() {
      for (const socket of sockets) socket.destroy()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
