import { describe, expect, it } from 'vitest'
import type { Asset } from '../../../../shared/domain/asset.ts'
import { csvHeader, csvLine } from './csvLine.ts'

const asset = (fields: Partial<Asset>): Asset =>
  ({ tags: [], collections: [], rating: 0, is_favorite: false, ...fields }) as unknown as Asset

/** What a reader of RFC 4180 makes of one line. */
function read(line: string): string[] {
  return [...line.replace(/\r\n$/, '').matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}
const names = csvHeader.replace('\uFEFF', '').trim().split(',')
const fieldOf = (fields: Partial<Asset>, name: keyof Asset): string | undefined =>
  read(csvLine(asset(fields)))[names.indexOf(name)]

describe('an asset as comma-separated values', () => {
  it('has one field for each name of the header', () => {
    expect(read(csvLine(asset({ file_name: 'a.png' })))).toHaveLength(names.length)
  })

  it('keeps quotes, commas and line breaks of a prompt', () => {
    const prompt = 'a "harbour", at dusk\r\nand calm'
    expect(fieldOf({ original_prompt: prompt }, 'original_prompt')).toBe(prompt)
  })

  it('never lets a text from a file be run as a formula', () => {
    for (const start of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx']) {
      expect(fieldOf({ custom_title: start }, 'custom_title')).toBe(`'${start}`)
    }
    expect(fieldOf({ rating: 3 }, 'rating')).toBe('3')
  })

  it('lists tags and collections by name', () => {
    const collections = [{ name: 'Key art' }, { name: 'Posters' }] as Asset['collections']
    expect(fieldOf({ tags: ['sea', 'dusk'], collections }, 'tags')).toBe('sea; dusk')
    expect(fieldOf({ tags: [], collections }, 'collections')).toBe('Key art; Posters')
  })
})
