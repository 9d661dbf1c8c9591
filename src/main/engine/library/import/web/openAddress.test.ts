import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAddress } from './openAddress.ts'

let server: Server
let answer: RequestListener
let port = 0

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

// Only on Linux is all of 127.0.0.0/8 this computer, of which one address may stand for the internet here.
describe.skipIf(process.platform !== 'linux')('a redirect', () => {
  const isLocal = (address: string) => !address.endsWith('127.0.0.2')
  const open = (host: string) => openAddress(`http://${host}:${port}/`, AbortSignal.timeout(5_000), isLocal)
  const leadTo = (host: string) => {
    answer = ({ headers }, response) => {
      if (headers.host?.startsWith(host)) response.end('arrived')
      else response.writeHead(302, { location: `http://${host}:${port}/` }).end()
    }
  }

  it('does not lead from the internet into the person’s own network, by number or by name', async () => {
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1']) {
      leadTo(host)
      await expect(open('127.0.0.2'), host).rejects.toMatchObject({
        code: 'download_failed',
        message: expect.stringContaining('own network'),
      })
    }
  })

  it('may lead about within that network, when a person has chosen an address there', async () => {
    leadTo('localhost')
    const { body, url } = await open('127.0.0.1')
    expect(url.hostname).toBe('localhost')
    body.destroy()
  })

  it('that has led to the internet does not lead back', async () => {
    answer = ({ headers }, response) => {
      const to = headers.host?.startsWith('127.0.0.1') ? '127.0.0.2' : '127.0.0.1'
      response.writeHead(302, { location: `http://${to}:${port}/` }).end()
    }
    await expect(open('127.0.0.1')).rejects.toMatchObject({ message: expect.stringContaining('own network') })
  })
})
