import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Item, NativeImage } from 'electron'
import { expect, it } from 'vitest'
import { createDragOut } from './dragOut.ts'

const nothing = { assets: 0, files: 0, bytes: 0, copied: 0, failed: 0, failures: [], cancelled: false }
const icon = {} as NativeImage
const assets = { rowIds: Int32Array.of(7) }
const engine = {
  async request(_: string, input: unknown) {
    writeFileSync(join((input as { folder: string }).folder, 'pier.png'), 'bytes')
    return { ...nothing, files: 1 }
  },
}

function page(id = 1) {
  const carried: Item[] = []
  return { id, carried, startDrag: (item: Item) => void carried.push(item) }
}

function drags(answer: { request(name: string, input: unknown): Promise<unknown> } = engine, blocking = true) {
  const told: unknown[] = []
  const iconOf = async () => icon
  const onCarried = (sender: number, rowIds: readonly number[] | null) => void told.push([sender, rowIds])
  return { told, drag: createDragOut({ engine: answer, iconOf, onCarried }, blocking) }
}

it('carries copies, each drag its own, which are gone with the program', async () => {
  const { drag, told } = drags()
  const { carried, ...contents } = page()
  for (const _ of ['first', 'second']) {
    const prepared = await drag.prepare(contents.id, assets)
    expect(drag.begin(contents, prepared!)).toBe(true)
  }
  expect(told).toEqual([
    [1, [7]],
    [1, null],
    [1, [7]],
    [1, null],
  ])
  const folders = carried.map(({ file }) => dirname(file))
  expect(new Set(folders).size).toBe(2)
  expect(readdirSync(folders[0]!)).toEqual(['pier.png'])
  expect(carried[0]?.files).toEqual([carried[0]?.file])
  drag.close()
  expect(folders.some((folder) => existsSync(folder))).toBe(false)
})

it('does not say that a drag is over where the system tells nobody', async () => {
  const { drag, told } = drags(engine, false)
  const contents = page()
  expect(drag.begin(contents, (await drag.prepare(1, assets))!)).toBe(false)
  expect(told).toEqual([[1, [7]]])
  drag.close()
})

it('lets a page carry only what was prepared for it, once', async () => {
  const { drag } = drags()
  const prepared = (await drag.prepare(1, assets))!
  expect(() => drag.begin(page(2), prepared)).toThrow('once more')
  drag.begin(page(1), prepared)
  expect(() => drag.begin(page(1), prepared)).toThrow('once more')
  drag.close()
})

it('throws copies away that were not carried when others are made', async () => {
  const folders: string[] = []
  const { drag } = drags({
    async request(name, input) {
      folders.push((input as { folder: string }).folder)
      return engine.request(name, input)
    },
  })
  const first = (await drag.prepare(1, assets))!
  await drag.prepare(1, assets)
  expect(folders.map((folder) => existsSync(folder))).toEqual([false, true])
  expect(() => drag.begin(page(1), first)).toThrow('once more')
  drag.close()
})

it('says why there is nothing to carry', async () => {
  const failures = [{ fileName: 'pier.png', code: 'remote_unreachable', message: 'The server does not answer.' }]
  const { drag } = drags({ request: async () => ({ ...nothing, failed: 1, failures }) })
  await expect(drag.prepare(1, assets)).rejects.toMatchObject({
    code: 'remote_unreachable',
    message: 'pier.png: The server does not answer.',
  })
  drag.close()
})

it('carries nothing when there is nothing', async () => {
  const { drag } = drags({ request: async () => nothing })
  expect(await drag.prepare(1, assets)).toBeNull()
  drag.close()
})
