import { Plus, X } from 'lucide-react'
import type { SelectionSummary } from '../../../shared/domain/selectionSummary.ts'
import type { RowIds } from '../../state/rowSet.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import styles from './Chips.module.css'
import { TagField } from './TagField.tsx'

/** More tags than these are not told by name. */
const SHOWN = 40

/** Tags of several assets. One that only some have says how many, and can be given to all. */
export function ManyTags({
  tags,
  of,
  rowIds,
  onAdd,
  onRemove,
}: {
  /** Null when they are not known. */
  readonly tags: SelectionSummary['tags'] | null
  readonly of: number
  readonly rowIds: RowIds
  readonly onAdd: (tags: readonly string[]) => void
  readonly onRemove: (tag: string) => void
}) {
  const onAll = (tags ?? []).filter((tag) => tag.with === of).map((tag) => tag.name)
  return (
    <ul className={styles.chips} aria-label={strings.tags}>
      {(tags ?? []).slice(0, SHOWN).map(({ name, color, with: count }) => (
        <li key={name} className={styles.chip} data-partial={count < of || undefined}>
          {color === null ? null : <span className={styles.dot} style={{ background: color }} />}
          <span className={styles.text} title={name}>
            {name}
          </span>
          {count < of ? (
            <>
              <span className={styles.of}>{strings.tagOnSome(count, of)}</span>
              <button
                type="button"
                className={styles.give}
                aria-label={strings.tagOnAll(name)}
                title={strings.tagOnAll(name)}
                onClick={() => onAdd([name])}
              >
                <Plus aria-hidden="true" />
              </button>
            </>
          ) : null}
          <button
            type="button"
            className={styles.remove}
            aria-label={strings.removeTag(name)}
            onClick={() => onRemove(name)}
          >
            <X aria-hidden="true" />
          </button>
        </li>
      ))}
      {tags !== null && tags.length > SHOWN ? (
        <li className={styles.of}>{strings.moreTags(tags.length - SHOWN)}</li>
      ) : null}
      <li className={styles.adding}>
        <TagField present={onAll} rowIds={rowIds} onAdd={onAdd} />
      </li>
    </ul>
  )
}
