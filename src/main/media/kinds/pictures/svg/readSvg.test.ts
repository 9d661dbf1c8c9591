import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { drawn, fixtureReader } from '../../../../../../test/fixtures/pictures/readFixture.ts'
import { PixelLimitError } from '../../kindReader.ts'
import { readRootSize } from './readRootSize.ts'
import { readSvg } from './readSvg.ts'

const read = fixtureReader(readSvg, 'image/svg+xml')
const folder = mkdtempSync(join(tmpdir(), 'vitrine-svg-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const LEFT_BLUE = '<rect width="50%" height="100%" fill="#0000ff"/>'
const svg = (attributes: string, body = LEFT_BLUE, prologue = '') =>
  Buffer.from(
    `<?xml version="1.0"?>${prologue}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${body}</svg>`,
  )
/** Red, green, blue, opacity; WebP has no fourth channel where all is opaque. */
const colorOf = async (file: Buffer) => [...((await drawn(await read(file)))?.at(0.25, 0.5) ?? []), 255].slice(0, 4)
const CLEAR = [0, 0, 0, 0]
const BLUE = [0, 0, 255, 255]

describe('a drawing', () => {
  it.each([
    ['width="200" height="100"', 200, 100, 600, 300],
    ['width="2in" height="1in"', 192, 96, 600, 300],
    ['viewBox="0 0 30 60"', 30, 60, 300, 600],
    ['width="100%" height="100%" viewBox="0 0 30 20"', 30, 20, 600, 400],
    ['width="20000" height="10000"', 20_000, 10_000, 600, 300],
    ['width="400000" height="400000"', 400_000, 400_000, 600, 600],
    ['', null, null, 300, 600],
  ])(
    'is drawn at the size asked for, whatever size it declares: %s',
    async (attributes, width, height, drawnWidth, drawnHeight) => {
      const facts = await read(svg(attributes))
      expect([facts.width, facts.height, facts.problem]).toEqual([width, height, null])
      const picture = await drawn(facts)
      expect([picture?.width, picture?.height]).toEqual([drawnWidth, drawnHeight])
      expect(picture?.at(0.25, 0.5)).toEqual(BLUE)
      expect(picture?.at(0.75, 0.5)[3]).toBe(0)
    },
  )

  it('may be compressed', async () => {
    expect(await colorOf(gzipSync(svg('width="20" height="10"')))).toEqual(BLUE)
  })

  it('may carry pictures inside', async () => {
    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#0000ff' } })
      .png()
      .toBuffer()
    const image = `<image width="10" height="10" href="data:image/png;base64,${png.toString('base64')}"/>`
    expect(await colorOf(svg('width="10" height="10"', image))).toEqual(BLUE)
  })
})

describe('a drawing never', () => {
  it('reads other files', async () => {
    const path = join(folder, 'secret.png')
    writeFileSync(
      path,
      await sharp({ create: { width: 4, height: 4, channels: 3, background: '#0000ff' } })
        .png()
        .toBuffer(),
    )
    writeFileSync(join(folder, 'secret.svg'), svg('width="4" height="4"'))
    for (const reference of [
      path,
      pathToFileURL(path).href,
      'secret.png',
      '../secret.png',
      join(folder, 'secret.svg'),
      `${pathToFileURL(join(folder, 'secret.svg')).href}#a`,
    ]) {
      const image = `<image width="10" height="10" href="${reference}"/><image width="10" height="10" xlink:href="${reference}"/>`
      expect(await colorOf(svg('width="10" height="10"', `${image}<use href="${reference}"/>`))).toEqual(CLEAR)
    }
    const style = `<style>@import url("${pathToFileURL(path).href}"); rect { fill: url("${pathToFileURL(path).href}") }</style>`
    expect(await colorOf(svg('width="10" height="10"', `${style}<rect width="10" height="10"/>`))).not.toEqual(BLUE)
    const include = `<text y="9"><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="${path}"/></text>`
    expect(await colorOf(svg('width="10" height="10"', include))).toEqual(CLEAR)
    const entity = `<!DOCTYPE svg [<!ENTITY x SYSTEM "${pathToFileURL(path).href}">]>`
    const facts = await read(svg('width="10" height="10"', '<text y="9">&x;</text>', entity))
    expect([facts.picture, facts.problem?.code]).toEqual([null, 'decode_failed'])
  })

  it('asks a server for anything', async () => {
    let requests = 0
    const server = createServer((_request, response) => {
      requests += 1
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.png`
    const body = `<style>@import url("${url}");</style><image width="9" height="9" href="${url}"/><script href="${url}"/>`
    await colorOf(svg('width="10" height="10"', body, `<!DOCTYPE svg PUBLIC "a" "${url}">`))
    await new Promise((resolve) => server.close(resolve))
    expect(requests).toBe(0)
  })

  it('runs a script', async () => {
    const script =
      '<script>document.documentElement.appendChild(null)</script><rect id="a" width="10" height="10" onload="x()" fill="#0000ff"/>'
    expect(await colorOf(svg('width="10" height="10"', script))).toEqual(BLUE)
  })
})

describe('a bomb', () => {
  it.each(['width="1e9" height="1e9"', 'viewBox="0 0 1e9 1e9"', 'width="2000000" height="1"'])(
    'of a declared size is refused before anything is drawn: %s',
    async (attributes) => {
      await expect(read(svg(attributes))).rejects.toThrow(PixelLimitError)
    },
  )

  it('of entities is refused', async () => {
    const names = [...'abcdefghij']
    const entities = names.map(
      (name, index) => `<!ENTITY ${name} "${index === 0 ? 'ha' : `&${names[index - 1]};`.repeat(10)}">`,
    )
    const facts = await read(svg('width="10" height="10"', '<text>&j;</text>', `<!DOCTYPE svg [${entities.join('')}]>`))
    expect([facts.picture, facts.problem?.code]).toEqual([null, 'decode_failed'])
  })

  it('of nesting is refused', async () => {
    const facts = await read(svg('width="10" height="10"', `${'<g>'.repeat(50_000)}${'</g>'.repeat(50_000)}`))
    expect(facts.problem?.code).toBe('decode_failed')
  })

  it('of compression is refused', async () => {
    const bomb = gzipSync(Buffer.concat([svg('width="10" height="10"'), Buffer.alloc(4_000_000, ' ')]))
    const facts = await read(bomb, { limits: { svgBytes: 1_000_000 } })
    expect([bomb.length < 10_000, facts.problem?.code]).toEqual([true, 'file_too_large'])
    expect(
      (await read(svg('width="9" height="9"', ' '.repeat(2000)), { limits: { svgBytes: 1000 } })).problem?.code,
    ).toBe('file_too_large')
  })

  it('cut short or altered is an answer, not an exception', async () => {
    const whole = svg('width="10" height="10" viewBox="0 0 10 10"')
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 4 }), fc.nat(whole.length), async (changes, length) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        for (const part of [bytes, bytes.subarray(0, length), gzipSync(bytes).subarray(0, length)]) {
          await expect(read(part).catch(pixelLimit)).resolves.toBeDefined()
        }
      }),
      { numRuns: 50 },
    )
  })

  it('of repeated starts is looked through once', () => {
    expect(readRootSize(Buffer.from('<svg '.repeat(60_000)))).toBeNull()
    expect(readRootSize(Buffer.from(`<svg ${'width='.repeat(40_000)}>`))).toBeNull()
    expect(readRootSize(Buffer.from(`<svg ${' '.repeat(200_000)}>`))).toBeNull()
  })
})

function pixelLimit(error: unknown): string {
  if (error instanceof PixelLimitError) return 'too many pixels'
  throw error
}
