import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Findable, rankEntries } from './rankEntries.ts'

const entry = (title: string, within = '', words: readonly string[] = []): Findable => ({ title, within, words })
const titles = (entries: readonly Findable[]) => entries.map(({ title }) => title)
const find = (entries: readonly Findable[], typed: string) => titles(rankEntries(entries, typed, 50))

describe('what was typed finds', () => {
  it('everything, in its own order, when it is nothing', () => {
    expect(find([entry('B'), entry('A')], '  ')).toEqual(['B', 'A'])
  })

  it('beginnings before beginnings of words before parts', () => {
    const entries = [entry('Import'), entry('Sport'), entry('The port'), entry('Port of call'), entry('port')]
    expect(find(entries, 'port')).toEqual(['port', 'Port of call', 'The port', 'Sport', 'Import'])
  })

  it('the letters that words begin with', () => {
    const entries = [entry('New collection'), entry('Nice'), entry('Undo')]
    for (const typed of ['nc', 'newcol', 'ncol']) expect(find(entries, typed)).toEqual(['New collection'])
  })

  it('every word, in any order and anywhere', () => {
    const entries = [entry('Harbour', 'Travel / Lisbon'), entry('Harbour', 'Work'), entry('Lisbon')]
    expect(rankEntries(entries, 'lisbon harb', 50)).toEqual([entries[0]])
  })

  it('other names, after titles', () => {
    expect(find([entry('Move to Trash', '', ['delete']), entry('Delete for good…')], 'del')).toEqual([
      'Delete for good…',
      'Move to Trash',
    ])
  })

  it('no accidents: letters in the middle of words in no relation', () => {
    expect(find([entry('Remove from favourites')], 'mov fav')).toEqual(['Remove from favourites'])
    expect(find([entry('Remove from favourites')], 'eooa')).toEqual([])
  })

  it('of entries that fit alike the shorter one first, then the earlier', () => {
    expect(find([entry('Rate 2 stars'), entry('Rate 1 star'), entry('Rate 3 stars')], 'rate')).toEqual([
      'Rate 1 star',
      'Rate 2 stars',
      'Rate 3 stars',
    ])
  })

  it('what was typed exactly, whatever else there is', () => {
    const text = fc.string({ minLength: 1, maxLength: 30 }).filter((some) => some.trim() !== '')
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), text, (others, wanted) => {
        const found = find(
          [...others, wanted].map((title) => entry(title)),
          wanted,
        )
        expect(found).toContain(wanted)
      }),
      { numRuns: 200 },
    )
  })

  it('as many as asked for, of ten thousand, with hostile names among them', () => {
    const entries = Array.from({ length: 10_000 }, (_, i) => entry(`sunset ${i}`, 'nature / sky'))
    entries.push(entry('a '.repeat(5_000)), entry('a'.repeat(10_000)))
    expect(rankEntries(entries, 'sun 99', 60)).toHaveLength(60)
    expect(rankEntries(entries, 'aaaaaaaaaaaab', 60)).toEqual([])
  })
})
