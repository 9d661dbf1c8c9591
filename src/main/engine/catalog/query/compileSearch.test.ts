import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CollectionId } from '../../../../shared/domain/ids.ts'
import { parseSearch } from '../../../../shared/domain/search/parseSearch.ts'
import type { Db } from '../database.ts'
import { textCondition } from './compileQuery.ts'
import { evaluateSearch } from './fixtures/evaluateSearch.ts'
import {
  addAssets,
  idOfRow,
  openSearched,
  plainAsset,
  type SearchedAsset,
  type SearchedOwner,
} from './fixtures/searchedLibrary.ts'

const unsorted = 'unsorted' as CollectionId
const now = Date.UTC(2026, 10, 21, 15, 30)
const timeZone = 'Europe/Vienna'

const tags: readonly SearchedOwner[] = [
  { id: 't1', parent: null, name: 'Nature', aliases: ['outdoors'] },
  { id: 't2', parent: 't1', name: 'key art' },
  { id: 't3', parent: 't2', name: 'Harbour', aliases: ['港', 'port'] },
  { id: 't4', parent: null, name: 'winter' },
]
const collections: readonly SearchedOwner[] = [
  { id: 'c1', parent: null, name: 'Trips' },
  { id: 'c2', parent: 'c1', name: 'North Sea' },
  { id: 'c3', parent: null, name: 'Covers' },
]

function find(db: Db, text: string): number[] {
  const parameters: (string | number)[] = []
  const where = textCondition(text, unsorted, parameters, now, timeZone)
  return db
    .prepare(`SELECT row_id FROM assets WHERE ${where ?? '1'} ORDER BY row_id`)
    .pluck()
    .all(...parameters) as number[]
}

describe('a search', () => {
  let db: Db
  const names = new Map<number, string>()
  const add = (name: string, asset: Partial<SearchedAsset>): void => {
    const row = names.size + 1
    names.set(row, name)
    addAssets(db, [{ ...plainAsset, file_name: `${name}.png`, sha256: String(row).padStart(64, '0'), ...asset }], row)
  }
  const found = (text: string) => find(db, text).map((row) => names.get(row))
  beforeAll(() => {
    db = openSearched(tags, collections)
    add('quay', {
      original_prompt: 'The old harbour at dusk, café lights',
      tags: ['t3'],
      rating: 4,
      collections: ['c2'],
    })
    add('snow', {
      original_prompt: '雪の新しい港 winterlight',
      colors: ['#e8f0ff'],
      is_favorite: 1,
      phash: 'ff00ff00ff00ff00',
    })
    add('film', { asset_type: 'video', duration_seconds: 95, width: 1920, height: 1080, file_size_bytes: 12_300_000 })
    add('IMG_1234-final', {
      captured_at: Date.UTC(2024, 5, 1),
      camera: { make: 'NIKON CORPORATION', model: 'NIKON Z 6', lens: '50mm' },
    })
    add('MySunsetXL', {
      model_used: 'juggernautXL_v8Rundiffusion',
      generator: 'ComfyUI',
      generation_seed: '18446744073709551615',
      sampler: 'Euler a',
      loras: ['add_detail'],
      phash: 'ff00ff00ff00ff7f',
    })
    add('thai', {
      description: 'แมวสีดำ on the roof',
      space: 'workspace',
      expires_at: now + 86_400_000,
      job: 'Run 17',
      collections: [],
    })
  })
  afterAll(() => db.close())

  it.each([
    // words, their beginnings, fragments inside of them, and what looks different but is the same
    ['harbour', ['quay']],
    ['harb dusk', ['quay']],
    ['arbou', ['quay']],
    ['*ight*', ['quay', 'snow']],
    ['ight', ['quay', 'snow']],
    ['CAFE', ['quay']],
    ['"dusk harbour"', []],
    ['"harbour at dusk"', ['quay']],
    ['outdoors', []],
    ['port dusk', ['quay']],
    ['dusk or film', ['quay', 'film']],
    ['-dusk -film -name:img -name:my -is:workspace', ['snow']],
    // scripts without spaces
    ['港', ['quay', 'snow']],
    ['新しい', ['snow']],
    ['しい港', ['snow']],
    ['新港', []],
    ['港 winter', ['snow']],
    ['สีดำ', ['thai']],
    // names
    ['1234', ['IMG_1234-final']],
    ['IMG_1234-final.png', ['IMG_1234-final']],
    ['name:final', ['IMG_1234-final']],
    ['sunset', ['MySunsetXL']],
    ['mysun', ['MySunsetXL']],
    ['rundiff', ['MySunsetXL']],
    // fields
    ['tag:nature', ['quay']],
    ['tag:port', ['quay']],
    ['tag:"KEY ART"', ['quay']],
    ['tag:winter', []],
    ['collection:trips', ['quay']],
    ['collection:c2', ['quay']],
    ['collection:unsorted type:video', ['film']],
    ['model:XL', ['MySunsetXL']],
    ['model=juggernautxl', []],
    ['sampler:euler lora:detail', ['MySunsetXL']],
    ['seed:18446744073709551615', ['MySunsetXL']],
    ['camera:"nikon z" lens:50mm', ['IMG_1234-final']],
    ['duration:1:30..2min', ['film']],
    ['duration:95', ['film']],
    ['aspect:16:9', ['film']],
    ['size:12mb', ['film']],
    ['size>12mb', ['film']],
    ['size:12.3mb', ['film']],
    ['color:#e5eeff', ['snow']],
    ['color:white', ['snow']],
    ['color:red', []],
    ['captured:2024', ['IMG_1234-final']],
    ['expires:2d', ['thai']],
    ['expires:12h', []],
    ['job:"run 17"', ['thai']],
    [`similar:${idOfRow(2).slice(0, 8)}`, ['snow', 'MySunsetXL']],
    ['rating:3..5', ['quay']],
    ['is:favorite or rating>=4', ['quay', 'snow']],
  ])('%s', (text, expected) => {
    expect(parseSearch(text).problems).toEqual([])
    expect(found(text)).toEqual(expected)
  })

  it('finds what a request made, by hand and by its jobs', () => {
    db.exec(`INSERT INTO generation_requests(id, user_prompt, created_at, updated_at) VALUES ('r', 'p', 1, 1), ('s', 'p', 1, 1);
      UPDATE generation_jobs SET request_id = 'r' WHERE folder = 'run 17' COLLATE NOCASE;
      UPDATE assets SET request_id = 'r' WHERE row_id = 2`)
    expect(found('request:r')).toEqual(['snow', 'thai'])
    db.exec("UPDATE assets SET request_id = 's' WHERE job_id IS NOT NULL")
    expect([found('request:r'), found('request:s')]).toEqual([['snow'], ['thai']])
  })

  it('finds what was made of the same prompt', () => {
    const prompt = db.prepare('UPDATE assets SET prompt_key = prompt_key(?) WHERE row_id = ?')
    for (const [text, row] of [
      ['a harbour', 2],
      ['A  harbour', 5],
      ['a lighthouse', 1],
    ] as const)
      prompt.run(text, row)
    expect(found(`stack:${idOfRow(2)}`)).toEqual(['snow', 'MySunsetXL'])
    expect(found(`stack:${idOfRow(3)}`)).toEqual([])
    expect(found('stack:ffffffff')).toEqual([])
  })

  it('leaves out what it cannot understand', () => {
    expect(found('dusk foo:bar tag:')).toEqual(['quay'])
    expect(found('-foo:bar')).toHaveLength(6)
    expect(found('+ …')).toHaveLength(6)
  })

  it('binds whatever a person types', () => {
    for (const text of [
      `'; DROP TABLE assets; --`,
      `tag:"' OR 1"`,
      `name:"%_\\"`,
      'NEAR(a b)',
      'prompt:*',
      '"\u0000"',
      'seed:"1\u0000"',
      `*'*`,
      'a^b',
      '{title} : x',
    ]) {
      expect(() => found(text)).not.toThrow()
    }
  })

  it('follows an asset that changes and goes', () => {
    db.exec("UPDATE assets SET model_used = 'sdxl', dominant_colors = '[\"#ff0000\"]', phash = NULL WHERE row_id = 5")
    expect([found('model:jugg'), found('model:sdxl'), found('color:red')]).toEqual([[], ['MySunsetXL'], ['MySunsetXL']])
    expect(found(`similar:${idOfRow(2).slice(0, 8)}`)).toEqual(['snow'])
    db.exec('DELETE FROM assets WHERE row_id = 5')
    expect(db.prepare('SELECT count(*) FROM asset_facets WHERE asset_row = 5').pluck().get()).toBe(0)
    expect(db.prepare('SELECT count(*) FROM asset_colors WHERE asset_row = 5').pluck().get()).toBe(0)
    expect(db.prepare("SELECT count FROM facet_values WHERE value = 'sdxl'").pluck().get()).toBe(0)
  })
})

const some = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const word = some('harbour', 'Arbour', 'winter', 'night', 'café', '新しい港', '写真x', 'v2', 'nightfall', 'แมว', 'red')
const prose = fc.option(
  fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
  { nil: null },
)
const DAY = 86_400_000
const time = fc.integer({ min: -800, max: 3 }).map((days) => now + days * DAY + 1234)
const asset: fc.Arbitrary<SearchedAsset> = fc.record({
  space: some('library', 'library', 'workspace'),
  status: some('available', 'available', 'error', 'missing'),
  asset_type: some('image', 'video', 'audio'),
  file_name: some('IMG_1234.png', 'myNight2.jpg', 'harbour-final.png', '写真 01.webp'),
  extension: some('png', 'jpg'),
  file_size_bytes: some(0, 999, 1_500_000, 2_000_000, 2_500_000),
  sha256: some('a', 'b', 'c', 'd').map((digit) => digit.repeat(64)),
  storage_path: some('originals/x.png', '/home/x.png'),
  width: some(null, 512, 1024, 1920),
  height: some(null, 512, 1080),
  duration_seconds: some(null, 29.6, 30, 90, 3600),
  colors: fc.array(some('#ff0000', '#d02018', '#00ff00', '#808080', '#123456'), { maxLength: 3 }),
  phash: some(null, '0000000000000000', '000000000000007f', '00010001000100ff', 'ffffffffffffffff'),
  custom_title: prose,
  description: prose,
  rating: some(0, 0, 1, 3, 5) as fc.Arbitrary<number>,
  color_label: some(null, 'red', 'blue'),
  is_favorite: some(0, 1),
  visibility: some('private', 'public'),
  content_category: some('general', 'landscape'),
  original_prompt: prose,
  negative_prompt: prose,
  model_used: some(null, 'SDXL', 'sdxl turbo', 'Flux'),
  generation_seed: some(null, '1', '12345'),
  generator: some(null, 'ComfyUI', 'InvokeAI'),
  sampler: some(null, 'Euler a', 'DPM++ 2M'),
  loras: fc.subarray(['detail', 'Neon Détail']),
  camera: some(null, { make: 'Canon', model: 'R5', lens: 'RF 50mm' }),
  frames: some(null, 1, 12),
  gps: some(null, '{}'),
  captured_at: fc.option(time, { nil: null }),
  created_at: time,
  updated_at: time,
  imported_at: time,
  expires_at: fc.constant(null),
  deleted_at: some(null, null, 5),
  job: some(null, 'run-1', 'Run-2'),
  request_id: some(null, 'r1'),
  sync_state: some('local', 'synced', 'error'),
  version_number: some(1, 1, 2, 3) as fc.Arbitrary<number>,
  sidecars: some(null, '[]'),
  olderVersions: some(0, 0, 2) as fc.Arbitrary<number>,
  tags: fc.subarray(tags.map(({ id }) => id)),
  collections: fc.subarray(collections.map(({ id }) => id)),
})
const term = fc.oneof(
  word,
  some(
    'arbo',
    '*arbo*',
    '*ight',
    'ght',
    'n',
    'ni',
    '"night harbour"',
    '港',
    'しい',
    '"新しい"',
    'cafe',
    'IMG_1',
    'IMG_12',
    '1234',
    'final',
    '+',
    'port',
    'x',
  ),
  some(
    'tag:nature',
    'tag:port',
    'tag:"key art"',
    'tag:none',
    'collection:trips',
    'collection:c2',
    'collection:unsorted',
    'type:video',
  ),
  some(
    'is:favorite',
    'is:tagged',
    'is:untagged',
    'is:unsorted',
    'is:rated',
    'is:unrated',
    'is:kept',
    'is:workspace',
    'is:duplicate',
  ),
  some(
    'is:missing',
    'is:error',
    'is:animated',
    'is:linked',
    'has:title',
    'has:notes',
    'has:gps',
    'has:generation',
    'has:prompt',
  ),
  some(
    'has:seed',
    'has:sidecar',
    'has:versions',
    'ext:png',
    'ext:.JPG',
    'name:night',
    'name:*inal*',
    'title:win',
    'notes:"night"',
  ),
  some(
    'prompt:harb',
    'prompt:*rbou*',
    'prompt:港',
    'negative:red',
    'model:sdxl',
    'model=sdxl',
    'generator:ui',
    'sampler:euler',
    'lora:detail',
  ),
  some(
    'lora="neon detail"',
    'seed:12345',
    'rating>=3',
    'rating:3..5',
    'rating:0',
    'rating<3',
    'label:red',
    'label:none',
    'size>1.5mb',
  ),
  some(
    'size:2mb',
    'size:..999',
    'size>=2.5mb',
    'width>=1024',
    'height:512..1080',
    'aspect:16:9',
    'aspect:square',
    'aspect>1',
    'aspect:portrait',
  ),
  some(
    'duration:30',
    'duration:0:30',
    'duration>1min',
    'duration:29s..1:30',
    'color:red',
    'color:#808080',
    'color:navy',
    'imported:2026',
  ),
  some(
    'imported:today',
    'captured:2025-01..2025-06',
    'captured<2026',
    'created:30d',
    'created>=2026-10-01',
    'updated>7d',
    'expires:1d',
  ),
  some(
    'job:run-1',
    'job:RUN-2',
    'request:r1',
    'sync:synced',
    'status:missing',
    'status:available',
    'visibility:public',
    'category:landscape',
  ),
  some(
    'category:general',
    'camera:canon',
    'camera:"on r5"',
    'lens:50mm',
    'version>1',
    'version:1',
    'similar:00000001',
    'similar:00000002',
    'stack:00000001',
    'stack:00000003',
    'foo:bar',
  ),
)
const search = fc.letrec<{ search: string; part: string }>((tie) => ({
  search: fc
    .array(fc.tuple(tie('part'), some(' ', ' ', ' or ')), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map(([part, joint], index) => (index === 0 ? part : `${joint}${part}`)).join('')),
  part: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    term,
    term.map((text) => `-${text}`),
    tie('search').map((text) => `(${text})`),
    tie('search').map((text) => `-(${text})`),
  ),
})).search

describe('any search of any library', () => {
  it('finds what the same search finds asset by asset', () => {
    fc.assert(
      fc.property(
        fc.array(asset, { minLength: 1, maxLength: 12 }),
        fc.array(search, { minLength: 20, maxLength: 40 }),
        (assets, searches) => {
          const db = openSearched(tags, collections)
          try {
            addAssets(db, assets)
            for (const text of searches) {
              const { tree } = parseSearch(text)
              const expected = evaluateSearch(tree, { assets, tags, collections, now, timeZone })
              expect(find(db, text), text).toEqual(expected)
            }
          } finally {
            db.close()
          }
        },
      ),
      { numRuns: 10 },
    )
  })
})
