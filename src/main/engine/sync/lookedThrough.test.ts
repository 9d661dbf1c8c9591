import { expect, it } from 'vitest'
import { remoteIdSchema } from '../../../shared/domain/ids.ts'
import { leaveMark, takeMark } from './lookedThrough.ts'

const remote = remoteIdSchema.parse('aaaaaaaa-0000-4000-8000-000000000000')
const other = remoteIdSchema.parse('bbbbbbbb-0000-4000-8000-000000000000')
const all = { uploads: true, thumbnails: true }
const nothing = { uploads: false, thumbnails: false }

function catalogAt(revision: number) {
  const settings = new Map<string, unknown>()
  return {
    revision,
    getSetting: (name: string) => settings.get(name),
    setSetting: (name: string, value: unknown) => void settings.set(name, value),
  }
}

it('tells the next process what it need not look at, once', () => {
  const catalog = catalogAt(7)
  leaveMark(catalog, remote, { uploads: true, thumbnails: false })
  expect(takeMark(catalog, remote, 7)).toEqual({ uploads: true, thumbnails: false })
  expect(takeMark(catalog, remote, 7)).toEqual(nothing)
})

it('is worth nothing after any change, and for another remote', () => {
  const catalog = catalogAt(7)
  leaveMark(catalog, remote, all)
  expect(takeMark(catalog, other, 7)).toEqual(nothing)
  expect(takeMark(catalog, remote, 8)).toEqual(nothing)
  expect(takeMark(catalog, remote, 7)).toEqual(nothing)
})

it('is not there after a kill, nor of what was not finished', () => {
  const catalog = catalogAt(7)
  expect(takeMark(catalog, remote, 7)).toEqual(nothing)
  leaveMark(catalog, remote, nothing)
  expect(takeMark(catalog, remote, 7)).toEqual(nothing)
  catalog.setSetting(`remote.${remote}.lookedThrough`, 'nonsense')
  expect(takeMark(catalog, remote, 7)).toEqual(nothing)
})
