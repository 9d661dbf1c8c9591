import { describe, expect, it } from 'vitest'
import { startLibrary } from './startLibrary.ts'

const place = () => '/home/me/Vitrine'

describe('startLibrary', () => {
  it('prefers the environment, then the argument, then the last one', () => {
    const args = ['app', '--library=/two', '--other']
    expect(startLibrary({ VITRINE_LIBRARY: '/one' }, args, '/three', place)).toEqual({ path: '/one', create: true })
    expect(startLibrary({ VITRINE_LIBRARY: '' }, args, '/three', place)).toEqual({ path: '/two', create: false })
    expect(startLibrary({}, ['app', '--library='], '/three', place)).toEqual({ path: '/three', create: false })
  })

  it('has none on the first run', () => {
    expect(startLibrary({}, [], null, place)).toBeNull()
  })

  it('makes one in the default place when asked to, unless there was one before', () => {
    expect(startLibrary({}, ['--default-library'], null, place)).toEqual({ path: '/home/me/Vitrine', create: true })
    expect(startLibrary({}, ['--default-library'], '/three', place)).toEqual({ path: '/three', create: false })
  })
})
