import { describe, expect, it } from 'vitest'
import { startLibrary } from './startLibrary.ts'

describe('startLibrary', () => {
  it('prefers the environment, then the argument, then the last one', () => {
    const args = ['app', '--library=/two', '--other']
    expect(startLibrary({ VITRINE_LIBRARY: '/one' }, args, '/three')).toEqual({ path: '/one', create: true })
    expect(startLibrary({ VITRINE_LIBRARY: '' }, args, '/three')).toEqual({ path: '/two', create: false })
    expect(startLibrary({}, ['app', '--library='], '/three')).toEqual({ path: '/three', create: false })
  })

  it('has none on the first run', () => {
    expect(startLibrary({}, [], null)).toBeNull()
  })
})
