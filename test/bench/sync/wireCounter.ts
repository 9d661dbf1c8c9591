import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A TCP relay on loopback that counts all bytes that pass, headers and all, each way. */
export interface WireCounter {
  readonly endpoint: string
  /** Bytes to and from the server since the last call. */
  take(): { readonly up: number; readonly down: number }
  close(): Promise<void>
}

export async function wireCounter(target: string): Promise<WireCounter> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let up = 0
  let down = 0
  const server = createServer((client) => {
    const onward = connect(Number(port), hostname)
    for (const [socket, other] of [
      [client, onward],
      [onward, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    client.on('data', (chunk) => {
      up += chunk.length
    })
    onward.on('data', (chunk) => {
      down += chunk.length
    })
    client.pipe(onward)
    onward.pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = { up, down }
      up = 0
      down = 0
      return taken
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
