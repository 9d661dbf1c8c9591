import { describe, expect, it } from 'vitest'
import { drawnUrl, originalUrl, thumbnailUrl } from '../../shared/contract/bridge.ts'
import { parseAssetUrl } from './assetUrl.ts'

const SHA = 'ab'.repeat(32)
const ID = '01890a5d-ac96-774b-bcce-b302099a8057'

describe('parseAssetUrl', () => {
  it('reads what the contract builds', () => {
    expect(parseAssetUrl(thumbnailUrl(SHA, 300))).toEqual({ kind: 'thumb', sha256: SHA, size: 300 })
    expect(parseAssetUrl(originalUrl(ID))).toEqual({ kind: 'original', id: ID })
    expect(parseAssetUrl(drawnUrl(ID, 41, 2048))).toEqual({ kind: 'drawn', id: ID, page: 41, side: 2048 })
  })

  it.each([
    ['', 'nothing'],
    ['asset://thumb', 'no path'],
    [`asset://thumb/${SHA}`, 'no size'],
    [`asset://thumb/${SHA}/301`, 'a size that is not made'],
    [`asset://thumb/${SHA}/0150`, 'a size spelt another way'],
    [`asset://thumb/${SHA}/150/`, 'a trailing slash'],
    [`asset://thumb/${SHA}/150?x=1`, 'a query'],
    [`asset://thumb/${SHA}/150#x`, 'a fragment'],
    [`asset://thumb/${SHA}/150\n`, 'a line break'],
    [`asset://thumb/${SHA.toUpperCase()}/150`, 'upper case'],
    [`asset://thumb/${SHA.slice(1)}/150`, 'a short hash'],
    [`asset://thumb/${SHA}${SHA}/150`, 'a long hash'],
    [`asset://thumb/${'a'.repeat(1_000_000)}/150`, 'a million characters'],
    ['asset://thumb/../../../etc/passwd', 'dot segments'],
    ['asset://thumb/..%2f..%2f..%2fetc%2fpasswd/150', 'escaped dot segments'],
    ['asset://thumb/%2e%2e/%2e%2e/etc/passwd', 'escaped dots'],
    ['asset://thumb/..\\..\\windows\\win.ini', 'backslashes'],
    [`asset://thumb/${SHA.slice(1)}\0/150`, 'a NUL'],
    [`asset://thumb/${SHA.slice(3)}%00/150`, 'an escaped NUL'],
    [`asset://user@thumb/${SHA}/150`, 'a user'],
    [`asset://thumb:80/${SHA}/150`, 'a port'],
    [`ASSET://thumb/${SHA}/150`, 'an upper-case scheme'],
    [`https://thumb/${SHA}/150`, 'another scheme'],
    [`asset://drawn/${ID}/0/300`, 'a size that is not drawn'],
    [`asset://drawn/${ID}/00/2048`, 'a page spelt another way'],
    [`asset://drawn/${ID}/-1/2048`, 'a page before the first'],
    [`asset://drawn/${ID}/999999/2048`, 'a page that no document has'],
    [`asset://drawn/${ID}/0/2048/..`, 'a drawing with a tail'],
    [`asset://original/${ID}/../..`, 'an id with a tail'],
    [`asset://original/${ID.toUpperCase()}`, 'an upper-case id'],
    [`asset://original/${ID.replaceAll('-', '')}0000`, 'an id without hyphens'],
    [`asset://original/${'-'.repeat(36)}`, 'hyphens only'],
    ['asset://original//etc/passwd', 'a path'],
    [`asset://elsewhere/${ID}`, 'another host'],
  ])('refuses %s (%s)', (url) => {
    expect(parseAssetUrl(url)).toBeNull()
  })
})
