import fc from 'fast-check'
import { expect, it } from 'vitest'
import { webFileName } from './webFileName.ts'

it('is the last part of the address', () => {
  expect(webFileName('https://a.example/pictures/a%20pier.png?w=200#x', undefined)).toBe('a pier.png')
  expect(webFileName('https://a.example/show.php?id=3', undefined)).toBe('show')
})

it('is the name that the server proposes, and never a place', () => {
  const name = (disposition: string) => webFileName('https://a.example/x', disposition)
  expect(name('attachment; filename="pier one.png"')).toBe('pier one.png')
  expect(name("inline; filename=x.png; filename*=UTF-8''L%C3%A4rm.png")).toBe('Lärm.png')
  expect(name('attachment; filename="../../etc/passwd"')).toBe('passwd')
  expect(name('attachment; filename="C:\\\\Windows\\\\a.png"')).toBe('a.png')
})

it('is picture where nothing has a name', () => {
  expect(webFileName('https://a.example/', undefined)).toBe('picture')
  expect(webFileName('data:image/png;base64,AAAA/name.png', undefined)).toBe('picture')
  expect(webFileName('nonsense', undefined)).toBe('picture')
})

it('is a name of a file, whatever the server says', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (path, disposition) => {
      const name = webFileName(`https://a.example/${path}`, `attachment; filename="${disposition}"`)
      expect(name).not.toBe('')
      expect(name).not.toMatch(/[/\\\0]/)
      expect(name.startsWith('.')).toBe(false)
    }),
  )
})
