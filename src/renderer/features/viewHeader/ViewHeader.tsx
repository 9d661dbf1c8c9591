import { useLibrary } from '../../queries/library.ts'
import { useNow } from '../../queries/now.ts'
import { usePlaceName } from '../../queries/place.ts'
import { useVector } from '../../queries/vector.ts'
import { useBrowse } from '../../state/browse.ts'
import { useSelection } from '../../state/selection.ts'
import { frame } from '../../strings/frame.ts'
import { spanText } from '../../strings/quantities.ts'
import { JobStrip } from './JobStrip.tsx'
import { SelectionActions } from './SelectionActions.tsx'
import styles from './ViewHeader.module.css'

/** Where a person is, what is there, and what can be done with what is selected. */
export function ViewHeader() {
  const name = usePlaceName()
  const view = useBrowse((browse) => browse.view)
  const selected = useSelection((selection) => selection.selected.size)
  return (
    <div className={styles.header}>
      <div className={styles.line}>
        <h1 className={styles.title}>{name}</h1>
        {selected > 0 ? <Selected count={selected} /> : <Facts />}
        <div className={styles.space} />
        {selected > 0 ? <SelectionActions /> : null}
      </div>
      {view.kind === 'workspace' ? <JobStrip /> : null}
    </div>
  )
}

function Selected({ count }: { readonly count: number }) {
  const total = useVector((vector) => vector.total)
  return (
    <p className={styles.facts} role="status">
      {frame.selectedOf(count, total)}
    </p>
  )
}

function Facts() {
  const view = useBrowse((browse) => browse.view)
  const searching = useBrowse((browse) => browse.text.trim() !== '')
  const { total, key, complete } = useVector()
  const nextExpiryAt = useLibrary((library) => library.counts?.nextExpiryAt ?? null)
  const now = useNow(30_000)
  if (key === null || !complete || (total === 0 && !searching)) return null
  const facts = [searching ? frame.results(total) : frame.counted(total)]
  if (view.kind === 'workspace' && !searching && nextExpiryAt !== null) {
    facts.push(frame.nextExpiry(spanText((Date.parse(nextExpiryAt) - now) / 1000)))
  }
  if (view.kind === 'trash') facts.push(frame.emptyTrashNote)
  return (
    <p className={styles.facts} role="status">
      {facts.join(' · ')}
    </p>
  )
}
