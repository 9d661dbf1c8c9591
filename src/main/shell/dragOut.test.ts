import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Item, NativeImage, WebContents } from 'electron'
import { expect, it } from 'vitest'
import { createDragOut } from './dragOut.ts'

const nothing = { assets: 0, files: 0, bytes: 0, copied: 0, failed: 0, failures: [], cancelled: false }
const icon = {} as NativeImage
const assets = { rowIds: Int32Array.of(1) }

function contents(): { readonly carried: Item[]; readonly page: WebContents } {
  const carried: Item[] = []
  return { carried, page: { startDrag: (item: Item) => carried.push(item) } as unknown as WebContents }
}

it('carries copies, each drag its own, which are gone with the program', async () => {
  const engine = {
    async request(_: string, input: unknown) {
      writeFileSync(join((input as { folder: string }).folder, 'pier.png'), 'bytes')
      return { ...nothing, files: 1 }
    },
  }
  const drag = createDragOut(engine, async () => icon)
  const { carried, page } = contents()
  await drag.begin(page, assets)
  await drag.begin(page, assets)
  const folders = carried.map(({ file }) => dirname(file))
  expect(new Set(folders).size).toBe(2)
  expect(readdirSync(folders[0]!)).toEqual(['pier.png'])
  expect(carried[0]?.files).toEqual([carried[0]?.file])
  drag.close()
  expect(folders.some((folder) => existsSync(folder))).toBe(false)
})

it('says why there is nothing to carry', async () => {
  const failures = [{ fileName: 'pier.png', code: 'remote_unreachable', message: 'The server does not answer.' }]
  const drag = createDragOut({ request: async () => ({ ...nothing, failed: 1, failures }) }, async () => icon)
  await expect(drag.begin(contents().page, assets)).rejects.toMatchObject({
    code: 'remote_unreachable',
    message: 'pier.png: The server does not answer.',
  })
  drag.close()
})

it('carries nothing when there is nothing', async () => {
  const drag = createDragOut({ request: async () => nothing }, async () => icon)
  const { carried, page } = contents()
  await drag.begin(page, assets)
  expect(carried).toEqual([])
  drag.close()
})
