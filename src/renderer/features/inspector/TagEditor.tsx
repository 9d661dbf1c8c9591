import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useLibrary } from '../../queries/library.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import styles from './Chips.module.css'
import { TagField } from './TagField.tsx'

/** More tags than these are folded away, so that what comes below stays in sight. */
const SHOWN = 14

/** The tags of one asset: chips to remove, and a field with completion to add. */
export function TagEditor({
  tags,
  rowId,
  onAdd,
  onRemove,
}: {
  readonly tags: readonly string[]
  readonly rowId: number
  readonly onAdd: (tags: readonly string[]) => void
  readonly onRemove: (tag: string) => void
}) {
  const known = useLibrary((library) => library.tags)
  const rowIds = useMemo(() => Int32Array.of(rowId), [rowId])
  const [all, setAll] = useState(false)
  const shown = all ? tags : tags.slice(0, SHOWN)
  const found = useMemo(() => new Map(known.map((tag) => [tag.name, tag])), [known])
  return (
    <ul className={styles.chips} aria-label={strings.tags}>
      {shown.map((tag) => {
        const color = found.get(tag)?.color ?? null
        return (
          <li key={tag} className={styles.chip}>
            {color === null ? null : <span className={styles.dot} style={{ background: color }} />}
            <span className={styles.text} title={found.get(tag)?.path ?? tag}>
              {tag}
            </span>
            <button
              type="button"
              className={styles.remove}
              aria-label={strings.removeTag(tag)}
              onClick={() => onRemove(tag)}
            >
              <X aria-hidden="true" />
            </button>
          </li>
        )
      })}
      {tags.length > shown.length ? (
        <li>
          <button type="button" className={styles.more} onClick={() => setAll(true)}>
            {strings.moreTags(tags.length - shown.length)}
          </button>
        </li>
      ) : null}
      <li className={styles.adding}>
        <TagField present={tags} rowIds={rowIds} onAdd={onAdd} />
      </li>
    </ul>
  )
}
