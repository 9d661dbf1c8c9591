import { describe, expect, it } from 'vitest'
import { developmentPolicy, ORIGINAL_POLICY, PAGE_POLICY } from './contentPolicy.ts'

const directives = (policy: string) => new Map(policy.split('; ').map((part) => [part.split(' ')[0], part]))

describe('the policy of our pages', () => {
  const page = directives(PAGE_POLICY)

  it('denies what it does not name', () => {
    expect(page.get('default-src')).toBe("default-src 'none'")
  })

  it('runs own script files only: nothing inline, nothing evaluated, nothing from a URL', () => {
    expect(page.get('script-src')).toBe("script-src 'self'")
    expect(PAGE_POLICY).not.toContain('unsafe')
  })

  it('lets the page talk to nobody', () => {
    expect(page.get('connect-src')).toBe("connect-src 'none'")
    expect(page.get('form-action')).toBe("form-action 'none'")
    expect(PAGE_POLICY).not.toMatch(/https?:|file:|\*/)
  })

  it('can be neither framed nor given another base', () => {
    expect(page.get('frame-ancestors')).toBe("frame-ancestors 'none'")
    expect(page.get('base-uri')).toBe("base-uri 'none'")
  })
})

it('in development the page may talk to the server it came from, and no other', () => {
  expect(directives(developmentPolicy('http://localhost:5173')).get('connect-src')).toBe(
    "connect-src 'self' ws://localhost:5173",
  )
})

it('an original can not script, whatever it is', () => {
  expect(directives(ORIGINAL_POLICY).get('default-src')).toBe("default-src 'none'")
  expect(directives(ORIGINAL_POLICY).has('script-src')).toBe(false)
  expect(directives(ORIGINAL_POLICY).get('sandbox')).toBe('sandbox')
})
