import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseSearch } from './parseSearch.ts'
import { fieldNames, searchFields } from './searchFields.ts'

const manual = new URL('../../../../docs/search.md', import.meta.url)
const [begin, end] = [
  '<!-- fields: made from the table of fields; `UPDATE_DOCS=1` makes it anew with this test -->',
  '<!-- /fields -->',
]

function fieldTable(): string {
  const rows = fieldNames.map((name) => {
    const { explanation, examples, values } = searchFields[name]
    const words = Object.entries(values ?? {}).map(([value, meaning]) =>
      meaning === '' ? `\`${value}\`` : `\`${value}\` (${meaning})`,
    )
    const list = words.length === 0 ? '' : `: ${words.join(', ')}`
    return `| \`${name}\` | ${explanation}${list} | ${examples.map((example) => `\`${example}\``).join(' ')} |`
  })
  return ['', '| field | what it asks | for example |', '|---|---|---|', ...rows, ''].join('\n')
}

it('has every field as the program knows it', () => {
  const text = readFileSync(manual, 'utf8')
  const [before, rest] = text.split(begin)
  const [, after] = (rest ?? '').split(end)
  const current = `${before}${begin}${fieldTable()}${end}${after}`
  if (process.env.UPDATE_DOCS === '1') writeFileSync(manual, current)
  else expect(text).toBe(current)
})

it('has no search in its table of words that is a mistake', () => {
  const searches = [...readFileSync(manual, 'utf8').matchAll(/^\| `([^`]+)`(?: or `[^`]+`)? \| [^|]*\|$/gm)].map(
    (match) => match[1] ?? '',
  )
  expect(searches.length).toBeGreaterThan(5)
  for (const search of searches) expect(parseSearch(search).problems, search).toEqual([])
})
