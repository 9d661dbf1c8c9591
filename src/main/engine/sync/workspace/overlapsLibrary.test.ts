import { describe, expect, it } from 'vitest'
import { type Area, overlap } from './overlapsLibrary.ts'

const bucket = (name: string, prefix: string, base: string): Area => ({
  location: { kind: 's3', endpoint: 'https://s3.example', region: 'r', bucket: name, prefix, pathStyle: true },
  base,
})
const folder = (path: string, prefix: string, base: string): Area => ({
  location: { kind: 'folder', path, prefix },
  base,
})

describe('a workspace area', () => {
  it.each([
    ['the same place', bucket('b', '', 'u/'), bucket('b', '', 'u/')],
    ['a whole bucket around it', bucket('b', '', ''), bucket('b', 'library', 'u/')],
    ['a folder within', bucket('b', '', 'u/'), bucket('b', 'u/images', '')],
    ['the same folder', folder('/a', '', 'u/'), folder('/a/u', '', '')],
    ['the folder around', folder('/a', '', ''), folder('/a/library', '', 'u/')],
    ['a folder inside', folder('/a/library/drop', '', ''), folder('/a/library', '', '')],
  ])('overlaps %s', (_, one, other) => {
    expect(overlap(one, other)).toBe(true)
    expect(overlap(other, one)).toBe(true)
  })

  it.each([
    ['another bucket', bucket('b', '', ''), bucket('c', '', '')],
    ['another owner', bucket('b', '', 'u/'), bucket('b', '', 'v/')],
    ['a name that only begins alike', bucket('b', '', 'user/'), bucket('b', '', 'user-2/')],
    ['a folder beside', folder('/a/library', '', ''), folder('/a/library-2', '', '')],
    ['a folder whose name begins with dots', folder('/a', '', ''), folder('/..b', '', '')],
    ['a bucket and a folder', bucket('b', '', ''), folder('/b', '', '')],
  ])('does not overlap %s', (_, one, other) => {
    expect(overlap(one, other)).toBe(false)
    expect(overlap(other, one)).toBe(false)
  })
})
