import { Plus, X } from 'lucide-react'
import type { SelectionSummary } from '../../../shared/domain/selectionSummary.ts'
import { addToCollection, removeFromCollection } from '../../actions/collections.ts'
import { useLibrary } from '../../queries/library.ts'
import type { RowIds } from '../../state/rowSet.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { AddToCollection } from './AddToCollection.tsx'
import styles from './Chips.module.css'

/** More than these are not told by name. */
const SHOWN = 20

/** Collections that several assets are in. One that only some are in says how many, and can take in all. */
export function ManyCollections({
  collections,
  of,
  rowIds,
}: {
  readonly collections: SelectionSummary['collections']
  readonly of: number
  readonly rowIds: RowIds
}) {
  const permanent = useLibrary((library) => library.collections.find((one) => one.is_permanent)?.id)
  return (
    <ul className={styles.chips} aria-label={strings.collections}>
      {collections.slice(0, SHOWN).map(({ id, name, with: count }) => (
        <li key={id} className={styles.chip} data-partial={count < of || undefined}>
          <span className={styles.text} title={name}>
            {name}
          </span>
          {count < of ? <span className={styles.of}>{strings.tagOnSome(count, of)}</span> : null}
          {count < of && id !== permanent ? (
            <button
              type="button"
              className={styles.give}
              aria-label={strings.addAllTo(name)}
              title={strings.addAllTo(name)}
              onClick={() => void addToCollection(id, rowIds.slice())}
            >
              <Plus aria-hidden="true" />
            </button>
          ) : null}
          {id === permanent ? null : (
            <button
              type="button"
              className={styles.remove}
              aria-label={strings.removeFromCollection(name)}
              onClick={() => void removeFromCollection(id, rowIds.slice())}
            >
              <X aria-hidden="true" />
            </button>
          )}
        </li>
      ))}
      {collections.length > SHOWN ? (
        <li className={styles.of}>{strings.moreTags(collections.length - SHOWN)}</li>
      ) : null}
      <li>
        <AddToCollection />
      </li>
    </ul>
  )
}
