import { Hash, Plus } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { tagIdSchema } from '../../../shared/domain/ids.ts'
import { withCondition } from '../../../shared/domain/search/editSearch.ts'
import { type Tag, tagKey, tagNameSchema } from '../../../shared/domain/tag.ts'
import { edit } from '../../actions/assets.ts'
import { createTag, deleteTag, mergeTags, moveTag, renameTag } from '../../actions/tags.ts'
import { useLibrary } from '../../queries/library.ts'
import { isAssetDrag, useAssetDrag } from '../../state/assetDrag.ts'
import { findEverywhere, useBrowse } from '../../state/browse.ts'
import { setFold, useFolds } from '../../state/folds.ts'
import { organise } from '../../strings/organise.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { FILTER_FROM } from './Collections.tsx'
import { nameFieldOf } from './nameFieldOf.tsx'
import { Section } from './Section.tsx'
import styles from './Sidebar.module.css'
import { TreeFilter } from './TreeFilter.tsx'
import { tagMenu } from './tagMenu.tsx'
import { DRAFT, withDraft } from './tree/draft.ts'
import { countOf, Tree } from './tree/Tree.tsx'
import { filterTree } from './tree/treeRows.ts'
import type { TreeDrag } from './tree/useTreeDrag.ts'
import { useNaming } from './useNaming.ts'

const idOf = (id: string | null) => (id === null ? null : tagIdSchema.parse(id))

/** The tags; each searches for itself and what is below it. Assets dropped onto one get it. */
export function TagTree() {
  const tags = useLibrary((library) => library.tags)
  const names = useNaming()
  const { naming, start, again, stop } = names
  const [text, setText] = useState('')
  const wanted = tagKey(useDeferredValue(text).trim())
  const filtered = wanted !== '' && tags.length > FILTER_FROM
  const shown = useMemo(
    () =>
      filtered
        ? filterTree(tags, ({ name, aliases }) => [name, ...aliases].some((one) => tagKey(one).includes(wanted)))
        : tags,
    [tags, filtered, wanted],
  )
  const items = useMemo(
    () => (naming?.kind === 'new' ? withDraft(shown, draftIn(naming.parent), 'first') : shown),
    [shown, naming],
  )
  const open = useFolds((folds) => folds.open)
  const isOpen = useCallback((id: string) => filtered || open.has(id), [filtered, open])
  const search = useBrowse(({ screen, text: typed }) => (screen === 'assets' ? typed.trim() : ''))
  const current = useMemo(
    () =>
      search.startsWith('tag:')
        ? (tags.find(({ name }) => withCondition('', 'tag', name) === search)?.id ?? null)
        : null,
    [tags, search],
  )
  const drag: TreeDrag<Tag> = {
    type: 'application/x-vitrine-tag',
    ordered: !filtered,
    holds: () => true,
    fixed: () => false,
    canMove: () => true,
    move: (id, { parentId, before }) => {
      if (parentId !== null) setFold(parentId, true)
      // Into a tag, not between two: its name puts it in its place.
      void moveTag(
        tagIdSchema.parse(id),
        idOf(parentId),
        before === null && parentId !== null ? undefined : idOf(before),
      )
    },
    merge: (id, into) => void mergeTags([tagIdSchema.parse(id)], tagIdSchema.parse(into)),
    accepts: isAssetDrag,
    drop: (_, { name }) => {
      const { rowIds } = useAssetDrag.getState()
      if (rowIds !== null) void edit({ add_tags: [name] }, rowIds)
    },
  }

  const name = async (typed: string) => {
    if (naming?.kind === 'rename') {
      await renameTag(tagIdSchema.parse(naming.id), typed)
      return stop()
    }
    if (await createTag(typed, idOf(naming?.parent ?? null) ?? undefined)) stop()
    else again()
  }
  return (
    <Section
      name={organise.tags}
      fold="tags"
      action={
        <IconButton label={organise.newTag} size="s" onClick={() => start({ kind: 'new', parent: null })}>
          <Plus />
        </IconButton>
      }
    >
      {tags.length > FILTER_FROM ? <TreeFilter label={organise.filterTags} text={text} onChange={setText} /> : null}
      {filtered && shown.length === 0 ? <p className={styles.note}>{organise.noMatch(text)}</p> : null}
      {tags.length === 0 && naming === null ? <p className={styles.note}>{organise.noTags}</p> : null}
      {items.length === 0 ? null : (
        <Tree
          label={organise.tags}
          items={items}
          isOpen={isOpen}
          onFold={setFold}
          current={current}
          onShow={(tag) => findEverywhere('tag', tag.name)}
          icon={iconOf}
          count={({ total_count: total }) => countOf(total)}
          hint={({ path, total_count: total, aliases }) => organise.tagHint(path, total, aliases)}
          menu={(tag) => tagMenu(tag, start)}
          drag={drag}
          renaming={nameFieldOf(names, tags, {
            label: organise.tagName,
            icon: <Hash aria-hidden="true" />,
            schema: tagNameSchema,
            onCommit: name,
          })}
          onRename={({ id }) => start({ kind: 'rename', id })}
          onDelete={({ id }) => void deleteTag(id)}
        />
      )}
    </Section>
  )
}

function iconOf({ color }: Tag) {
  return color === null ? (
    <Hash aria-hidden="true" />
  ) : (
    <span className={styles.dot} style={{ background: color }} aria-hidden="true" />
  )
}

/** A tag that has no name yet; it is only ever a line with a field. */
function draftIn(parent: string | null): Tag {
  const counts = { asset_count: 0, total_count: 0, position: 0 }
  return { id: DRAFT as Tag['id'], parent_id: idOf(parent), name: '', path: '', color: null, aliases: [], ...counts }
}
