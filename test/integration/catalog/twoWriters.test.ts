import type { ChildProcess } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { FromEngine } from '../../../src/shared/contract/wire.ts'
import { importReportSchema } from '../../../src/shared/domain/import.ts'
import { makeLibrary, makePictures, temporaryPlace, vitrine, vitrineJson } from '../cli/vitrineProcess.ts'
import { startEngine } from '../cli/windowEngine.ts'
import { Random } from './model/random.ts'

const shownSchema = z.object({
  rating: z.number(),
  is_favorite: z.boolean(),
  tags: z.array(z.string()),
  collections: z.array(z.object({ name: z.string() })),
})
const createdSchema = z.object({ collection: z.object({ id: z.string(), name: z.string() }) })

let place: ReturnType<typeof temporaryPlace>
const children: ChildProcess[] = []
beforeEach(() => {
  place = temporaryPlace()
  makeLibrary(place.library)
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await exited
  }
  place.remove()
})

function window() {
  const started = startEngine(place.library)
  children.push(started.child)
  return started
}

/** What an engine answered; fails the test with what it refused with. */
function answered(message: FromEngine): unknown {
  if (message.type !== 'answer') throw new Error(`Refused: ${JSON.stringify(message)}`)
  return message.value
}

test('two windows and commands that edit at the same time lose nothing, and no one hears of a lock', async () => {
  const at = ['--library', place.library]
  const pictures = await makePictures(place.files, 12)
  const report = await vitrineJson(importReportSchema, 'import', ...pictures, ...at)
  const ids = report.imported.map(({ id }) => id)
  const first = window()
  await first.opened
  const second = window()
  await second.opened

  /** Each writer has tags and collections of its own, and they all write to the same assets. */
  const write = async (engine: typeof first, name: string): Promise<Map<string, Set<string>>> => {
    const random = new Random(name.length)
    const made = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]))
    const created = answered(await engine.request('collections.create', { name: `Of ${name}` }))
    const { collection } = createdSchema.parse(created)
    const pending: Promise<unknown>[] = []
    for (let round = 0; round < 60; round++) {
      const chosen = random.some(ids)
      const tag = `${name} ${round}`
      pending.push(
        engine
          .request('assets.edit', { assets: { ids: chosen }, patch: { add_tags: [tag] } })
          .then(answered)
          .then(() => {
            for (const id of chosen) made.get(id)?.add(tag)
          }),
        engine.request('collections.add', { id: collection.id, assets: { ids: chosen } }).then(answered),
        engine.request('assets.edit', { assets: { ids: chosen }, patch: { rating: round % 6 } }).then(answered),
      )
      // Several at a time, as from a person who does not wait.
      if (pending.length >= 12) await Promise.all(pending.splice(0))
    }
    await Promise.all(pending)
    return made
  }
  const commands = async (): Promise<void> => {
    for (const id of ids.slice(0, 4)) {
      const { status, stderr } = await vitrine('set', id, '--favorite', '--add-tag', 'by command', ...at)
      expect(status, stderr).toBe(0)
    }
  }
  const [byFirst, bySecond] = await Promise.all([write(first, 'one'), write(second, 'second'), commands()])

  const states = await Promise.all(
    [first, second].map((engine) =>
      Promise.all(ids.map(async (id) => shownSchema.parse(answered(await engine.request('assets.get', { id }))))),
    ),
  )
  expect(states[0]).toEqual(states[1])
  for (const [index, id] of ids.entries()) {
    const shown = states[0]?.[index]
    const tags = [...(byFirst.get(id) ?? []), ...(bySecond.get(id) ?? []), ...(index < 4 ? ['by command'] : [])]
    expect(shown?.tags.toSorted()).toEqual(tags.sort())
    if (index < 4) expect(shown?.is_favorite).toBe(true)
  }

  first.close()
  second.close()
  expect(await Promise.all([first.exited, second.exited])).toEqual([0, 0])
})
