import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { libraryFolder } from '../libraryFolder.ts'
import { checkNewFolder } from './checkNewFolder.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'vitrine-watched-')))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const library = libraryFolder(join(root, 'home', 'Library'))
const pictures = join(root, 'home', 'Pictures')
for (const path of [library.drop, join(pictures, 'Renders'), join(root, 'home', 'Pictures too')]) {
  mkdirSync(path, { recursive: true })
}
symlinkSync(pictures, join(root, 'link'))
writeFileSync(join(root, 'file'), '')

function refusal(path: string, watched: readonly string[] = []): unknown {
  try {
    return checkNewFolder(path, watched, library)
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('a folder that is to be watched', () => {
  it('is taken by its real path', () => {
    expect(refusal(join(root, 'link', '.'))).toBe(pictures)
    expect(refusal(join(root, 'home', 'Pictures too'), [pictures])).toBe(join(root, 'home', 'Pictures too'))
  })

  it('must be a folder', () => {
    expect(refusal(join(root, 'nowhere'))).toBe('not_found')
    expect(refusal(join(root, 'file', 'inside'))).toBe('not_found')
    expect(refusal(join(root, 'file'))).toBe('not_a_file')
  })

  it.each([
    ['the library', library.root],
    ['the drop folder', library.drop],
    ['a folder of the library', join(library.root, 'originals')],
    ['a folder around the library', join(root, 'home')],
    ['the root of the disk', '/'],
  ])('is refused when it is %s', (_, path) => {
    expect(['folder_overlaps', 'not_found']).toContain(refusal(path))
  })

  it('is refused when it is watched, also by another name, and inside or around one that is', () => {
    expect(refusal(pictures, [pictures])).toBe('folder_overlaps')
    expect(refusal(join(root, 'link'), [pictures])).toBe('folder_overlaps')
    expect(refusal(join(pictures, 'Renders'), [pictures])).toBe('folder_overlaps')
    expect(refusal(pictures, [join(pictures, 'Renders')])).toBe('folder_overlaps')
  })
})
