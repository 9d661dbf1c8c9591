import { Sparkle, X } from 'lucide-react'
import { discardRest } from '../../actions/lifecycle.ts'
import { useLibrary } from '../../queries/library.ts'
import { useNow } from '../../queries/now.ts'
import { usePlaceName } from '../../queries/place.ts'
import { useVector } from '../../queries/vector.ts'
import { useBrowse } from '../../state/browse.ts'
import { useSelection } from '../../state/selection.ts'
import { saveSearch } from '../../state/smartDialog.ts'
import { frame } from '../../strings/frame.ts'
import { lifecycle as lifecycleStrings } from '../../strings/lifecycle.ts'
import { bytesText, spanText } from '../../strings/quantities.ts'
import { smart } from '../../strings/smart.ts'
import { Button } from '../../ui/Button.tsx'
import { CollectionStrip } from './CollectionStrip.tsx'
import { HeldStrip } from './HeldStrip.tsx'
import { JobRequest } from './JobRequest.tsx'
import { JobStrip } from './JobStrip.tsx'
import { SelectionActions } from './SelectionActions.tsx'
import { SmartStrip } from './SmartStrip.tsx'
import { smartQueryOf } from './smartQueryOf.ts'
import { TrashStrip } from './TrashStrip.tsx'
import { useKnownSessions } from './useSessions.ts'
import styles from './ViewHeader.module.css'
import { sessionParts, type WorkspaceView } from './workspaceParts.ts'

/** Where a person is, what is there, and what can be done with what is selected. */
export function ViewHeader() {
  const name = usePlaceName()
  const view = useBrowse((browse) => browse.view)
  const selected = useSelection((selection) => selection.selected.size)
  const collection = useLibrary(({ collections, archived }) =>
    view.kind === 'collection' ? [...collections, ...archived].find(({ id }) => id === view.collectionId) : undefined,
  )
  return (
    <div className={styles.header}>
      <div className={styles.line}>
        <h1 className={styles.title}>{name}</h1>
        {selected > 0 ? <Selected count={selected} /> : <Facts />}
        <div className={styles.space} />
        {selected > 0 ? (
          <SelectionActions />
        ) : (
          <>
            {view.kind === 'workspace' ? <DiscardRest view={view} /> : null}
            <SaveSearch />
          </>
        )}
      </div>
      {view.kind === 'workspace' ? (
        <>
          <JobStrip view={view} />
          {view.jobId === undefined ? null : <JobRequest jobId={view.jobId} />}
          <HeldStrip />
        </>
      ) : null}
      {view.kind === 'trash' ? <TrashStrip /> : null}
      {collection === undefined ? null : <CollectionStrip collection={collection} />}
      {collection?.kind === 'smart' ? <SmartStrip collection={collection} /> : null}
    </div>
  )
}

/** When the first of what the view shows expires, as far as that is known; null outside of the Workspace. */
function useNextExpiry(): string | null {
  const view = useBrowse((browse) => browse.view)
  const anywhere = useLibrary((library) => library.counts?.nextExpiryAt ?? null)
  const sessions = useKnownSessions()
  if (view.kind !== 'workspace' || view.jobId !== undefined) return null
  return view.session === undefined ? anywhere : (sessionParts(sessions, view).current?.nextExpiryAt ?? null)
}

/** What ends a session or a job once what is good of it is kept. One step to undo. */
function DiscardRest({ view }: { readonly view: WorkspaceView }) {
  const empty = useVector((vector) => vector.total === 0)
  const searching = useBrowse((browse) => browse.text.trim() !== '')
  if (empty || searching || (view.session === undefined && view.jobId === undefined)) return null
  return (
    <Button size="s" icon={<X />} onClick={() => void discardRest(view)}>
      {view.jobId === undefined ? lifecycleStrings.discardRestOfSession : lifecycleStrings.discardRestOfJob}
    </Button>
  )
}

/** Makes a smart collection of the present search. */
function SaveSearch() {
  const searching = useBrowse((browse) => browse.text.trim() !== '' && browse.view.kind !== 'trash')
  if (!searching) return null
  const save = () => {
    const { view, text } = useBrowse.getState()
    saveSearch(smartQueryOf(view, text, useLibrary.getState().collections))
  }
  return (
    <Button size="s" variant="quiet" icon={<Sparkle />} title={smart.save} onClick={save}>
      <span className={styles.saveName}>{smart.save}</span>
    </Button>
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
  const nextExpiryAt = useNextExpiry()
  const trashBytes = useLibrary((library) => library.lifecycle?.trash.bytes ?? null)
  const now = useNow(30_000)
  if (key === null || !complete || (total === 0 && !searching)) return null
  const facts = [searching ? frame.results(total) : frame.counted(total)]
  // What is due and waits has a line of its own.
  if (!searching && nextExpiryAt !== null && Date.parse(nextExpiryAt) > now) {
    facts.push(frame.nextExpiry(spanText((Date.parse(nextExpiryAt) - now) / 1000)))
  }
  if (view.kind === 'trash' && !searching && trashBytes !== null) facts.push(bytesText(trashBytes))
  return (
    <p className={styles.facts} role="status">
      {facts.join(' · ')}
    </p>
  )
}
