import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { libraryFolder } from '../../libraryFolder.ts'
import { fetchPicture } from './fetchPicture.ts'

const root = mkdtempSync(join(tmpdir(), 'vitrine-fetch-'))
const folder = libraryFolder(root)
const limits = { bytes: 100_000, milliseconds: 5_000 }
let server: Server
let answer: RequestListener
let home = ''
let picture: Buffer

beforeAll(async () => {
  picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c33' } })
    .png()
    .toBuffer()
  server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => rmSync(join(root, 'cache'), { recursive: true, force: true }))
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(root, { recursive: true, force: true })
})

const fetched = (address: string) => fetchPicture(folder, address, limits)
const nothingLeft = () => {
  expect(readdirSync(folder.incoming)).toEqual([])
  expect(existsSync(folder.staged) ? readdirSync(folder.staged) : []).toEqual([])
}

describe('a picture from the web', () => {
  it('is kept under its name, for an import to take', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(picture)
    const path = await fetched(`${home}/pictures/a%20pier.png?w=8`)
    expect(basename(path)).toBe('a pier.png')
    expect(dirname(dirname(path))).toBe(folder.staged)
    expect(readFileSync(path).equals(picture)).toBe(true)
  })

  it('is found where redirects lead', async () => {
    answer = ({ url }, response) => {
      if (url === '/a') response.writeHead(302, { location: 'b' }).end()
      else if (url === '/b') response.writeHead(308, { location: `${home}/c.png` }).end()
      else response.end(picture)
    }
    expect(basename(await fetched(`${home}/a`))).toBe('c.png')
  })

  it('may stand in the address itself', async () => {
    const path = await fetched(`data:image/png;base64,${picture.toString('base64')}`)
    expect(basename(path)).toBe('picture')
    expect(readFileSync(path).equals(picture)).toBe(true)
  })
})

describe('what is refused', () => {
  const refused = async (address: string, code: string, text: RegExp = /./) => {
    await expect(fetched(address)).rejects.toMatchObject({ code, message: expect.stringMatching(text) })
    nothingLeft()
  }

  it('what is no address of the web, even when a server leads there', async () => {
    for (const address of ['file:///etc/passwd', 'ftp://a/b.png', 'javascript:1', 'a b c', ''])
      await refused(address, 'invalid_request')
    await refused('http://user:secret@127.0.0.1/', 'invalid_request', /password/)
    answer = (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end()
    await refused(`${home}/a.png`, 'invalid_request')
  })

  it('what is larger than it may be, whether the server says so or not', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': '99999999999' }).write('x')
    await refused(`${home}/a.png`, 'file_too_large')
    answer = (_, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(16_384)));
        response.once('drain', more)
      }
      more()
    }
    await refused(`${home}/endless.png`, 'file_too_large')
  })

  it('what is no picture, whatever the server calls it', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end('<!doctype html><title>Sign in</title>')
    await refused(`${home}/a.png`, 'unsupported_type', /127\.0\.0\.1 gave something else/)
    answer = (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end()
    await refused(`${home}/a.png`, 'empty_file')
    await refused('data:text/plain,hello', 'unsupported_type')
    await refused('data:image/png;base64,@', 'invalid_request')
  })

  it('a server that breaks off, refuses or leads in circles', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '5000' })
      response.write(picture, () => response.destroy())
    }
    await refused(`${home}/a.png`, 'download_failed')
    answer = (_, response) => response.writeHead(404).end(picture)
    await refused(`${home}/a.png`, 'download_failed', /404/)
    answer = (_, response) => response.writeHead(302, { location: '/again' }).end()
    await refused(`${home}/again`, 'download_failed', /never arrives/)
    answer = (_, response) => response.socket?.end('not http\r\n\r\n')
    await refused(`${home}/a.png`, 'download_failed')
  })

  it('a server that is there and never answers', async () => {
    answer = () => undefined
    await expect(fetchPicture(folder, `${home}/a.png`, { ...limits, milliseconds: 50 })).rejects.toMatchObject({
      code: 'download_failed',
      message: '127.0.0.1 took too long.',
    })
    nothingLeft()
  })

  it('a server that can’t be reached', async () => {
    await refused('http://127.0.0.1:1/a.png', 'download_failed', /could not be reached/)
  })
})
