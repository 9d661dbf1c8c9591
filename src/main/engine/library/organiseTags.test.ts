import { describe, expect, it } from 'vitest'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { View } from '../../../shared/domain/query.ts'
import type { Tag } from '../../../shared/domain/tag.ts'
import { toEnd } from '../catalog/stepDone.ts'
import { deleteTags } from './deleteTags.ts'
import { editAssets } from './editAssets.ts'
import { colorTag, createTag, renameTag, setTagAliases } from './editTags.ts'
import {
  addTagged,
  errorOf,
  expectUndoneAndRedone,
  libraryForEachTest,
  namesOf,
  organisation,
} from './fixtures/testLibrary.ts'
import { mergeTags } from './mergeTags.ts'
import { moveTag } from './moveTags.ts'
import { completeTags, suggestTags } from './suggestTags.ts'
import { restoreAssets, trashAssets } from './trashAssets.ts'

const library = libraryForEachTest()
const add = (name: string, ...tags: string[]): AssetId => addTagged(library, name, ...tags)
const tagOf = (id: AssetId): string[] => [...library.catalog.assets.get(id)!.tags].sort()
const tag = (name: string): Tag => {
  const found = library.catalog.tags.list().find((listed) => listed.name === name)
  if (found === undefined) throw new Error(`no tag ${name}`)
  return found
}
const paths = (): string[] => library.catalog.tags.list().map(({ path }) => path)
const expectUndoable = (work: () => unknown): void => expectUndoneAndRedone(library, organisation, work)

describe('tags', () => {
  it('are made by the path that is typed, and found by it', () => {
    const id = add('a.png', 'Animals/Cats/Siamese')
    expect(paths()).toEqual(['Animals', 'Animals/Cats', 'Animals/Cats/Siamese'])
    expect(tagOf(id)).toEqual(['Siamese'])
    add('b.png', 'animals / cats', 'cats/siamese', 'SIAMESE')
    expect(namesOf(library.catalog.tags.list())).toEqual(['Animals', 'Cats', 'Siamese'])
    editAssets(library.catalog, { ids: [id] }, { remove_tags: ['animals/siamese'] }, library.now)
    expect(tagOf(id)).toEqual([])
  })

  it('are searched for by path and in any case, in any language', () => {
    add('a.png', 'animals/Šelmy/Kočka')
    add('b.png', 'animals/dog')
    const all: View = { kind: 'everything' }
    for (const text of ['tag:kočka', 'tag:KOČKA', 'tag:animals/kočka', 'tag:šelmy/kočka', 'tag:/ANIMALS/ŠELMY/KOČKA'])
      expect([text, library.names(all, text)]).toEqual([text, ['a.png']])
    for (const text of ['tag:dog/kočka', 'tag:kočka/animals', 'tag:animals/kočk'])
      expect([text, library.names(all, text)]).toEqual([text, []])
    expect(library.names(all, 'tag:Animals')).toEqual(['a.png', 'b.png'])
  })

  it('have one name each: a path that puts it elsewhere is refused, and says where it is', () => {
    add('a.png', 'animals/cats')
    const error = errorOf(() => add('b.png', 'memes/cats'))
    expect(error).toMatchObject({ code: 'tag_name_taken', details: { id: tag('cats').id, path: 'animals/cats' } })
    expect(paths(), 'nothing is left of the attempt').toEqual(['animals', 'animals/cats'])
  })

  it('are found by their aliases, whatever the case', () => {
    add('a.png', 'harbour')
    setTagAliases(library.catalog, tag('harbour').id, ['port', 'Häfen', 'PORT', 'Harbour'], library.now)
    expect(tag('harbour').aliases).toEqual(['port', 'Häfen'])
    expect(tagOf(add('b.png', 'Port'))).toEqual(['harbour'])
    expect(tagOf(add('c.png', 'HÄFEN'))).toEqual(['harbour'])
    createTag(library.catalog, { name: 'ship' }, library.now)
    expect(errorOf(() => setTagAliases(library.catalog, tag('ship').id, ['Port'], library.now)).details).toMatchObject({
      alias: true,
    })
    expect(errorOf(() => setTagAliases(library.catalog, tag('ship').id, ['HARBOUR'], library.now)).code).toBe(
      'tag_name_taken',
    )
    expect(errorOf(() => createTag(library.catalog, { name: 'port' }, library.now)).code).toBe('tag_name_taken')
  })

  it('are renamed, also to another case; a taken name offers the other tag to merge with', () => {
    add('a.png', 'École')
    createTag(library.catalog, { name: 'school', color: '#336699' }, library.now)
    expectUndoable(() => renameTag(library.catalog, tag('École').id, 'école', library.now))
    expect(errorOf(() => renameTag(library.catalog, tag('école').id, 'School', library.now))).toMatchObject({
      code: 'tag_name_taken',
      details: { id: tag('school').id },
    })
  })

  it('keep what was tagged with them when they are renamed and the old name is used again', () => {
    const first = add('a.png', 'sea')
    renameTag(library.catalog, tag('sea').id, 'ocean', library.now)
    const second = add('b.png', 'sea')
    expect([tagOf(first), tagOf(second)]).toEqual([['ocean'], ['sea']])
    toEnd(deleteTags(library.catalog, [tag('ocean').id], library.now))
    expect(tagOf(add('c.png', 'ocean'))).toEqual(['ocean'])
    expect([tagOf(first), tagOf(second)]).toEqual([[], ['sea']])
  })

  it('come back as new when they were deleted and their name is used again', () => {
    add('a.png', 'x/sea')
    setTagAliases(library.catalog, tag('sea').id, ['ocean'], library.now)
    toEnd(deleteTags(library.catalog, [tag('sea').id], library.now))
    expectUndoable(() => createTag(library.catalog, { name: 'Sea' }, library.now))
    expect(tag('Sea')).toMatchObject({ path: 'Sea', aliases: [], asset_count: 0 })
  })

  it('are merged with all that they have, in one step', () => {
    const [a, b, c] = [add('a.png', 'boat'), add('b.png', 'boat', 'ship'), add('c.png', 'ship')]
    createTag(library.catalog, { name: 'boat/sail' }, library.now)
    setTagAliases(library.catalog, tag('boat').id, ['Kahn'], library.now)
    expectUndoable(() => toEnd(mergeTags(library.catalog, [tag('boat').id], tag('ship').id, library.now)))
    expect([a, b, c].map(tagOf)).toEqual([['ship'], ['ship'], ['ship']])
    expect(tag('ship')).toMatchObject({ aliases: ['boat', 'Kahn'], asset_count: 3, total_count: 3 })
    expect(paths()).toEqual(['ship', 'ship/sail'])
    expect(tagOf(add('d.png', 'BOAT'))).toEqual(['ship'])
  })

  it('can be merged into one that is below them', () => {
    createTag(library.catalog, { name: 'top/a/b/c' }, library.now)
    createTag(library.catalog, { name: 'a/other' }, library.now)
    expectUndoable(() => toEnd(mergeTags(library.catalog, [tag('a').id], tag('c').id, library.now)))
    expect(paths()).toEqual(['top', 'top/c', 'top/c/b', 'top/c/other'])
  })

  it('are moved with what is below them, but never below themselves or too deep', () => {
    createTag(library.catalog, { name: 'a/b/c' }, library.now)
    createTag(library.catalog, { name: 'z' }, library.now)
    expectUndoable(() => moveTag(library.catalog, tag('a').id, tag('z').id, undefined, library.now))
    expect(paths()).toEqual(['z', 'z/a', 'z/a/b', 'z/a/b/c'])
    expect(errorOf(() => moveTag(library.catalog, tag('z').id, tag('c').id, undefined, library.now)).code).toBe(
      'inside_itself',
    )
    const deep = Array.from({ length: 16 }, (_, depth) => `d${depth}`).join('/')
    createTag(library.catalog, { name: deep }, library.now)
    expect(errorOf(() => moveTag(library.catalog, tag('z').id, tag('d15').id, undefined, library.now)).code).toBe(
      'too_deep',
    )
    expect(errorOf(() => createTag(library.catalog, { name: `${deep}/more` }, library.now)).code).toBe('too_deep')
  })

  it('stand in the order of their names until somebody orders them', () => {
    for (const name of ['c', 'a', 'B']) createTag(library.catalog, { name }, library.now)
    expect(paths()).toEqual(['a', 'B', 'c'])
    expectUndoable(() => moveTag(library.catalog, tag('c').id, null, tag('B').id, library.now))
    expect(paths()).toEqual(['a', 'c', 'B'])
  })

  it('are deleted with their links, and undo brings both back', () => {
    add('a.png', 'x/y/z', 'y')
    expectUndoable(() => toEnd(deleteTags(library.catalog, [tag('x').id, tag('y').id], library.now)))
    expect(paths()).toEqual(['z'])
    expectUndoable(() => colorTag(library.catalog, tag('z').id, '#00ff00', library.now))
  })

  it('count what a search for them finds, alone and with what is below', () => {
    const [a, b] = [add('a.png', 'x', 'x/y'), add('b.png', 'y')]
    add('c.png', 'x')
    expect(tag('x')).toMatchObject({ asset_count: 2, total_count: 3 })
    trashAssets(library.catalog, { ids: [a] }, library.now)
    expect([tag('x'), tag('y')]).toMatchObject([
      { asset_count: 1, total_count: 2 },
      { asset_count: 1, total_count: 1 },
    ])
    restoreAssets(library.catalog, { ids: [a] }, 1, library.now)
    expect(tag('x').total_count).toBe(3)
    expect(library.names({ kind: 'library' }, 'tag:y')).toHaveLength(tag('y').total_count)
    moveTag(library.catalog, tag('y').id, null, undefined, library.now)
    expect(tag('x')).toMatchObject({ asset_count: 2, total_count: 2 })
    expect(tagOf(b)).toEqual(['y'])
  })

  it('are suggested for what is typed and for what is selected', () => {
    const [a, b] = [add('a.png', 'harbour', 'boat', 'dusk'), add('b.png', 'harbour', 'boat')]
    const c = add('c.png', 'harbour')
    setTagAliases(library.catalog, tag('boat').id, ['ship'], library.now)
    expect(namesOf(completeTags(library.catalog, 'Sh', 5))).toEqual(['boat'])
    expect(namesOf(completeTags(library.catalog, 'zzz', 5))).toEqual([])
    const suggested = namesOf(suggestTags(library.catalog, { ids: [c] }, 5))
    expect(suggested[0]).toBe('boat')
    expect(suggested).not.toContain('harbour')
    expect(namesOf(suggestTags(library.catalog, { ids: [a, b] }, 5))).toEqual(['dusk'])
  })
})
