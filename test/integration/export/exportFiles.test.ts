import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { createMediaPool } from '../../../src/main/engine/adapters/mediaPool.ts'
import { exportFiles } from '../../../src/main/engine/library/export/exportFiles.ts'
import { longChangesOf } from '../../../src/main/engine/library/longChanges.ts'
import { VitrineError } from '../../../src/shared/contract/errors.ts'
import type { FileExport } from '../../../src/shared/domain/fileExport.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import {
  type ImportLibrary,
  mediaProgram,
  openImportLibrary,
  temporaryFolder,
} from '../import/support/importLibrary.ts'

const temporary = temporaryFolder()
const renderer = createMediaPool({
  nodePath: process.execPath,
  workerPath: mediaProgram,
  size: 2,
  onBreakdown: () => {},
})
afterAll(async () => {
  await renderer.close()
  temporary.remove()
})

let library: ImportLibrary
let runs = 0
beforeEach(() => {
  library = openImportLibrary(join(temporary.path, `library-${++runs}`))
})
afterEach(() => library.close())

const web: FileExport = {
  format: 'webp',
  quality: 80,
  size: { kind: 'widths', widths: [480, 768, 1024, 1920] },
  keepMetadata: false,
  names: '{name}',
}

async function picture(name: string, width: number, height: number): Promise<string> {
  const folder = join(temporary.path, `made-${runs}`)
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  const background = { r: width % 256, g: height % 256, b: runs }
  writeFileSync(
    path,
    await sharp({ create: { width, height, channels: 3, background } })
      .jpeg()
      .toBuffer(),
  )
  return path
}

const target = (): string => join(temporary.path, `out-${runs}`)
const all = () => ({ ids: library.assets().map(({ id }) => id) })
const run = (settings: FileExport, folder = target(), bringHere = async (_: AssetId): Promise<void> => {}) =>
  exportFiles({
    catalog: library.catalog,
    renderer,
    folder: library.folder,
    bringHere,
    selection: all(),
    settings,
    target: folder,
  })

it('makes a picture for each width that it has, and for its own', async () => {
  await library.import([await picture('pier.jpg', 1200, 600), await picture('small.jpg', 300, 200)])
  expect(await run(web)).toMatchObject({ assets: 2, files: 5, failed: 0, cancelled: false })
  const sizes = await Promise.all(
    readdirSync(target()).map(async (name) => {
      const { width, height, format } = await sharp(join(target(), name)).metadata()
      return `${name} ${width}×${height} ${format}`
    }),
  )
  expect(sizes.sort()).toEqual([
    'pier-1024w.webp 1024×512 webp',
    'pier-1200w.webp 1200×600 webp',
    'pier-480w.webp 480×240 webp',
    'pier-768w.webp 768×384 webp',
    'small-300w.webp 300×200 webp',
  ])
})

it('copies originals byte for byte, and never replaces what is there', async () => {
  const path = await picture('pier.jpg', 40, 30)
  await library.import([path])
  mkdirSync(target())
  writeFileSync(join(target(), 'pier.jpg'), 'mine')
  const copies = { format: 'original', names: '{name}' } as const
  expect(await run(copies)).toMatchObject({ assets: 1, files: 1, bytes: statSync(path).size })
  await run(copies)
  expect(readdirSync(target()).sort()).toEqual(['pier (2).jpg', 'pier (3).jpg', 'pier.jpg'])
  expect(readFileSync(join(target(), 'pier.jpg'), 'utf8')).toBe('mine')
  expect(readFileSync(join(target(), 'pier (2).jpg')).equals(readFileSync(path))).toBe(true)
})

it('copies what is no picture, tells what could not be made, and goes on', async () => {
  const text = join(temporary.path, `notes-${runs}.md`)
  writeFileSync(text, '# Notes')
  const whole = await picture('cut.jpg', 500, 500)
  writeFileSync(whole, readFileSync(whole).subarray(0, 1500))
  await library.import([text, whole, await picture('sound.jpg', 90, 60)])
  const settings = { ...web, size: { kind: 'longest', pixels: 60 }, names: '{number:2} {name}' } as const
  const report = await run(settings)
  expect(report).toMatchObject({ assets: 2, files: 2, copied: 1, failed: 1 })
  expect(report.failures).toMatchObject([{ fileName: 'cut.jpg', code: 'decode_failed' }])
  const names = readdirSync(target()).sort((a, b) => a.slice(3).localeCompare(b.slice(3)))
  expect(names).toEqual([expect.stringMatching(/^0\d notes-\d+\.md$/), expect.stringMatching(/^0\d sound\.webp$/)])
})

it('asks for each original before it is read; one that can’t be had does not stop the rest', async () => {
  await library.import([await picture('pier.jpg', 40, 30), await picture('sea.jpg', 50, 30)])
  const away = library.assets().find(({ file_name }) => file_name === 'pier.jpg')?.id
  const report = await run({ format: 'original', names: '{name}' }, target(), async (id) => {
    if (id === away) throw new VitrineError('remote_unreachable', 'The server does not answer.')
  })
  expect(report).toMatchObject({
    files: 1,
    failed: 1,
    failures: [{ fileName: 'pier.jpg', code: 'remote_unreachable', message: 'The server does not answer.' }],
  })
  expect(readdirSync(target())).toEqual(['sea.jpg'])
})

it('leaves nothing half made when it is stopped, and keeps what is finished', async () => {
  const paths: string[] = []
  for (let made = 0; made < 12; made++) paths.push(await picture(`p${made}.jpg`, 800, 500 + made))
  await library.import(paths)
  const changes = longChangesOf(library.catalog)
  const stop = changes.onChange(() => {
    const [running] = changes.list()
    if (running?.cancelling === false && running.done >= 2) changes.cancel(running.id)
  })
  const report = await run({ ...web, format: 'avif' })
  stop()
  expect(report.cancelled).toBe(true)
  expect(report.assets).toBeLessThan(12)
  expect(readdirSync(target())).toHaveLength(report.files)
  for (const name of readdirSync(target())) expect(statSync(join(target(), name)).size).toBeGreaterThan(0)
})

it('refuses a folder in the library and a pattern that it can’t understand', async () => {
  await library.import([await picture('pier.jpg', 40, 30)])
  await expect(run(web, join(library.folder.originals, 'out'))).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(run({ ...web, names: '{nmae}' })).rejects.toMatchObject({ code: 'invalid_request' })
  expect(existsSync(target())).toBe(false)
})
