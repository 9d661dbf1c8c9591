import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AssetChange } from '../../catalog/assetHistory.repository.ts'
import { assetColumns, links, versionFields } from '../../catalog/cellColumns.ts'
import { entitySchema } from '../../catalog/journal/operation.ts'
import { describeChanges, type NameOf } from './describeChange.ts'

const names: Readonly<Record<string, string>> = {
  c: 'Harbours',
  t: 'sea',
  r: 'a harbour at dusk, with many boats and low fog over the water',
  j: 'castles',
  v: '2',
}
const nameOf: NameOf = (_, id) => names[id] ?? null
const change = (field: string, before: AssetChange['before'], after: AssetChange['after']): AssetChange => ({
  entity: 'asset',
  of: '',
  field,
  before,
  after,
})
const textsOf = (...changes: AssetChange[]): string[] => describeChanges(changes, nameOf).map(({ text }) => text)

it.each([
  ['rating', 2, 4, 'Rating ★★ → ★★★★'],
  ['rating', 0, 5, 'Rating none → ★★★★★'],
  ['is_favorite', 0, 1, 'Added to Favourites'],
  ['is_favorite', 1, 0, 'Removed from Favourites'],
  ['color_label', null, 'red', 'Colour label none → red'],
  ['visibility', 'private', 'public', 'Visibility private → public'],
  ['content_category', 'general', 'art', 'Category general → art'],
  ['custom_title', null, 'Dusk', 'Gave it the title “Dusk”'],
  ['custom_title', 'Dusk', 'Dawn', 'Changed the title: “Dusk” → “Dawn”'],
  ['custom_title', 'Dusk', null, 'Removed the title “Dusk”'],
  ['file_name', 'a.png', 'b.png', 'Renamed “a.png” → “b.png”'],
  ['storage_path', '/a/x.png', '/b/x.png', 'Moved on the disk: “/a/x.png” → “/b/x.png”'],
  ['deleted_at', null, 5, 'Moved to Trash'],
  ['deleted_at', 5, null, 'Restored from Trash'],
  ['space', 'workspace', 'library', 'Kept'],
  ['space', 'library', 'workspace', 'Put back into the Workspace'],
  ['status', 'available', 'missing', 'Its file went missing'],
  ['status', 'missing', 'available', 'Its file was found again'],
  ['job_id', null, 'j', 'Came with the job “castles”'],
  ['request_id', 'gone', null, 'No longer an output of the request that is gone'],
  ['request_id', null, 'r', 'Became an output of the request “a harbour at dusk, with many boats and l…”'],
  ['version_number', 1, 2, 'Version 1 → 2'],
  ['source_url', null, 'https://example.org', 'Gave it the source “https://example.org”'],
  ['error_message', null, 'It is damaged.', 'Problem: It is damaged.'],
  ['sidecars', null, '[{"name":"a.xmp"}]', 'Got the sidecar “a.xmp”'],
  ['sidecars', '[{"name":"a.xmp"},{"name":"b.txt"}]', '[]', 'Lost 2 sidecars'],
  ['content', { file_size_bytes: 1000 }, { file_size_bytes: 20 }, 'Got other content (1,000 B → 20 B)'],
  ['media', null, { width: 1 }, 'Read from its file'],
  ['purged', null, 5, 'Removed for good'],
  ['', null, true, 'Imported'],
] as const)('%s: %j → %j', (field, before, after, text) => {
  expect(textsOf(change(field, before, after))).toEqual([text])
})

it.each([
  ['membership', 'c', 'in', null, { at: 1, position: 1 }, 'Added to the collection “Harbours”'],
  ['membership', 'c', 'in', { at: 1, position: 1 }, null, 'Removed from the collection “Harbours”'],
  ['membership', 'c', 'position', 1, 2, 'Moved within the collection “Harbours”'],
  ['membership', 'x', 'in', { at: 1, position: 1 }, null, 'Removed from the collection that is gone'],
  ['assetTag', 't', 'in', null, { at: 1 }, 'Added the tag “sea”'],
  ['assetTag', 't', 'in', { at: 1 }, null, 'Removed the tag “sea”'],
  [
    ...['requestReference', 'r', 'in'],
    null,
    { at: 1, position: 1 },
    'Became a reference of the request “a harbour at dusk, with many boats and l…”',
  ],
  ['assetVersion', 'v', 'deleted_at', 5, null, 'Added version 2'],
  ['assetVersion', 'v', 'deleted_at', null, 5, 'Removed version 2'],
  ['assetVersion', 'v', 'change_description', null, 'sharper', 'Described version 2: “sharper”'],
] as [AssetChange['entity'], string, string, AssetChange['before'], AssetChange['after'], string][])(
  '%s %s %s: %j → %j',
  (entity, of, field, before, after, text) => {
    expect(textsOf({ entity, of, field, before, after })).toEqual([text])
  },
)

it('expiry is told with its dates', () => {
  const at = Date.UTC(2026, 10, 21, 12)
  expect(textsOf(change('expires_at', null, at))[0]).toMatch(/^Expires 21 Nov 2026, /)
  expect(textsOf(change('expires_at', at, at + 86_400_000))[0]).toMatch(/^Expiry 21 Nov 2026.* → 22 Nov 2026/)
})

it('what follows from something else is not told again', () => {
  expect(textsOf(change('expires_at', 5, null), change('space', 'workspace', 'library'))).toEqual(['Kept'])
  const versioned = ['storage_path', 'file_name', 'content', 'version_number', 'status', 'error_code']
  expect(textsOf(...versioned.map((field) => change(field, 'a', 'b')))).toEqual(['Renamed “a” → “b”', 'Version a → b'])
})

it('a long text is shortened on its line and whole beside it', () => {
  const notes = `first line\nsecond line ${'word '.repeat(100)}`
  const [described] = describeChanges([change('description', null, notes)], nameOf)
  expect(described?.text.length).toBeLessThan(120)
  expect(described).toMatchObject({ before: null, after: notes })
})

describe('every cell', () => {
  /** What a person need not know of by itself. */
  const silent = new Set(['error_code', 'object_key'])
  it('of an asset has its words', () => {
    for (const field of [...assetColumns, '', 'media', 'content', 'purged']) {
      const seen = [change(field, null, 'error'), change(field, 'missing', null)].flatMap((one) => textsOf(one))
      expect([field, seen.length > 0]).toEqual([field, !silent.has(field)])
    }
  })
  it('of a link has its words', () => {
    for (const [entity, { ordered }] of Object.entries(links)) {
      for (const field of ordered ? ['in', 'position'] : ['in'])
        expect(textsOf({ entity: entity as keyof typeof links, of: 'x', field, before: null, after: 1 })).toHaveLength(
          1,
        )
    }
  })
  it('of a version has its words, but for where its file is', () => {
    const untold: readonly string[] = ['storage_path', 'stored_at']
    for (const field of versionFields) {
      const told = textsOf({ entity: 'assetVersion', of: 'v', field, before: 'a', after: 'b' })
      expect([field, told.length]).toEqual([field, untold.includes(field) ? 0 : 1])
    }
  })
})

it('whatever stands in a cell, it is told on one line or not at all', () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.string(),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.dictionary(fc.string(), fc.string()),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...entitySchema.options),
      fc.oneof(fc.constantFrom(...assetColumns, '', 'media', 'content', 'purged', 'in', 'position'), fc.string()),
      value,
      value,
      fc.constantFrom('c', 't', 'r', 'v', 'nobody'),
      (entity, field, before, after, of) => {
        for (const text of textsOf({ entity, of, field, before: before as never, after: after as never })) {
          expect(text).not.toMatch(/\n|undefined|\[object/)
          expect(text.length).toBeLessThan(300)
        }
      },
    ),
    { numRuns: 300 },
  )
})
