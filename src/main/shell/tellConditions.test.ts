import { expect, it } from 'vitest'
import type { TransferConditions } from '../../shared/domain/transfer.ts'
import type { Log } from './log.ts'
import { tellConditions } from './tellConditions.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined } as unknown as Log
const conditions: TransferConditions = { online: true, onBattery: true, metered: null }

function start(request: (name: string, input: unknown) => Promise<unknown>) {
  let change: (conditions: TransferConditions) => void = () => undefined
  let wake: () => void = () => undefined
  const told = tellConditions(
    { request },
    (onConditions, onWoken) => {
      change = onConditions
      wake = onWoken
      return () => undefined
    },
    log,
  )
  return { told, change: (next: TransferConditions) => change(next), wake: () => wake() }
}

it('tells the engine each change, and a new engine what holds now', () => {
  const asked: unknown[] = []
  const { told, change } = start(async (...request) => asked.push(request))
  told.again()
  expect(asked).toEqual([])
  change(conditions)
  told.again()
  expect(asked).toEqual([
    ['transfers.conditions', conditions],
    ['transfers.conditions', conditions],
  ])
})

it('has remotes looked at when the computer comes back from sleep', () => {
  const asked: unknown[] = []
  start(async (name) => asked.push(name)).wake()
  expect(asked).toEqual(['sync.now'])
})

it('does not mind an engine that is away', async () => {
  const { told, change } = start(() => Promise.reject(new Error('away')))
  change(conditions)
  told.again()
  await new Promise((resolve) => setImmediate(resolve))
})
