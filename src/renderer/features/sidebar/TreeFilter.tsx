import { Search, X } from 'lucide-react'
import { organise } from '../../strings/organise.ts'
import styles from './TreeFilter.module.css'

/** Narrows a long tree to what is named like the text. */
export function TreeFilter({
  label,
  text,
  onChange,
}: {
  readonly label: string
  readonly text: string
  readonly onChange: (text: string) => void
}) {
  return (
    <div className={styles.filter}>
      <Search aria-hidden="true" />
      <input
        type="text"
        className={styles.input}
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={255}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return
          event.stopPropagation()
          onChange('')
        }}
      />
      {text === '' ? null : (
        <button type="button" className={styles.clear} aria-label={organise.clearFilter} onClick={() => onChange('')}>
          <X aria-hidden="true" />
        </button>
      )}
    </div>
  )
}
