import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseKeyFile, programOf } from './desktopEntry.ts'

const entry = (...lines: string[]) => ['[Desktop Entry]', 'Type=Application', ...lines].join('\n')
const read = (text: string, locale = 'en_GB') => programOf(parseKeyFile(text), locale)

describe('a desktop entry', () => {
  it('says what a program is called, how it is started and what it opens', () => {
    const text = entry(
      '# GIMP',
      'Name=GIMP',
      'Exec=gimp-2.10 %U',
      'TryExec=gimp-2.10',
      'MimeType=image/png;image/jpeg;',
    )
    expect(read(text)).toEqual({
      name: 'GIMP',
      exec: 'gimp-2.10 %U',
      tryExec: 'gimp-2.10',
      icon: null,
      mimeTypes: ['image/png', 'image/jpeg'],
      noDisplay: false,
    })
  })

  it('names the program in the language of the person where it can', () => {
    const text = entry('Name=Image Viewer', 'Name[de]=Bildbetrachter', 'Name[de_AT]=Bilder', 'Exec=eog %U')
    const name = (locale: string) => (read(text, locale) as { name: string }).name
    expect([name('de_AT'), name('de_DE'), name('fr_FR'), name('')]).toEqual([
      'Bilder',
      'Bildbetrachter',
      'Image Viewer',
      'Image Viewer',
    ])
  })

  it('of what is no program for files is none', () => {
    expect(read('[Desktop Entry]\nType=Link\nName=A\nURL=x')).toBeNull()
    expect(read(entry('Name=Vim', 'Exec=vim %F', 'Terminal=true'))).toBeNull()
    expect(read(entry('Name=Nothing'))).toBeNull()
    expect(read('')).toBeNull()
  })

  it('can take a program away', () => {
    expect(read(entry('Name=A', 'Exec=a', 'Hidden=true'))).toBe('hidden')
  })

  it('has only one group of a name, and keys of other groups are not its own', () => {
    const text = `${entry('Name=Right', 'Exec=a')}\n[Desktop Action new]\nName=Wrong\nExec=b\n[Desktop Entry]\nName=Again`
    expect(read(text)).toMatchObject({ name: 'Right', exec: 'a' })
  })

  it('may contain anything', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('[Desktop Entry]', 'Type=Application', 'Name=\\', 'Exec="', '=', '[]'),
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        read(lines.join('\n'))
      }),
    )
  })
})
