import { FolderTree } from 'lucide-react'
import { thumbnailUrl } from '../../../shared/contract/bridge.ts'
import type { Collection } from '../../../shared/domain/collection.ts'
import { useLibrary } from '../../queries/library.ts'
import { useBrowse } from '../../state/browse.ts'
import { openOrganise } from '../../state/organise.ts'
import { organise } from '../../strings/organise.ts'
import styles from './CollectionStrip.module.css'

/** What the collection is for, its cover, and whether what is nested in it is shown too. Absent if there is nothing to say. */
export function CollectionStrip({ collection }: { readonly collection: Collection }) {
  const { id, description } = collection
  const cover = collection.cover_has_thumbnail ? collection.cover_sha256 : null
  const holdsOthers = useLibrary((library) =>
    [...library.collections, ...library.archived].some((one) => one.parent_id === id),
  )
  const deep = useBrowse(({ view }) => view.kind === 'collection' && view.deep === true)
  if (description === null && !holdsOthers) return null
  return (
    <div className={styles.strip}>
      {description === null ? null : (
        <>
          {cover === null ? null : (
            <img className={styles.cover} src={thumbnailUrl(cover, 150)} alt={organise.cover} draggable={false} />
          )}
          <button
            type="button"
            className={styles.description}
            title={organise.describe}
            onClick={() => openOrganise({ kind: 'describe-collection', id })}
          >
            {description}
          </button>
        </>
      )}
      {holdsOthers ? (
        <button
          type="button"
          className={styles.nested}
          aria-pressed={deep}
          title={organise.withNestedHint}
          onClick={() =>
            useBrowse.setState({ view: { kind: 'collection', collectionId: id, ...(deep ? {} : { deep: true }) } })
          }
        >
          <FolderTree aria-hidden="true" />
          {organise.withNested}
        </button>
      ) : null}
    </div>
  )
}
