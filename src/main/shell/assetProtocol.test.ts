import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawnUrl, originalUrl, thumbnailUrl } from '../../shared/contract/bridge.ts'
import { VitrineError } from '../../shared/contract/errors.ts'
import type { AssetDetail } from '../../shared/contract/requests/assetRequests.ts'
import { createAssetAnswer } from './assetProtocol.ts'
import { type Log, openLog } from './log.ts'

const SHA = 'ab'.repeat(32)
const NO_THUMB = 'cd'.repeat(32)
const LINKED_THUMB = 'ef'.repeat(32)
const ids = {
  copy: '01890a5d-ac96-774b-bcce-b302099a8001',
  svg: '01890a5d-ac96-774b-bcce-b302099a8002',
  linked: '01890a5d-ac96-774b-bcce-b302099a8003',
  escaped: '01890a5d-ac96-774b-bcce-b302099a8004',
  symlinked: '01890a5d-ac96-774b-bcce-b302099a8005',
  vanished: '01890a5d-ac96-774b-bcce-b302099a8006',
  folder: '01890a5d-ac96-774b-bcce-b302099a8007',
  unknown: '01890a5d-ac96-774b-bcce-b302099a8008',
  elsewhere: '01890a5d-ac96-774b-bcce-b302099a8009',
  unreachable: '01890a5d-ac96-774b-bcce-b302099a800a',
}

let folder = ''
let library = ''
let log: Log
let rows: Record<string, Pick<AssetDetail, 'storage_path' | 'original_path' | 'mime_type'> & Partial<AssetDetail>>

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-asset-'))
  const real = join(folder, 'real')
  library = join(folder, 'library')
  log = openLog(join(folder, 'logs'))
  mkdirSync(join(real, 'originals'), { recursive: true })
  for (const sha of [SHA, LINKED_THUMB]) mkdirSync(join(real, 'cache', 'thumbs', sha.slice(0, 2)), { recursive: true })
  // People keep libraries behind symbolic links, too.
  symlinkSync(real, library)
  writeFileSync(join(folder, 'outside.txt'), 'a secret')
  writeFileSync(join(real, 'originals', 'a.txt'), '0123456789')
  writeFileSync(join(real, 'originals', 'b.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
  writeFileSync(join(real, 'cache', 'thumbs', 'ab', `${SHA}-150.webp`), 'thumbnail')
  writeFileSync(join(real, 'cache', 'thumbs', 'ab', `${SHA}-600.webp`), '')
  symlinkSync(join(folder, 'outside.txt'), join(real, 'cache', 'thumbs', 'ef', `${LINKED_THUMB}-150.webp`))
  symlinkSync(join(folder, 'outside.txt'), join(real, 'originals', 'link.txt'))
  mkdirSync(join(real, 'cache', 'drawn', SHA, '3'), { recursive: true })
  writeFileSync(join(real, 'cache', 'drawn', SHA, '3', `${SHA}-2048.webp`), 'a page')

  const inside = (path: string, mime_type = 'text/plain') => ({
    storage_path: path,
    original_path: join(library, path),
    mime_type,
  })
  const outside = join(folder, 'outside.txt')
  rows = {
    [ids.copy]: inside('originals/a.txt'),
    [ids.svg]: inside('originals/b.svg', 'image/svg+xml'),
    [ids.linked]: { storage_path: outside, original_path: outside, mime_type: 'text/plain' },
    [ids.escaped]: inside('../outside.txt'),
    [ids.symlinked]: inside('originals/link.txt'),
    [ids.vanished]: inside('originals/gone.txt'),
    [ids.folder]: inside('originals'),
    [ids.elsewhere]: { ...inside('originals/elsewhere.txt'), sync_state: 'cloud-only' },
    [ids.unreachable]: { ...inside('originals/unreachable.txt'), sync_state: 'cloud-only' },
  }
})
afterAll(() => {
  log.flush()
  rmSync(folder, { recursive: true })
})

const ask = (url: string, init: RequestInit = {}, open = true) =>
  createAssetAnswer({
    library: () => (open ? library : null),
    asset: async (id) => {
      const row = rows[id]
      if (row === undefined) throw new VitrineError('not_found', 'No such asset.')
      return { id, sha256: SHA, ...row } as AssetDetail
    },
    async fetchOriginal(id) {
      if (id !== ids.elsewhere) throw new VitrineError('remote_unreachable', 'The bucket is not there.')
      writeFileSync(join(library, 'originals', 'elsewhere.txt'), 'fetched')
      rows = { ...rows, [id]: { ...rows[id]!, sync_state: 'synced' } }
    },
    draw: async ({ id, page, side }) => {
      if (id === ids.vanished) throw new VitrineError('decode_failed', 'It is damaged.')
      if (id === ids.escaped) return join(library, 'originals', 'a.txt')
      return join(library, 'cache', 'drawn', SHA, String(page), `${SHA}-${side}.webp`)
    },
    log,
  })(new Request(url, init))

describe('originals that are only in the bucket', () => {
  it('are fetched for whoever wants to see them, and not for whoever only asks about them', async () => {
    expect((await ask(originalUrl(ids.elsewhere), { method: 'HEAD' })).status).toBe(404)
    expect(await (await ask(originalUrl(ids.elsewhere))).text()).toBe('fetched')
  })

  it('are not there while the bucket is not', async () => {
    expect((await ask(originalUrl(ids.unreachable))).status).toBe(504)
  })
})

describe('thumbnails', () => {
  it('come out of the cache and may be kept for ever', async () => {
    const response = await ask(thumbnailUrl(SHA, 150))
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('thumbnail')
    expect(response.headers.get('content-type')).toBe('image/webp')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  it.each([
    ['is not made yet', thumbnailUrl(SHA, 300)],
    ['has no folder yet', thumbnailUrl(NO_THUMB, 150)],
    ['is still empty', thumbnailUrl(SHA, 600)],
    ['was replaced by a link to somewhere else', thumbnailUrl(LINKED_THUMB, 150)],
  ])('one that %s is not found, and that is not remembered', async (_, url) => {
    const response = await ask(url)
    expect(response.status).toBe(404)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).toBe('')
  })
})

describe('originals', () => {
  it('are streamed whole with the type that the catalogue knows, and can not script', async () => {
    const response = await ask(originalUrl(ids.svg))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('image/svg+xml')
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('accept-ranges')).toBe('bytes')
  })

  it('answer ranges', async () => {
    const part = await ask(originalUrl(ids.copy), { headers: { Range: 'bytes=-3' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe('bytes 7-9/10')
    expect(await part.text()).toBe('789')
    expect((await ask(originalUrl(ids.copy), { headers: { Range: 'bytes=10-' } })).status).toBe(416)
  })

  it('that are linked in place are read where they are', async () => {
    expect(await (await ask(originalUrl(ids.linked))).text()).toBe('a secret')
  })

  it.each(['escaped', 'symlinked'] as const)(
    'outside of the library (%s) are refused, and that is logged',
    async (name) => {
      const response = await ask(originalUrl(ids[name]))
      expect(response.status).toBe(500)
      expect(await response.text()).toBe('')
      expect(log.tail(20).join('\n')).toContain('outside of the library')
    },
  )

  it.each(['vanished', 'folder', 'unknown'] as const)('that are not there (%s) are not found', async (name) => {
    expect((await ask(originalUrl(ids[name]))).status).toBe(404)
  })
})

describe('anything else', () => {
  it.each([
    'asset://thumb/../../../etc/passwd',
    `asset://thumb/${SHA}/150?x`,
    `asset://original/${ids.copy}/../..`,
    'asset://elsewhere/x',
  ])('%s is a bad request', async (url) => {
    const response = await ask(url)
    expect(response.status).toBe(400)
    expect(await response.text()).toBe('')
  })

  it('only reads', async () => {
    expect((await ask(originalUrl(ids.copy), { method: 'POST' })).status).toBe(405)
    expect((await ask(thumbnailUrl(SHA, 150), { method: 'DELETE' })).status).toBe(405)
    expect(await (await ask(thumbnailUrl(SHA, 150), { method: 'HEAD' })).text()).toBe('')
  })

  it('has nothing to say while no library is open', async () => {
    expect((await ask(thumbnailUrl(SHA, 150), {}, false)).status).toBe(503)
  })
})

describe('drawings', () => {
  it('are what the engine drew, and are asked for again by their content, page and size', async () => {
    const answer = await ask(drawnUrl(ids.copy, 3, 2048))
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'image/webp',
      'a page',
    ])
    const etag = answer.headers.get('etag') ?? ''
    expect(etag).toBe(`"3-${SHA}-2048.webp"`)
    expect((await ask(drawnUrl(ids.copy, 3, 2048), { headers: { 'If-None-Match': etag } })).status).toBe(304)
  })

  it('that can not be made are no fault of the program', async () => {
    expect((await ask(drawnUrl(ids.vanished, 0, 2048))).status).toBe(422)
    expect((await ask(drawnUrl(ids.copy, 4, 2048))).status).toBe(404)
  })

  it('are never anything outside of the cache', async () => {
    expect((await ask(drawnUrl(ids.escaped, 0, 2048))).status).toBe(500)
  })
})
