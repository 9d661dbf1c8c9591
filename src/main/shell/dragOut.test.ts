import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Item, NativeImage } from 'electron'
import { expect, it, vi } from 'vitest'
import { createDragOut } from './dragOut.ts'

const nothing = { assets: 0, files: 0, bytes: 0, copied: 0, failed: 0, failures: [], cancelled: false }
const icon = {} as NativeImage
const assets = { rowIds: Int32Array.of(7) }

interface Answers {
  readonly files?: (folder: string, rowIds: Int32Array) => object | Promise<object>
  readonly bytes?: number
  /** Of the file, as it is now. */
  readonly sha256?: () => string
}

/** An engine whose assets are one file each. */
function engineWith({ files = writeOne, bytes = 5, sha256 = () => 'a' }: Answers = {}) {
  return {
    async request(name: string, input: unknown) {
      if (name === 'assets.summary') return { bytes }
      if (name === 'assets.cards')
        return (input as { rowIds: number[] }).rowIds.map((row) => ({
          id: String(row),
          sha256: sha256(),
          file_name: 'pier.png',
        }))
      const { folder, assets } = input as { folder: string; assets: { rowIds: Int32Array } }
      return { ...nothing, ...(await files(folder, assets.rowIds)) }
    },
  }
}

function writeOne(folder: string) {
  writeFileSync(join(folder, 'pier.png'), 'bytes')
  return { files: 1 }
}

function page(id = 1) {
  const carried: Item[] = []
  return { id, carried, startDrag: (item: Item) => void carried.push(item) }
}

function drags(answers: Answers = {}, { blocking = true, free = 1e12 } = {}) {
  const told: unknown[] = []
  const iconOf = async () => icon
  const onCarried = (sender: number, rowIds: readonly number[] | null) => void told.push([sender, rowIds])
  const drag = createDragOut({ engine: engineWith(answers), iconOf, onCarried, freeAt: async () => free }, blocking)
  const prepare = async (sender = 1, wanted = assets) => (await drag.prepare(sender, wanted)).drag!
  return { told, drag, prepare }
}

it('carries copies, each drag its own, which are gone with the program', async () => {
  const { drag, told, prepare } = drags()
  const { carried, ...contents } = page()
  for (const _ of ['first', 'second']) expect(drag.begin(contents, await prepare())).toBe(true)
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

it('carries thousands', async () => {
  const rowIds = Int32Array.from({ length: 5_000 }, (_, row) => row)
  const { drag, prepare } = drags({
    files(folder, rows) {
      for (const row of rows) writeFileSync(join(folder, `${row}.png`), '')
      return { files: rows.length }
    },
  })
  const { carried, ...contents } = page()
  drag.begin(contents, await prepare(1, { rowIds }))
  expect(carried[0]?.files).toHaveLength(5_000)
  drag.close()
})

it('does not say that a drag is over where the system tells nobody', async () => {
  const { drag, told, prepare } = drags({}, { blocking: false })
  expect(drag.begin(page(), await prepare())).toBe(false)
  expect(told).toEqual([[1, [7]]])
  drag.close()
})

it('lets a page carry only what was prepared for it, once', async () => {
  const { drag, prepare } = drags()
  const prepared = await prepare()
  expect(() => drag.begin(page(2), prepared)).toThrow('once more')
  drag.begin(page(1), prepared)
  expect(() => drag.begin(page(1), prepared)).toThrow('once more')
  drag.close()
})

it('throws copies away that were not carried when others are made', async () => {
  const folders: string[] = []
  const { drag, prepare } = drags({
    files(folder) {
      folders.push(folder)
      return writeOne(folder)
    },
  })
  const first = await prepare()
  await prepare(1, { rowIds: Int32Array.of(8) })
  await vi.waitFor(() => expect(folders.map((folder) => existsSync(folder))).toEqual([false, true]))
  expect(() => drag.begin(page(1), first)).toThrow('once more')
  drag.close()
})

it('hands out what it made ready before, for as long as the files are the same', async () => {
  let [made, sha256] = [0, 'a']
  const { drag, prepare } = drags({
    files(folder) {
      made++
      return writeOne(folder)
    },
    sha256: () => sha256,
  })
  // Dragged again before the first were ready, and once more after that.
  const [first, second] = await Promise.all([prepare(), prepare()])
  expect([second, await prepare()]).toEqual([first, first])
  expect(made).toBe(1)
  sha256 = 'b'
  expect(await prepare()).not.toBe(first)
  expect(made).toBe(2)
  drag.close()
})

it('carries what it can, and says what stays behind', async () => {
  const failures = [{ fileName: 'sea.png', code: 'remote_unreachable', message: 'The server does not answer.' }]
  const { drag } = drags({ files: (folder) => ({ ...writeOne(folder), failed: 3, failures }) })
  const reason = 'sea.png: The server does not answer.'
  expect(await drag.prepare(1, assets)).toEqual({ drag: 1, left: { count: 3, reason } })
  drag.close()
})

it('says why there is nothing to carry', async () => {
  const failures = [{ fileName: 'pier.png', code: 'remote_unreachable', message: 'The server does not answer.' }]
  const { drag } = drags({ files: () => ({ failed: 1, failures }) })
  await expect(drag.prepare(1, assets)).rejects.toMatchObject({
    code: 'remote_unreachable',
    message: 'pier.png: The server does not answer.',
  })
  drag.close()
})

it('makes no copies of more than is good for a drag, or than there is room for', async () => {
  const files = () => {
    throw new Error('Nothing is copied.')
  }
  const huge = drags({ bytes: 9e9, files })
  await expect(huge.drag.prepare(1, assets)).rejects.toMatchObject({ code: 'file_too_large' })
  huge.drag.close()
  const full = drags({ bytes: 1_000, files }, { free: 999 })
  await expect(full.drag.prepare(1, assets)).rejects.toMatchObject({ code: 'disk_full' })
  full.drag.close()
})

it('carries nothing when there is nothing', async () => {
  const { drag } = drags({ files: () => ({}) })
  expect(await drag.prepare(1, assets)).toEqual({ drag: null, left: null })
  drag.close()
})
