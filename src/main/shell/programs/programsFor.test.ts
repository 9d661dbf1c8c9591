import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { programPlaces, programsFor } from './programsFor.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-programs-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): string {
  const whole = join(root, path)
  mkdirSync(dirname(whole), { recursive: true })
  writeFileSync(whole, text)
  return whole
}

function program(path: string, name: string, ...lines: string[]): void {
  const usual = ['[Desktop Entry]', 'Type=Application', `Name=${name}`, `Exec=${name.toLowerCase()} %f`]
  write(path, [...usual, ...lines].join('\n'))
}

function found(mimeType: string): string[] {
  const places = programPlaces({
    XDG_DATA_HOME: join(root, 'home'),
    XDG_DATA_DIRS: join(root, 'system'),
    XDG_CONFIG_HOME: join(root, 'config'),
    XDG_CONFIG_DIRS: join(root, 'etc'),
    PATH: join(root, 'bin'),
  })
  return programsFor(mimeType, places).map(({ id, isDefault }) => (isDefault ? `${id} (usual)` : id))
}

describe('the programs for a type of file', () => {
  it('are those that say they open it, by name', () => {
    program('system/applications/z.desktop', 'Zoom', 'MimeType=image/png;')
    program('home/applications/a.desktop', 'Alpha', 'MimeType=image/png;image/webp;')
    program('system/applications/kde/k.desktop', 'Kolour', 'MimeType=image/png;')
    program('system/applications/other.desktop', 'Other', 'MimeType=audio/mpeg;')
    expect(found('image/png')).toEqual(['a.desktop', 'kde-k.desktop', 'z.desktop'])
  })

  it('begin with the one that a person has chosen', () => {
    program('system/applications/a.desktop', 'Alpha', 'MimeType=image/png;')
    program('system/applications/z.desktop', 'Zoom', 'MimeType=image/png;')
    write('etc/mimeapps.list', '[Default Applications]\nimage/png=a.desktop;\n')
    write('config/mimeapps.list', '[Default Applications]\nimage/png=gone.desktop;z.desktop;\n')
    expect(found('image/png')).toEqual(['z.desktop (usual)', 'a.desktop'])
  })

  it('may be given and taken by a person', () => {
    program('system/applications/a.desktop', 'Alpha', 'MimeType=image/png;')
    program('system/applications/hex.desktop', 'Hex')
    write(
      'config/mimeapps.list',
      '[Added Associations]\nimage/png=hex.desktop;\n[Removed Associations]\nimage/png=a.desktop;\n',
    )
    expect(found('image/png')).toEqual(['hex.desktop'])
  })

  it('are hidden by an entry of the person with the same id', () => {
    program('system/applications/a.desktop', 'Alpha', 'MimeType=image/png;')
    write('home/applications/a.desktop', '[Desktop Entry]\nHidden=true\n')
    expect(found('image/png')).toEqual([])
  })

  it('must be installed, if they say how that is seen', () => {
    program('system/applications/a.desktop', 'Alpha', 'MimeType=image/png;', 'TryExec=alpha')
    program('system/applications/b.desktop', 'Beta', 'MimeType=image/png;', 'TryExec=beta')
    chmodSync(write('bin/beta', '#!/bin/sh\n'), 0o755)
    expect(found('image/png')).toEqual(['b.desktop'])
  })

  it('for any text are also those for plain text', () => {
    program('system/applications/e.desktop', 'Editor', 'MimeType=text/plain;')
    expect(found('text/markdown')).toEqual(['e.desktop'])
    expect(found('image/png')).toEqual([])
  })

  it('are found although folders go round in a circle or hold nonsense', () => {
    program('system/applications/a.desktop', 'Alpha', 'MimeType=image/png;')
    write('system/applications/b.desktop', '\0\0[[[')
    mkdirSync(join(root, 'system/applications/c.desktop'))
    symlinkSync(join(root, 'system/applications'), join(root, 'system/applications/loop'))
    expect(found('image/png')).toEqual(['a.desktop'])
  })
})
