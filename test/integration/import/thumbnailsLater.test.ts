import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withPngText } from '../../../scripts/demo-art/pngText.ts'
import { createEngine } from '../../../src/main/engine/engine.ts'
import type { MediaTask } from '../../../src/main/engine/ports.ts'
import { mediaProgram, openImportLibrary, temporaryFolder } from './support/importLibrary.ts'
import { drawing, jpeg } from './support/pictures.ts'

let temporary: ReturnType<typeof temporaryFolder>
let source: string

beforeEach(() => {
  temporary = temporaryFolder()
  source = join(temporary.path, 'source')
  mkdirSync(source)
})
afterEach(() => temporary.remove())

async function eventually(reached: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await reached()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('It did not happen.')
}

describe('an import that leaves thumbnails for later', () => {
  it('is done when every file has been read, and draws afterwards', async () => {
    const parameters =
      'a harbour\nNegative prompt: fog\nSteps: 20, Sampler: Euler a, Seed: 7, Size: 320x200, Model: juniper'
    for (let seed = 0; seed < 12; seed++) {
      const png = await drawing(seed).png().toBuffer()
      writeFileSync(join(source, `${seed}.png`), withPngText(png, 'parameters', parameters))
    }
    const read: MediaTask[] = []
    const library = openImportLibrary(join(temporary.path, 'library'), { onTask: (task) => read.push(task) })
    try {
      await library.import([source], { thumbnails: 'later', mode: 'link' })
      expect(read.slice(0, 12).every(({ sizes }) => sizes.length === 0)).toBe(true)
      for (const asset of library.assets()) {
        expect(asset).toMatchObject({
          status: 'available',
          original_prompt: 'a harbour',
          generation_seed: '7',
          width: 320,
        })
      }
      await eventually(() => library.assets().every(({ thumbnail_path }) => thumbnail_path !== null))
      const [first] = library.assets()
      expect(first && library.catalog.assets.get(first.id, true)?.generation?.raw).toHaveLength(1)
    } finally {
      await library.close()
    }
  })

  it('draws them also after the engine was started again', async () => {
    for (let seed = 0; seed < 40; seed++) writeFileSync(join(source, `${seed}.jpg`), await jpeg(seed))
    const root = join(temporary.path, 'library')
    const first = openImportLibrary(root)
    await first.import([source], { thumbnails: 'later' })
    await first.close()
    const second = openImportLibrary(root)
    try {
      expect(second.assets()).toHaveLength(40)
      await eventually(() => second.assets().every(({ thumbnail_path }) => thumbnail_path !== null))
    } finally {
      await second.close()
    }
  })
})

describe('what the window shows', () => {
  it('is drawn before what it does not show', async () => {
    const count = 160
    for (let seed = 0; seed < count; seed++)
      writeFileSync(join(source, `${String(seed).padStart(4, '0')}.jpg`), await jpeg(seed))
    const root = join(temporary.path, 'library')
    mkdirSync(root)
    const engine = await createEngine({ root, create: { name: 'Test' }, serving: false, mediaProgram })
    try {
      const { id } = await engine.request('imports.start', {
        paths: [source],
        options: { thumbnails: 'later' },
        source: 'command-line',
      })
      await eventually(async () => (await engine.request('imports.get', { id })).state === 'done')
      const sort = { field: 'imported_at', direction: 'asc' } as const
      const { rowIds } = await engine.request('assets.query', { view: { kind: 'workspace' }, sort })
      const shown = [...rowIds.slice(-8)]
      const drawn = async (rows: readonly number[]) =>
        (await engine.request('assets.cards', { rowIds: [...rows] as never })).filter((card) => card.has_thumbnail)
          .length
      await eventually(async () => (await drawn(shown)) === shown.length)
      // Asking for the others' cards says that they are shown too, so it is asked once, and last.
      const before = await engine.request('assets.query', {
        view: { kind: 'workspace' },
        sort,
        text: 'status:available',
      })
      expect(before.total).toBe(count)
      expect(await drawn([...rowIds.slice(0, -8)])).toBeLessThan(count - 8)
    } finally {
      await engine.close()
    }
  })
})
