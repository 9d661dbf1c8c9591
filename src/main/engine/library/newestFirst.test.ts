import { describe, expect, it } from 'vitest'
import { NewestFirst } from './newestFirst.ts'

/** Work that ends when it is told to, and notes when it began. */
function slow(begun: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<string>()
  const work = () => {
    begun.push(name)
    return promise
  }
  return { end: () => resolve(name), work }
}

describe('work of which the newest is wanted most', () => {
  it('goes to what came last, and gives up what waited longest', async () => {
    const begun: string[] = []
    const line = new NewestFirst(1, 2)
    const jobs = ['first', 'second', 'third', 'fourth'].map((name) => slow(begun, name))
    const results = jobs.map(({ work }) => line.run(work))
    const given = expect(results[1]).rejects.toMatchObject({ code: 'cancelled' })
    for (const { end } of jobs) end()
    await given
    expect(await Promise.all([results[0], results[2], results[3]])).toEqual(['first', 'third', 'fourth'])
    expect(begun).toEqual(['first', 'fourth', 'third'])
  })

  it('goes on after a failure', async () => {
    const line = new NewestFirst(1, 1)
    const failing = line.run(() => Promise.reject(new Error('no')))
    const next = line.run(() => Promise.resolve('yes'))
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })
})
