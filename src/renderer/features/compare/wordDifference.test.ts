import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDiffers, type Piece, wordDifference } from './wordDifference.ts'

const marked = (pieces: readonly Piece[]) => pieces.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('')
const textOf = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('')

describe('what differs between two prompts', () => {
  it('is marked by words', () => {
    const { first, second } = wordDifference('a red fox in deep snow', 'a white fox in fresh deep snow')
    expect(marked(first)).toBe('a [red] fox in deep snow')
    expect(marked(second)).toBe('a [white] fox in [fresh] deep snow')
  })

  it('goes over the space between two words that both differ', () => {
    expect(marked(wordDifference('an old brass lamp', 'an oil lamp').first)).toBe('an [old brass] lamp')
  })

  it('keeps weights, hyphens and numbers together', () => {
    const { second } = wordDifference('(neon:1.2), key-light, 85mm', '(neon:1.4), key-light, 85mm')
    expect(marked(second)).toBe('(neon:[1.4]), key-light, 85mm')
  })

  it('is no matter of case or of space', () => {
    const { first, second } = wordDifference('A fox,  in snow', 'a Fox, in\nsnow')
    expect([first, second].every((pieces) => pieces.every(({ differs }) => !differs))).toBe(true)
  })

  it('is everything where one of them is empty', () => {
    expect(wordDifference('', 'a fox')).toEqual({ first: [], second: [{ text: 'a fox', differs: true }] })
  })

  it('is found in long texts, too', () => {
    const long = Array.from({ length: 4000 }, (_, index) => `word${index}`)
    const other = ['other', ...long.slice(1, -1), 'end']
    const { second } = wordDifference(long.join(' '), other.join(' '))
    expect(second.filter(({ differs }) => differs).map(({ text }) => text.trim())).toEqual(['other', 'end'])
  })

  it('never changes a text, and what is not marked is the same in both', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'fox', ',', ' ', '\n', 'é', '狐', '(x:1.1)'), { maxLength: 30 })
    fc.assert(
      fc.property(text, text, (one, two) => {
        const [a, b] = [one.join(' '), two.join(' ')]
        const { first, second } = wordDifference(a, b)
        expect([textOf(first), textOf(second)]).toEqual([a, b])
        const common = (pieces: readonly Piece[]) =>
          textOf(pieces.filter(({ differs }) => !differs))
            .replaceAll(/\s+/gu, '')
            .toLowerCase()
        expect(common(first)).toBe(common(second))
      }),
    )
  })
})

describe('one text compared with several', () => {
  it('is marked where it differs from any', () => {
    const text = 'red fox in snow'
    const all = ['white fox in snow', 'red fox in rain'].map((other) => wordDifference(text, other).first)
    expect(marked(anyDiffers(all))).toBe('[red] fox in [snow]')
  })
})
