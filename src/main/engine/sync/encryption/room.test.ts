import { expect, it } from 'vitest'
import { roomFor } from './room.ts'

it('lets in so many, the others in the order in which they came', async () => {
  const room = roomFor(2)
  const entered: string[] = []
  const come = async (name: string, signal?: AbortSignal) => {
    const leave = await room.enter(signal)
    entered.push(name)
    return leave
  }
  const first = await come('first')
  const second = await come('second')
  const third = come('third')
  const gone = new AbortController()
  const impatient = come('impatient', gone.signal)
  const fourth = come('fourth')
  gone.abort()
  await expect(impatient).rejects.toMatchObject({ code: 'cancelled' })
  expect(entered).toEqual(['first', 'second'])
  first()
  first()
  await third
  expect(entered).toEqual(['first', 'second', 'third'])
  second()
  await fourth
  expect(entered).toEqual(['first', 'second', 'third', 'fourth'])
  await expect(come('late', gone.signal)).rejects.toMatchObject({ code: 'cancelled' })
})
