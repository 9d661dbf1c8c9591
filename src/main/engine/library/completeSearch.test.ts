import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseSearch } from '../../../shared/domain/search/parseSearch.ts'
import type { Db } from '../catalog/database.ts'
import { addAssets, openSearched, plainAsset } from '../catalog/query/fixtures/searchedLibrary.ts'
import { searchValuesRepository } from '../catalog/searchValues.repository.ts'
import { completeSearch } from './completeSearch.ts'

let db: Db
beforeAll(() => {
  db = openSearched(
    [
      { id: 't1', parent: null, name: 'Harbour', aliases: ['port'] },
      { id: 't2', parent: null, name: 'key art' },
      { id: 't3', parent: null, name: 'art' },
    ],
    [{ id: 'c1', parent: null, name: '100% done' }],
  )
  addAssets(db, [
    { ...plainAsset, tags: ['t1'], model_used: 'Juggernaut XL', generator: 'ComfyUI', job: 'run 1' },
    { ...plainAsset, tags: ['t1', 't2'], model_used: 'SDXL', generator: 'ComfyUI', collections: ['c1'] },
    { ...plainAsset, model_used: 'SDXL', generator: 'ComfyUI' },
  ])
})
afterAll(() => db.close())

/** What is offered where `|` stands, and the text with the first of it. */
function complete(marked: string) {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  const { from, to, suggestions } = completeSearch(searchValuesRepository(db), text, caret)
  const first = suggestions[0]?.insert ?? text.slice(from, to)
  return {
    inserts: suggestions.map(({ insert }) => insert),
    becomes: text.slice(0, from) + first + text.slice(to),
    suggestions,
  }
}

it('offers the fields, with what they are for', () => {
  expect(complete('mod|').inserts).toEqual(['model:'])
  expect(complete('dusk ra| x').becomes).toBe('dusk rating: x')
  expect(complete('(-col|').inserts.slice(0, 2)).toEqual(['collection:', 'color:'])
  expect(complete('|').suggestions.every(({ explanation }) => explanation !== '')).toBe(true)
})

it('offers “or” only behind something', () => {
  expect(complete('dusk |').inserts).toContain('or ')
  expect(complete('dusk or |').inserts).not.toContain('or ')
  expect(complete('|').inserts).not.toContain('or ')
})

it('offers the values of a field with their counts, the most common first', () => {
  expect(complete('model:|').suggestions.map(({ label, count }) => [label, count])).toEqual([
    ['SDXL', 2],
    ['Juggernaut XL', 1],
  ])
  expect(complete('model:x|').inserts).toEqual(['SDXL', '"Juggernaut XL"'])
  expect(complete('is:un|').inserts).toEqual(['untagged', 'unsorted', 'unrated'])
  expect(complete('imported:to|').inserts).toEqual(['today', 'tomorrow'])
  expect(complete('job:r|').suggestions).toMatchObject([{ insert: '"run 1"', count: 1 }])
  expect(complete('collection:"0% d|').inserts).toEqual(['"100% done"'])
  expect(complete('collection:%_|').inserts).toEqual([])
})

it('offers tags by all their names, those first that begin like that', () => {
  expect(complete('tag:art|').inserts).toEqual(['art', '"key art"'])
  expect(complete('tag:po|').suggestions).toMatchObject([
    { insert: 'port', explanation: 'another name of Harbour', count: 2 },
  ])
  expect(complete('harb|').inserts).toContain('tag:Harbour')
})

it('takes the place of the whole value, however it was begun', () => {
  expect(complete('tag:"ke|" dusk').becomes).toBe('tag:"key art" dusk')
  expect(complete('tag:"ke|').becomes).toBe('tag:"key art"')
  expect(complete('mode|l:x').becomes).toBe('model:x')
})

it('offers nothing that is a mistake', () => {
  for (const text of [
    'tag:|',
    'is:|',
    'has:|',
    'type:|',
    'color:|',
    'aspect:|',
    'label:|',
    'imported:|',
    'sync:|',
    'model:|',
    'job:|',
    'lens:|',
  ]) {
    for (const { insert } of complete(text).suggestions)
      expect(parseSearch(text.replace('|', insert)).problems).toEqual([])
  }
})
