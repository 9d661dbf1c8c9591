import { Plus, X } from 'lucide-react'
import { inspector as strings } from '../../strings/inspector.ts'
import styles from './Chips.module.css'
import type { TagCount } from './sharedValues.ts'
import { TagField } from './TagField.tsx'

/** Tags of several assets. One that only some have says how many, and can be given to all. */
export function ManyTags({
  tags,
  of,
  onAdd,
  onRemove,
}: {
  /** Null when they are not known. */
  readonly tags: readonly TagCount[] | null
  readonly of: number
  readonly onAdd: (tags: readonly string[]) => void
  readonly onRemove: (tag: string) => void
}) {
  const onAll = (tags ?? []).filter((tag) => tag.count === of).map((tag) => tag.name)
  return (
    <ul className={styles.chips} aria-label={strings.tags}>
      {(tags ?? []).map(({ name, count }) => (
        <li key={name} className={styles.chip} data-partial={count < of || undefined}>
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
      <li className={styles.adding}>
        <TagField present={onAll} onAdd={onAdd} />
      </li>
    </ul>
  )
}
