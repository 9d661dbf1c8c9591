import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Catalog } from '../../../src/main/engine/catalog/catalog.ts'
import { toEnd } from '../../../src/main/engine/catalog/stepDone.ts'
import { deleteTags } from '../../../src/main/engine/library/deleteTags.ts'
import { editAssets } from '../../../src/main/engine/library/editAssets.ts'
import {
  addToCollection,
  createCollection,
  deleteCollection,
} from '../../../src/main/engine/library/editCollections.ts'
import { renameTag, setTagAliases } from '../../../src/main/engine/library/editTags.ts'
import {
  expectRebuildable,
  expectUndoneStepByStep,
  inTestLibrary,
  organisation,
  START,
} from '../../../src/main/engine/library/fixtures/testLibrary.ts'
import { mergeTags } from '../../../src/main/engine/library/mergeTags.ts'
import { arrangeCollection, moveCollection } from '../../../src/main/engine/library/moveCollections.ts'
import { moveTag } from '../../../src/main/engine/library/moveTags.ts'
import { restoreAssets, trashAssets } from '../../../src/main/engine/library/trashAssets.ts'
import { VitrineError } from '../../../src/shared/contract/errors.ts'
import type { AssetId, TagId } from '../../../src/shared/domain/ids.ts'

describe('any sequence of organising', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'A', 'a/b', 'c/b')
  const pick = fc.nat({ max: 5 })
  const step = fc.oneof(
    fc.record({ kind: fc.constantFrom('tag' as const, 'rename' as const, 'alias' as const), name, pick }),
    fc.record({ kind: fc.constantFrom('merge' as const, 'move' as const, 'delete' as const), pick, other: pick }),
    fc.record({ kind: fc.constantFrom('trash' as const, 'restore' as const, 'untag' as const), pick }),
    fc.record({
      kind: fc.constantFrom(
        'collection' as const,
        'fill' as const,
        'nest' as const,
        'arrange' as const,
        'drop' as const,
      ),
      pick,
      other: pick,
    }),
  )
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

  function perform(target: Catalog, ids: readonly AssetId[], { kind, ...values }: Step, at: number): void {
    const { pick = 0, other = 0, name = 'a' } = values as { pick?: number; other?: number; name?: string }
    const tags = target.tags.list()
    const first = tags[pick % Math.max(1, tags.length)]?.id
    const second = tags[other % Math.max(1, tags.length)]?.id
    const boxes = target.collections.list().filter((collection) => !collection.is_permanent)
    const box = boxes[pick % Math.max(1, boxes.length)]?.id
    const selection = { ids: [ids[pick % ids.length]!] }
    if (kind === 'tag') editAssets(target, selection, { add_tags: [name] }, at)
    else if (kind === 'untag' && first) editAssets(target, selection, { remove_tags: [tags[0]!.name] }, at)
    else if (kind === 'rename' && first) renameTag(target, first, name.replace('/', ' '), at)
    else if (kind === 'alias' && first) setTagAliases(target, first, [name.replace('/', '-')], at)
    else if (kind === 'merge' && first && second) toEnd(mergeTags(target, [first], second, at))
    else if (kind === 'move' && first && second) moveTag(target, first, second, null, at)
    else if (kind === 'delete' && first) toEnd(deleteTags(target, [first], at))
    else if (kind === 'trash') trashAssets(target, selection, at)
    else if (kind === 'restore') restoreAssets(target, selection, 1, at)
    else if (kind === 'collection') createCollection(target, `box ${at}`, undefined, at)
    else if (kind === 'fill' && box) addToCollection(target, box, { ids: ids.slice(0, other + 1) }, at)
    else if (kind === 'nest' && box) moveCollection(target, box, boxes[other % boxes.length]!.id, null, at)
    else if (kind === 'arrange' && box) arrangeCollection(target, box, selection, null, at)
    else if (kind === 'drop' && box) toEnd(deleteCollection(target, box, at))
  }

  /** The numbers of a tag, counted from what the assets say. */
  function expectHonestCounts(target: Catalog, ids: readonly AssetId[]): void {
    const tags = target.tags.list()
    const below = (id: TagId): ReadonlySet<string> =>
      new Set(
        tags.filter(({ path }) => path === tagById(id) || path.startsWith(`${tagById(id)}/`)).map(({ name }) => name),
      )
    const tagById = (id: TagId): string => tags.find((listed) => listed.id === id)?.path ?? ''
    const live = ids.map((id) => target.assets.get(id)!).filter(({ deleted_at }) => deleted_at === null)
    for (const listed of tags) {
      const own = live.filter((asset) => asset.tags.includes(listed.name)).length
      const all = live.filter((asset) => asset.tags.some((tagName) => below(listed.id).has(tagName))).length
      expect([listed.path, listed.asset_count, listed.total_count]).toEqual([listed.path, own, all])
    }
  }

  it('keeps counts honest, is undone step by step, and comes back from the journal', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        inTestLibrary((library) => {
          const { catalog } = library
          const ids = ['a', 'b', 'c', 'd'].map((file) => library.add(file))
          const states: unknown[] = []
          for (const [index, one] of steps.entries()) {
            const before = organisation(catalog)
            const entries = catalog.history.list(1000).length
            try {
              perform(catalog, ids, one, START + index + 1)
            } catch (error) {
              if (!(error instanceof VitrineError)) throw error
              expect(organisation(catalog), 'what is refused changes nothing').toEqual(before)
            }
            if (catalog.history.list(1000).length > entries) states.push(before)
            expectHonestCounts(catalog, ids)
          }
          expectUndoneStepByStep(library, organisation, states)
          expectRebuildable(library, organisation)
          expectHonestCounts(library.catalog, ids)
        })
      }),
      { numRuns: 15 },
    )
  })
})
