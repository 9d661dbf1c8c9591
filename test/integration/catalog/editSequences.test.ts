import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { Catalog } from '../../../src/main/engine/catalog/catalog.ts'
import { toEnd } from '../../../src/main/engine/catalog/stepDone.ts'
import { editAssets } from '../../../src/main/engine/library/editAssets.ts'
import {
  addToCollection,
  createCollection,
  deleteCollection,
  removeFromCollection,
  renameCollection,
} from '../../../src/main/engine/library/editCollections.ts'
import {
  expectRebuildable,
  expectUndoneStepByStep,
  inTestLibrary,
  START,
  type StateOf,
  type TestLibrary,
} from '../../../src/main/engine/library/fixtures/testLibrary.ts'
import { keepAssets } from '../../../src/main/engine/library/keepAssets.ts'
import { discardAssets, restoreAssets, trashAssets } from '../../../src/main/engine/library/trashAssets.ts'
import type { AssetId, CollectionId } from '../../../src/shared/domain/ids.ts'

const DAY = 86_400_000
/** Everything a person can see, in a form that can be compared. `updated_at` and the order of joining are not undone. */
const visible: StateOf = (target) => {
  const { rowIds } = target.assets.query(
    { view: { kind: 'everything' }, text: '', sort: { field: 'file_name', direction: 'asc' } },
    START,
  )
  const trash = target.assets.query(
    { view: { kind: 'trash' }, text: '', sort: { field: 'file_name', direction: 'asc' } },
    START,
  )
  const assets = [...rowIds, ...trash.rowIds].map((rowId) => {
    const id = target.assets.findByRow(rowId)?.id
    const { row_id, updated_at, ...asset } = (id === undefined ? undefined : target.assets.get(id)) ?? ({} as never)
    return { ...(asset as object), tags: [...(asset as { tags: string[] }).tags].sort() }
  })
  const { revision, ...counts } = target.counts(START)
  const collections = target.collections.list().map(({ updated_at, ...collection }) => collection)
  const tags = target.tags.list()
  return JSON.parse(JSON.stringify({ assets, counts, collections, tags })) as unknown
}

type Step =
  | { readonly kind: 'keep' | 'discard' | 'trash' | 'restore'; readonly which: number[] }
  | { readonly kind: 'edit'; readonly which: number[]; readonly rating: number; readonly tag: string }
  | { readonly kind: 'create'; readonly name: string }
  | { readonly kind: 'delete' | 'rename' | 'add' | 'remove'; readonly collection: number; readonly which: number[] }

const which = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 5 })
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('keep' as const, 'discard' as const, 'trash' as const, 'restore' as const),
    which,
  }),
  fc.record({
    kind: fc.constant('edit' as const),
    which,
    rating: fc.nat({ max: 5 }),
    tag: fc.constantFrom('Red', 'red', 'blue', 'wide'),
  }),
  fc.record({ kind: fc.constant('create' as const), name: fc.constantFrom('A', 'b', 'C') }),
  fc.record({
    kind: fc.constantFrom('delete' as const, 'rename' as const, 'add' as const, 'remove' as const),
    collection: fc.nat({ max: 3 }),
    which,
  }),
)

function perform(target: Catalog, ids: readonly AssetId[], step: Step, at: number): void {
  const selection = { ids: 'which' in step ? step.which.flatMap((index) => ids[index] ?? []) : [] }
  const collections = target.collections.list().filter((collection) => !collection.is_permanent)
  const collection = 'collection' in step ? collections[step.collection]?.id : undefined
  const withCollection = (work: (id: CollectionId) => unknown) => collection !== undefined && work(collection)
  switch (step.kind) {
    case 'keep':
      keepAssets(target, selection, undefined, at)
      break
    case 'discard':
      discardAssets(target, selection, at)
      break
    case 'trash':
      trashAssets(target, selection, at)
      break
    case 'restore':
      restoreAssets(target, selection, 7 * DAY, at)
      break
    case 'edit':
      editAssets(target, selection, { rating: step.rating, add_tags: [step.tag], custom_title: step.tag }, at)
      break
    case 'create':
      if (collections.every(({ name }) => name !== step.name)) createCollection(target, step.name, undefined, at)
      break
    case 'delete':
      withCollection((id) => toEnd(deleteCollection(target, id, at)))
      break
    case 'rename':
      withCollection((id) => renameCollection(target, id, `renamed ${at}`, at))
      break
    case 'add':
      withCollection((id) => addToCollection(target, id, selection, at))
      break
    case 'remove':
      withCollection((id) => removeFromCollection(target, id, selection, at))
      break
  }
}

describe('any sequence of edits', () => {
  const inFreshLibrary = (work: (library: TestLibrary, ids: AssetId[]) => void): void =>
    inTestLibrary((library) => {
      const fresh = { space: 'workspace', expiresAt: START + 7 * DAY } as const
      work(
        library,
        ['a', 'b', 'c', 'd', 'e'].map((name) => library.add(name, fresh)),
      )
    })

  it('is undone step by step to exactly what was there before, and redone to what was there after', () => {
    fc.assert(
      fc.property(fc.array(stepArbitrary, { minLength: 1, maxLength: 8 }), (steps) => {
        inFreshLibrary((library, ids) => {
          const { catalog: target } = library
          const before: unknown[] = []
          for (const [index, step] of steps.entries()) {
            const state = visible(target)
            const entries = target.history.list(1000).filter((entry) => entry.kind !== 'undo').length
            perform(target, ids, step, START + index + 1)
            if (target.history.list(1000).length > entries) before.push(state)
          }
          expectUndoneStepByStep(library, visible, before)
        })
      }),
      { numRuns: 40 },
    )
  })

  it('is in the journal: a rebuild from it gives the same library', () => {
    fc.assert(
      fc.property(fc.array(stepArbitrary, { maxLength: 10 }), (steps) => {
        inFreshLibrary((library, ids) => {
          for (const [index, step] of steps.entries()) perform(library.catalog, ids, step, START + index + 1)
          expectRebuildable(library, visible)
        })
      }),
      { numRuns: 25 },
    )
  })
})
