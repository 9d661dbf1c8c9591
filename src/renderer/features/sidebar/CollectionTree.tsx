import { Folder, FolderDot, Sparkle } from 'lucide-react'
import { type DragEvent, useCallback, useMemo } from 'react'
import { thumbnailUrl } from '../../../shared/contract/bridge.ts'
import { type Collection, collectionNameSchema } from '../../../shared/domain/collection.ts'
import { collectionIdSchema } from '../../../shared/domain/ids.ts'
import { broughtFiles } from '../../actions/broughtFiles.ts'
import {
  addToCollection,
  createCollection,
  deleteCollection,
  moveCollection,
  renameCollection,
} from '../../actions/collections.ts'
import { collectionTarget, importBrought, libraryTarget } from '../../actions/imports.ts'
import { bringsSomething } from '../../actions/webAddresses.ts'
import { useLibrary } from '../../queries/library.ts'
import { isAssetDrag, useAssetDrag } from '../../state/assetDrag.ts'
import { openView, useBrowse } from '../../state/browse.ts'
import { setFold, useFolds } from '../../state/folds.ts'
import { frame } from '../../strings/frame.ts'
import { organise } from '../../strings/organise.ts'
import { collectionMenu } from './collectionMenu.tsx'
import { nameFieldOf } from './nameFieldOf.tsx'
import { PinnedMark } from './PinnedMark.tsx'
import { SmartCount } from './SmartCount.tsx'
import { DRAFT, withDraft } from './tree/draft.ts'
import { countOf, Tree } from './tree/Tree.tsx'
import type { TreeDrag } from './tree/useTreeDrag.ts'
import type { useNaming } from './useNaming.ts'

const idOf = (id: string | null) => (id === null ? null : collectionIdSchema.parse(id))

/** Collections of the sidebar: shown, named, nested, ordered, and filled by dropping assets or files onto them. */
export function CollectionTree({
  collections,
  archived = false,
  filtered = false,
  names,
}: {
  /** Depth-first. */
  readonly collections: readonly Collection[]
  readonly archived?: boolean
  /** Only those that match something are shown, with all that is above them. */
  readonly filtered?: boolean
  readonly names: ReturnType<typeof useNaming>
}) {
  const { naming, start, again, stop } = names
  const open = useFolds((folds) => folds.open)
  const isOpen = useCallback((id: string) => filtered || open.has(id), [filtered, open])
  const current = useBrowse(({ screen, view }) =>
    screen === 'assets' && view.kind === 'collection' ? view.collectionId : null,
  )
  const pinnedIds = useLibrary(({ care }) => care?.pinned)
  const pinned = useMemo(() => new Set(pinnedIds), [pinnedIds])
  const items = useMemo(
    () => (naming?.kind === 'new' ? withDraft(collections, draftIn(naming.parent), 'last') : collections),
    [collections, naming],
  )
  const drag: TreeDrag<Collection> = {
    type: 'application/x-vitrine-collection',
    ordered: !filtered && !archived,
    holds: (collection) => !collection.is_permanent,
    fixed: (collection) => collection.is_permanent,
    canMove: (collection) => !collection.is_permanent && !archived,
    move: (id, { parentId, before }) => {
      if (parentId !== null) setFold(parentId, true)
      void moveCollection(collectionIdSchema.parse(id), idOf(parentId), idOf(before))
    },
    accepts,
    drop: dropOnto,
  }

  const name = async (text: string) => {
    if (naming?.kind === 'rename') {
      await renameCollection(collectionIdSchema.parse(naming.id), text)
      return stop()
    }
    const collection = await createCollection(text, idOf(naming?.parent ?? null) ?? undefined)
    // Refused: a person has been told why, and the field stays for another name.
    if (collection === null) return again()
    stop()
    openView({ kind: 'collection', collectionId: collection.id })
  }
  return (
    <Tree
      label={archived ? organise.archive : frame.collections}
      items={items}
      isOpen={isOpen}
      onFold={setFold}
      current={current}
      onShow={({ id }) => id !== current && openView({ kind: 'collection', collectionId: id })}
      icon={iconOf}
      count={({ id, kind, asset_count: count }) => (
        <>
          {pinned.has(id) ? <PinnedMark /> : null}
          {kind === 'smart' ? <SmartCount id={id} /> : countOf(count)}
        </>
      )}
      hint={({ name: text, asset_count: own, total_count: all }) => organise.collectionHint(text, own, all)}
      menu={(collection) => collectionMenu(collection, archived, start)}
      drag={drag}
      renaming={nameFieldOf(names, collections, {
        label: frame.collectionName,
        icon: <Folder aria-hidden="true" />,
        schema: collectionNameSchema,
        onCommit: name,
      })}
      onRename={({ id, is_permanent: permanent }) => !permanent && !archived && start({ kind: 'rename', id })}
      onDelete={({ id, is_permanent: permanent }) => !permanent && void deleteCollection(id)}
    />
  )
}

/** The cover that a person chose, else what kind of collection it is. */
function iconOf({ is_permanent: permanent, kind, cover_asset_id: chosen, ...cover }: Collection) {
  if (chosen !== null && cover.cover_has_thumbnail && cover.cover_sha256 !== null)
    return <img src={thumbnailUrl(cover.cover_sha256, 150)} alt="" draggable={false} />
  const Icon = permanent ? FolderDot : kind === 'smart' ? Sparkle : Folder
  return <Icon aria-hidden="true" />
}

/** A collection that has no name yet; it is only ever a line with a field. */
function draftIn(parent: string | null): Collection {
  return {
    id: DRAFT as Collection['id'],
    parent_id: idOf(parent),
    name: '',
    description: null,
    metadata: {},
    kind: 'manual',
    query: null,
    cover_asset_id: null,
    cover_sha256: null,
    cover_has_thumbnail: false,
    position: 0,
    is_permanent: false,
    asset_count: null,
    total_count: 0,
    archived_at: null,
    created_at: '',
    updated_at: '',
  }
}

/** Assets join the collection, files from outside are imported into it; what nobody fills by hand takes no assets. */
function accepts({ dataTransfer: { types } }: DragEvent, { is_permanent, kind }: Collection): boolean {
  if (kind === 'smart') return false
  return isAssetDrag() ? !is_permanent : bringsSomething(types)
}

function dropOnto({ dataTransfer }: DragEvent, collection: Collection): void {
  const { rowIds } = useAssetDrag.getState()
  if (rowIds !== null) void addToCollection(collection.id, rowIds)
  else {
    const target = collection.is_permanent ? libraryTarget : collectionTarget(collection)
    void importBrought(broughtFiles(dataTransfer), target)
  }
}
