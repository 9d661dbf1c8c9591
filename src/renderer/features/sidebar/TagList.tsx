import { Hash } from 'lucide-react'
import type { Tag } from '../../../shared/domain/tag.ts'
import { useLibrary } from '../../queries/library.ts'
import { useBrowse } from '../../state/browse.ts'
import { frame } from '../../strings/frame.ts'
import { countText } from '../../strings/quantities.ts'
import place from './PlaceButton.module.css'
import styles from './Sidebar.module.css'

/** The tags in use; each searches the Library for itself. Absent while there is none. */
export function TagList() {
  const tags = useLibrary((library) => library.tags)
  const text = useBrowse((browse) => browse.text)
  const used = tags.filter((tag) => tag.asset_count > 0)
  if (used.length === 0) return null
  return (
    <>
      <h2 className={styles.heading}>{frame.tags}</h2>
      {used.map((tag) => (
        <button
          key={tag.id}
          type="button"
          className={place.place}
          aria-current={text === tagSearch(tag) ? 'page' : undefined}
          onClick={() => useBrowse.setState({ view: { kind: 'library' }, text: tagSearch(tag) })}
        >
          {tag.color === null ? (
            <Hash aria-hidden="true" />
          ) : (
            <span className={styles.dot} style={{ background: tag.color }} />
          )}
          <span className={place.name}>{tag.name}</span>
          <span className={styles.count}>{countText(tag.asset_count)}</span>
        </button>
      ))}
    </>
  )
}

/** The search that finds the assets of a tag. */
function tagSearch(tag: Tag): string {
  return /^[\p{L}\p{N}_/-]+$/u.test(tag.name) ? `tag:${tag.name}` : `tag:"${tag.name.replaceAll('"', '')}"`
}
