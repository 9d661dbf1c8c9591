import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type Placed, placeOf } from '../linkPlaces.ts'
import { cellRule } from './cellRules.ts'
import { mergeWrite, type Write } from './mergeWrites.ts'

const document = readFileSync(new URL('../../../../../docs/sync-protocol.md', import.meta.url), 'utf8')
const rows = (document.split('## Vectors')[1] ?? '')
  .split('\n##')[0]!
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))

const toValue = (text: string | undefined) => (text === 'null' ? null : text)
const asset = '11111111-0000-7000-8000-000000000001'

it.each(rows)('%s %s: as the protocol says', (_, field = '', writes = '', shown, lost = '') => {
  const entity = field === 'in' ? 'assetTag' : 'asset'
  const rule = cellRule(entity, asset, field)
  if (rule === null || rule === 'creation') throw new Error(`${field} is no cell`)
  let kept: readonly Write<unknown>[] = []
  const moves: Placed[] = []
  for (const text of writes.split(';')) {
    const [device = '', place, value, stamp = '', ...seen] = text.trim().split(' ')
    if (value?.startsWith('>')) {
      moves.push({ stamp: `${stamp}.000000.${device}`, position: Number(value.slice(1)) })
      continue
    }
    const write = { device, place: Number(place), value: toValue(value), stamp: `${stamp}.000000.${device}` }
    const known = new Map(seen.filter((entry) => entry !== '-').map((entry) => entry.split(':') as [string, string]))
    kept = mergeWrite(kept, write, (other, at) => other === device || Number(known.get(other) ?? 0) >= at, rule.favours)
  }
  const [moved] = moves.sort((a, b) => (a.stamp < b.stamp ? 1 : -1))
  const inPlace = ({ value, stamp }: Write<unknown>): unknown => {
    if (typeof value !== 'string' || !value.startsWith('@')) return value
    return `@${placeOf({ stamp, position: Number(value.slice(1)) }, moved)}`
  }
  expect(kept.map(inPlace)).toEqual([toValue(shown), ...(lost === '' ? [] : lost.split(' ').map(toValue))])
})

it('has vectors', () => expect(rows.length).toBeGreaterThanOrEqual(10))
