import { describe, expect, it } from 'vitest'
import { pageOrigin } from './pageOrigin.ts'

describe('our page', () => {
  const page = pageOrigin(undefined)

  it('comes from the app protocol', () => {
    expect(page.url).toBe('app://vitrine/index.html')
    expect(page.owns(page.url)).toBe(true)
    expect(page.owns('app://vitrine/#/library')).toBe(true)
  })

  it.each([
    '',
    'about:blank',
    'about:srcdoc',
    'app://vitrine.example.com/',
    'app://elsewhere/',
    'app://vitrine:99/',
    'app://someone@vitrine/',
    'https://vitrine/',
    'file:///app/vitrine/index.html',
    'asset://vitrine/',
    'data:text/html,app://vitrine/',
    'javascript:app://vitrine/',
  ])('is not %j', (url) => {
    expect(page.owns(url)).toBe(false)
  })
})

describe('in development', () => {
  it('comes from the server on this machine', () => {
    const page = pageOrigin('http://localhost:5173')
    expect(page.owns('http://localhost:5173/index.html')).toBe(true)
    expect(page.owns('http://localhost:5174/')).toBe(false)
    expect(page.owns('app://vitrine/index.html')).toBe(false)
  })

  it.each(['https://example.com', 'http://192.168.0.2:5173', 'file:///tmp/x.html', 'nonsense', ''])(
    'never comes from %j',
    (url) => {
      expect(pageOrigin(url).development).toBe(false)
    },
  )
})
