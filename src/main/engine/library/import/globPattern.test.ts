import fc from 'fast-check'
import picomatch from 'picomatch'
import { describe, expect, it } from 'vitest'
import { fold, parseGlob } from './globPattern.ts'

function matches(pattern: string, path: string): boolean {
  const glob = parseGlob(pattern)
  if (typeof glob === 'string') throw new Error(glob)
  return glob.matches(path.split('/').map(fold))
}

describe('a pattern', () => {
  it.each([
    ['*.tmp', 'a.tmp', true],
    ['*.tmp', 'a.tmp.png', false],
    ['*.TMP', 'a.Tmp', true],
    ['a?c', 'abc', true],
    ['a?c', 'a😀c', true],
    ['[a-c]1', 'B1', true],
    ['[!a-c]1', 'b1', false],
    ['[]]x', ']x', true],
    ['*.{png,jp{,e}g}', 'a.jpeg', true],
    ['*.{png,jp{,e}g}', 'a.gif', false],
    ['\\*.png', '*.png', true],
    ['\\*.png', 'a.png', false],
    ['\\!a', '!a', true],
    ['cafe\u0301*', 'Café 1', true],
    ['a/*.png', 'a/b.png', true],
    ['a/*.png', 'a/b/c.png', false],
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/x/y/c', true],
    ['**/c', 'c', true],
    ['a/**', 'a/b/c', true],
    ['/a', 'a', true],
    ['/a', 'b/a', false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected)
  })

  it.each(['', '/', '!a', 'a{b', 'a}b', 'a[b', 'a\\', 'a//b', '[z-a]', '[a/b]', '{a,b}'.repeat(7)])(
    '%j is refused with a reason for a person',
    (pattern) => {
      expect(parseGlob(pattern)).toMatch(/^[A-Z].+\.$/)
    },
  )

  it('says the same as another matcher, for what both understand', () => {
    const name = fc
      .array(fc.constantFrom('a', 'b', '.', '1'), { minLength: 1, maxLength: 6 })
      .map((part) => part.join(''))
    const wild = fc.constantFrom('*', '?', 'a', 'b', '.', '1', '[ab]', '[^b]', '{a,b1}')
    const segment = fc.oneof(
      fc.constant('**'),
      fc.array(wild, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('').replace(/\*{2,}/g, '*')),
    )
    const joined = (parts: fc.Arbitrary<string>) =>
      fc.array(parts, { minLength: 1, maxLength: 4 }).map((all) => all.join('/'))
    fc.assert(
      fc.property(joined(segment), joined(name), (pattern, path) => {
        // Names that are nothing but dots mean folders elsewhere; the other matcher treats them as such.
        fc.pre(!/(^|\/)\.+(\/|$)/.test(path) && !/(^|\/)\.+(\/|$)/.test(pattern))
        // Whether `a/**` is about `a` too it answers in both ways.
        fc.pre(!pattern.endsWith('/**'))
        // More than 64 patterns in one are refused, which is another test's.
        fc.pre(pattern.split('{').length <= 7)
        const options = { dot: true, nocase: true, noextglob: true, strictSlashes: true, bash: false }
        expect(`${pattern} ${path} ${matches(pattern, path)}`).toBe(
          `${pattern} ${path} ${picomatch(pattern, options)(path)}`,
        )
      }),
      { numRuns: 300 },
    )
  })

  it('is matched in no time, whatever it is made of', () => {
    const hostile = ['*a'.repeat(100), '{*a*a,*a*b}'.repeat(6), `${'**/'.repeat(60)}b`, '[a-z]*'.repeat(30)]
    const path = `${`${'a'.repeat(250)}/`.repeat(16)}${'a'.repeat(250)}!`
    for (const pattern of hostile) expect(matches(pattern, path)).toBe(false)
  })

  it('never throws, and what it accepts can be matched', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ unit: 'binary', maxLength: 40 }),
        (text, name) => {
          const glob = parseGlob(text)
          if (typeof glob !== 'string') glob.matches([fold(name)])
        },
      ),
      { numRuns: 300 },
    )
  })
})
