import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { AssetType } from '../../../shared/domain/asset.ts'
import { libraryIdSchema, sha256Schema } from '../../../shared/domain/ids.ts'
import { ownKey } from '../sync/objectKeys.ts'
import {
  assetColumns,
  contentColumns,
  createColumns,
  links,
  mediaColumns,
  tables,
  versionColumns,
  versionFields,
} from './cellColumns.ts'
import { derivedId } from './derivedId.ts'
import { entitySchema } from './journal/operation.ts'

const text = readFileSync(new URL('../../../../docs/library-format.md', import.meta.url), 'utf8')
/** Cells of the rows of a table, found by its title row. */
function table(titles: string): readonly (readonly string[])[] {
  const [, after = ''] = text.split(titles)
  const [rows = ''] = after.split('\n\n')
  return rows
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
}
const names = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
const listed = (of: string): string[] => names(new RegExp(`- \`${of}\`: [^:]*: ([^]*?)(?:\\.|, and)`).exec(text)?.[1])

it('names every entity with its cells as docs/library-format.md has them', () => {
  const rows = new Map(
    table("| entity | id | `''`").map(([entity, , ...fields]) => [names(entity)[0], fields.map(names)]),
  )
  expect([...rows.keys()].sort()).toEqual([...entitySchema.options].sort())
  const documented = (entity: string) => rows.get(entity)?.map((fields) => [...fields].sort())
  const sorted = (...sets: Iterable<string>[]) => sets.map((set) => [...set].sort())
  expect(documented('asset')).toEqual(sorted(createColumns, assetColumns))
  expect(documented('assetVersion')).toEqual(sorted(['asset_id', ...versionColumns], versionFields))
  for (const [entity, { create, set }] of Object.entries(tables))
    expect(documented(entity)).toEqual(sorted(create, set))
  for (const entity of Object.keys(links)) expect(rows.has(entity)).toBe(true)
  expect(listed('media')).toEqual([...mediaColumns])
  expect(listed('content')).toEqual([...contentColumns])
})

it('derives ids as docs/library-format.md has them', () => {
  const vectors = table('| library | kind | name | id |')
  expect(vectors).toHaveLength(3)
  for (const row of vectors) {
    const [library = '', kind = '', name = '', id] = row.flatMap(names)
    expect(derivedId(libraryIdSchema.parse(library), kind, name)).toBe(id)
  }
})

it('makes keys of originals as docs/library-format.md has them', () => {
  const vectors = table('| storage_path | asset_type | file_name | key below the library |')
  expect(vectors).toHaveLength(5)
  const owner = libraryIdSchema.parse('0196f7a2-0000-7000-8000-000000000001')
  for (const row of vectors) {
    const [storagePath = '', assetType = '', fileName = '', key] = row.flatMap(names)
    const sha256 = sha256Schema.parse('ab'.repeat(32))
    const asset = {
      storagePath,
      assetType: assetType as AssetType,
      fileName,
      sha256,
      importedAt: Date.UTC(2026, 10, 30),
    }
    expect(ownKey(owner, asset)).toBe(`${owner}/${key}`)
  }
})
