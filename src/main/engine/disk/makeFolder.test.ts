import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeFolder } from './makeFolder.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-folder-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('a folder', () => {
  it('is made with all those above it, and once more without complaint', () => {
    const deep = join(root, 'a', 'b', 'c')
    makeFolder(deep)
    makeFolder(deep)
    expect(existsSync(deep)).toBe(true)
  })

  it('is not made where a file is in the way', () => {
    writeFileSync(join(root, 'file'), '')
    for (const path of [join(root, 'file'), join(root, 'file', 'below')]) {
      expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'io_error' }))
    }
  })

  it.skipIf(process.platform !== 'linux')('is refused, and soon, where nothing can be made', () => {
    expect(() => makeFolder('/proc/vitrine/library')).toThrow(expect.objectContaining({ code: expect.any(String) }))
  })
})
