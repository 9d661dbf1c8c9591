import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { walkSources } from './walkSources.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-walk-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(path: string, content = 'x'): string {
  const target = join(root, path)
  mkdirSync(join(target, '..'), { recursive: true })
  writeFileSync(target, content)
  return target
}

async function walk(paths: readonly string[], exclude?: string): Promise<string[]> {
  const found: string[] = []
  for await (const entry of walkSources(paths, exclude === undefined ? {} : { exclude })) {
    const path = entry.path.replace(`${root}/`, '')
    if (entry.kind === 'file') found.push(path)
    else found.push(`${path}: ${entry.kind === 'skipped' ? entry.code : entry.error.code}`)
  }
  return found
}

describe.skipIf(process.platform === 'win32')('what an import finds', () => {
  it('all files below a folder, in the order of names', async () => {
    put('b/2.jpg')
    put('b/1.jpg')
    put('a.jpg')
    put('b/deep/er/3.jpg')
    expect(await walk([root])).toEqual(['a.jpg', 'b/1.jpg', 'b/2.jpg', 'b/deep/er/3.jpg'])
  })

  it('names that nobody should have, but somebody has', async () => {
    const names = [
      '😀 party.png',
      `${'x'.repeat(251)}.png`,
      'trailing dots...',
      'control\u0001\n.png',
      ' leading',
      'con',
    ]
    for (const name of names) put(name)
    expect((await walk([root])).sort()).toEqual([...names].sort())
  })

  it('says what it leaves out, and why', async () => {
    put('.DS_Store')
    put('.hidden/inside.jpg')
    put('film.mp4.part')
    put('photo.jpg')
    expect(await walk([root])).toEqual([
      '.DS_Store: system_file',
      '.hidden: hidden',
      'film.mp4.part: partial_download',
      'photo.jpg',
    ])
  })

  it('looks into a hidden folder that was named', async () => {
    put('.hidden/inside.jpg')
    expect(await walk([join(root, '.hidden')])).toEqual(['.hidden/inside.jpg'])
  })

  it('does not follow a link that leads back', async () => {
    put('a/b/photo.jpg')
    symlinkSync(join(root, 'a'), join(root, 'a/b/again'))
    symlinkSync('self', join(root, 'self'))
    expect(await walk([root])).toEqual(['a/b/again: symlink_loop', 'a/b/photo.jpg', 'self: symlink_loop'])
  })

  it('walks a folder once that links reach twice, and files through links', async () => {
    put('real/photo.jpg')
    symlinkSync(join(root, 'real'), join(root, 'zlink'))
    symlinkSync(join(root, 'real/photo.jpg'), join(root, 'yfile.jpg'))
    expect(await walk([root])).toEqual(['real/photo.jpg', 'yfile.jpg'])
  })

  it('reports what is no file, and goes on', async () => {
    execFileSync('mkfifo', [join(root, 'a-pipe')])
    symlinkSync('/nowhere/at/all', join(root, 'dangling'))
    put('photo.jpg')
    expect(await walk([root])).toEqual(['a-pipe: not_a_file', 'dangling: file_vanished', 'photo.jpg'])
    expect(await walk([join(root, 'absent.jpg')])).toEqual(['absent.jpg: file_vanished'])
  })

  it('reports a name that is no text', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.jpg')]), 'x')
    put('photo.jpg')
    expect(await walk([root])).toEqual(['caf\ufffd.jpg: name_invalid', 'photo.jpg'])
  })

  it('never enters the library that it imports into', async () => {
    put('Library/originals/2026/01/own.jpg')
    put('photo.jpg')
    expect(await walk([root], join(root, 'Library'))).toEqual(['photo.jpg'])
  })

  it('tells which files describe which, by their names, whatever the number of files', async () => {
    for (const name of ['a.jpg', 'a.JPG.xmp', 'a.txt', 'b.tif', 'b.xmp', 'c.xmp', '.d.jpg', 'd.txt']) put(`in/${name}`)
    const relations: Record<string, readonly string[] | null> = {}
    for await (const entry of walkSources([join(root, 'in')])) {
      if (entry.kind !== 'file') continue
      const names = entry.sidecarOf?.map((path) => basename(path)) ?? null
      relations[basename(entry.path)] = names
    }
    expect(relations).toEqual({
      'a.jpg': null,
      'a.JPG.xmp': ['a.jpg'],
      'a.txt': ['a.jpg'],
      'b.tif': null,
      'b.xmp': ['b.tif'],
      'c.xmp': null,
      'd.txt': null,
    })
  })

  it('brings along what stands beside a named file and describes it, not what stands beside a named folder', async () => {
    for (const name of ['a.jpg', 'a.txt', 'other.txt', 'in.xmp', 'in/b.jpg']) put(name)
    expect(await walk([join(root, 'a.jpg'), join(root, 'in')])).toEqual(['a.jpg', 'a.txt', 'in/b.jpg'])
  })
})
