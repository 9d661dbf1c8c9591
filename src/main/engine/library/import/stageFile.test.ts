import { mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { libraryFolder } from '../libraryFolder.ts'
import { stageFile } from './stageFile.ts'

const root = mkdtempSync(join(tmpdir(), 'vitrine-stage-'))
afterEach(() => rmSync(join(root, 'cache'), { recursive: true, force: true }))
const folder = libraryFolder(root)
const bytes = Buffer.from('bytes')

it('keeps files with one name apart, and no name leads out of the cache', () => {
  const paths = ['image.png', 'image.png', '../../../outside.png', ''].map((name) => stageFile(folder, name, bytes))
  expect(new Set(paths).size).toBe(4)
  for (const path of paths) {
    expect(dirname(dirname(path))).toBe(folder.staged)
    expect(readFileSync(path).equals(bytes)).toBe(true)
  }
  expect(basename(paths[0]!)).toBe('image.png')
})

it('clears away what imports have emptied, and nothing else', () => {
  const [taken, waiting] = [stageFile(folder, 'a.png', bytes), stageFile(folder, 'b.png', bytes)]
  unlinkSync(taken)
  stageFile(folder, 'c.png', bytes)
  expect(readdirSync(folder.staged)).not.toContain(basename(dirname(taken)))
  expect(readFileSync(waiting).equals(bytes)).toBe(true)
})
