import type { Db } from '../../../src/main/engine/catalog/database.ts'
import { type CollectionId, collectionIdSchema } from '../../../src/shared/domain/ids.ts'
import { type LibraryQuery, type SortField, sortFieldSchema, type View } from '../../../src/shared/domain/query.ts'

/** Queries of one kind that differ in what they ask for. */
export interface QueryClass {
  readonly name: string
  readonly queries: readonly LibraryQuery[]
  /** True where there is nothing to vary: something is changed before each run, so that none is answered from memory unchanged. */
  readonly isFixed: boolean
}

const RUNS = 20

/** The kinds of queries that people ask, with values that the library has: frequent and rare ones. */
export function queryClasses(db: Db): readonly QueryClass[] {
  const values = (sql: string): string[] => spread(db.prepare(sql).pluck().all().map(String))
  const tags = values(
    'SELECT t.name FROM tags t JOIN asset_tags x ON x.tag_id = t.id WHERE t.deleted_at IS NULL GROUP BY t.id ORDER BY count(*) DESC',
  )
  const collections = values(
    "SELECT c.id FROM collections c JOIN collection_assets x ON x.collection_id = c.id WHERE c.deleted_at IS NULL AND c.kind = 'manual' GROUP BY c.id ORDER BY count(*) DESC",
  )
  const models = values(
    'SELECT DISTINCT model_used FROM (SELECT model_used FROM assets WHERE model_used IS NOT NULL LIMIT 20000)',
  )
  const seeds = values('SELECT generation_seed FROM assets WHERE generation_seed IS NOT NULL LIMIT 2000')
  const pictures = values('SELECT id FROM assets WHERE phash IS NOT NULL AND deleted_at IS NULL LIMIT 2000')
  const colors = values(
    "SELECT DISTINCT dominant_colors ->> '$[0]' FROM assets WHERE dominant_colors <> '[]' LIMIT 500",
  )
  const jobs = values('SELECT folder FROM generation_jobs')
  const inLibrary = (text: string): LibraryQuery => query({ kind: 'library' }, text)
  const texts = (name: string, list: readonly string[]): QueryClass => ({
    name,
    queries: repeated(list).map(inLibrary),
    isFixed: false,
  })
  const fixed = (name: string, view: View, text = ''): QueryClass => ({
    name,
    queries: repeated([query(view, text)]),
    isFixed: true,
  })
  return [
    fixed('all', { kind: 'library' }),
    fixed('everything', { kind: 'everything' }),
    fixed('favourites', { kind: 'favorites' }),
    fixed('recent', { kind: 'recent' }),
    fixed('untagged', { kind: 'untagged' }),
    fixed('workspace', { kind: 'workspace' }),
    fixed('trash', { kind: 'trash' }),
    {
      name: 'collection',
      queries: repeated(collections).map((id) => query(inCollection(collectionIdSchema.parse(id)), '')),
      isFixed: false,
    },
    texts(
      'tag',
      tags.map((tag) => `tag:"${tag}"`),
    ),
    texts('type', ['type:image', 'type:video', 'type:audio', 'type:document', 'type:font', 'type:model']),
    texts('rating', ['rating>=4', 'rating:5', 'rating>=1', 'rating<3']),
    texts(
      'model',
      models.map((model) => `model:${model}`),
    ),
    texts(
      'seed',
      seeds.map((seed) => `seed:${seed}`),
    ),
    texts(
      'job',
      jobs.map((folder) => `job:"${folder}"`),
    ),
    texts('text: one word', frequentWords),
    texts('text: beginning of a word', ['li', 'f', 'mar', 'wat', 'gol', 'po', 'ar', 'sto', 'ink', 'bi', 's', 'de']),
    texts('text: two words', [
      'fox harbour',
      'knight gouache',
      'golden lighthouse',
      'ink owl',
      'neon tram',
      'frozen whale',
    ]),
    texts('text: phrase', ['"golden hour"', '"oil painting"', '"at the edge of a birch forest"', '"soft morning fog"']),
    texts('text: Chinese, Japanese', ['灯塔', '狐', '水墨画', '図書館', '桜並木', '月光', '油絵']),
    texts('text: Vietnamese, German', ['ngọn hải đăng', 'rừng tre', 'Leuchtturm', 'Straßenmusiker', 'tranh lụa']),
    texts('text: without', ['lighthouse -fog', 'fox -ink', 'portrait -tag:print', 'dragon -"golden hour"']),
    texts('combined', [
      'type:image rating>=3 lighthouse',
      'is:favorite type:image',
      'is:untagged fox rating>=1',
      'type:video size>20mb',
      '(fox or owl) rating>=4',
      'width>=2000 type:image is:favorite',
      ...tags.slice(0, 6).map((tag) => `tag:"${tag}" rating>=3`),
    ]),
    texts('dates', ['imported:2026-03', 'imported:2025', 'captured:2024-07', 'imported:2023-11', 'captured:2026']),
    texts('size and shape', ['width>=4000', 'size>50mb', 'duration>60', 'aspect:16:9', 'height<600']),
    texts(
      'colour',
      colors.slice(0, RUNS).map((color) => `color:${color}`),
    ),
    texts(
      'similar',
      pictures.slice(0, RUNS).map((id) => `similar:${id}`),
    ),
    ...sortFieldSchema.options.map((field) => sorted(field)),
  ]
}

const frequentWords = [
  'lighthouse',
  'fox',
  'portrait',
  'fog',
  'gouache',
  'painting',
  'harbour',
  'dragon',
  'zzzz',
  'ComfyUI',
  'moonlight',
  'owl',
  'detailed',
]

function sorted(field: SortField): QueryClass {
  const queries = (['desc', 'asc'] as const).map((direction) => ({
    ...query({ kind: 'library' }, ''),
    sort: { field, direction },
  }))
  return { name: `sorted by ${field}`, queries: repeated(queries), isFixed: true }
}

function query(view: View, text: string): LibraryQuery {
  return { view, text, sort: { field: 'imported_at', direction: 'desc' } }
}

function inCollection(collectionId: CollectionId): View {
  return { kind: 'collection', collectionId }
}

/** Some of many, from the first to the last. */
function spread(values: readonly string[]): string[] {
  const step = Math.max(1, values.length / RUNS)
  return Array.from({ length: Math.min(RUNS, values.length) }, (_, index) => values[Math.floor(index * step)] ?? '')
}

function repeated<T>(list: readonly T[]): T[] {
  return list.length === 0 ? [] : Array.from({ length: RUNS }, (_, index) => list[index % list.length] as T)
}
