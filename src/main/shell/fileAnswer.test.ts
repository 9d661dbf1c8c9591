import { mkdtemp, readdir, readlink, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerWithFile } from './fileAnswer.ts'

const content = Uint8Array.from({ length: 700_000 }, (_, index) => (index * 31) % 251)
const etag = '"0123"'
let folder = ''
let path = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-file-answer-'))
  path = join(folder, 'file.bin')
  await writeFile(path, content)
})
afterAll(() => rm(folder, { recursive: true }))

const ask = (headers: Record<string, string> = {}, method = 'GET', file = path) =>
  answerWithFile(new Request('https://vitrine.invalid/', { method, headers }), {
    path: file,
    etag,
    headers: { 'Content-Type': 'application/octet-stream' },
  })
const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer())

describe('answerWithFile', () => {
  it('sends the whole file with its length and says that ranges work', async () => {
    const response = await ask()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('700000')
    expect(response.headers.get('accept-ranges')).toBe('bytes')
    expect(response.headers.get('etag')).toBe(etag)
    expect(await bytes(response)).toEqual(content)
  })

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=524287-524288', 524_287, 524_288],
    ['bytes=100000-699999', 100_000, 699_999],
    ['bytes=-10', 699_990, 699_999],
    ['bytes=699999-800000', 699_999, 699_999],
  ])('sends exactly the bytes of %s', async (range, start, end) => {
    const response = await ask({ Range: range })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/700000`)
    expect(response.headers.get('content-length')).toBe(String(end - start + 1))
    expect(await bytes(response)).toEqual(content.subarray(start, end + 1))
  })

  it('answers 416 with the length when no byte of the range exists', async () => {
    const response = await ask({ Range: 'bytes=700000-' })
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe('bytes */700000')
    expect(await bytes(response)).toHaveLength(0)
  })

  it('sends the whole when If-Range names another version, and the part when it names this one', async () => {
    expect((await ask({ Range: 'bytes=0-9', 'If-Range': '"other"' })).status).toBe(200)
    expect((await ask({ Range: 'bytes=0-9', 'If-Range': etag })).status).toBe(206)
  })

  it('answers 304 to a reader that has it already', async () => {
    expect((await ask({ 'If-None-Match': `"x", W/${etag}` })).status).toBe(304)
    expect((await ask({ 'If-None-Match': '"x"' })).status).toBe(200)
  })

  it('answers HEAD with the headers alone and ignores its Range', async () => {
    const response = await ask({ Range: 'bytes=0-9' }, 'HEAD')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('700000')
    expect(response.body).toBeNull()
  })

  it('answers an empty file', async () => {
    const empty = join(folder, 'empty')
    await writeFile(empty, '')
    expect((await ask({}, 'GET', empty)).headers.get('content-length')).toBe('0')
    expect((await ask({ Range: 'bytes=0-' }, 'GET', empty)).status).toBe(416)
  })

  it.runIf(process.platform === 'linux')('holds no file open for a reader that has gone or never came', async () => {
    const reader = (await ask()).body?.getReader()
    await reader?.read()
    await ask()
    const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''))
    expect(await Promise.all(links)).not.toContain(path)
  })

  it('fails in the middle, rather than ending early, when the file becomes shorter', async () => {
    const shrinking = join(folder, 'shrinking')
    await writeFile(shrinking, content)
    const response = await ask({}, 'GET', shrinking)
    await truncate(shrinking, 1000)
    await expect(bytes(response)).rejects.toThrow()
  })

  it('refuses a folder and a file that is not there', async () => {
    await expect(ask({}, 'GET', folder)).rejects.toMatchObject({ code: 'EISDIR' })
    await expect(ask({}, 'GET', join(folder, 'gone'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
