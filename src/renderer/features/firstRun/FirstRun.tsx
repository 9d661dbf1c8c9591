import { FolderOpen, TriangleAlert } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { messageOf, request } from '../../api/client.ts'
import { openDialog } from '../../state/panels.ts'
import { firstRun as strings } from '../../strings/firstRun.ts'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './FirstRun.module.css'
import { LibraryParts } from './LibraryParts.tsx'
import { type OpenFailure, useOpenLibrary } from './useOpenLibrary.ts'
import { VitrineMark } from './VitrineMark.tsx'

/**
 * Asks the one thing that a first start needs to know: where the library lives. `failure` is why the library of last
 * time could not be opened, if that is why this is shown.
 */
export function FirstRun({ failure: before = null }: { readonly failure?: OpenFailure | null }) {
  const [path, setPath] = useState('')
  const { doing, failure, open, fail } = useOpenLibrary(before)
  const questionId = useId()
  const noteId = useId()

  useEffect(() => {
    request('shell.info').then(
      (info) => setPath((current) => (current === '' ? info.defaultLibrary : current)),
      (thrown: unknown) => fail({ code: 'internal', message: messageOf(thrown), path: null }),
    )
  }, [fail])

  const create = () => {
    const wanted = path.trim()
    if (wanted === '') fail({ code: 'usage', message: strings.pathRequired, path: null })
    else void open(wanted, true)
  }

  const choose = async () => {
    const chosen = await request('shell.chooseFolder', { title: strings.chooseTitle })
    if (chosen !== null) setPath(chosen)
  }

  const openExisting = async () => {
    const chosen = await request('shell.chooseFolder', { title: strings.openTitle })
    if (chosen !== null) await open(chosen, false)
  }

  const guarded = (action: () => Promise<void>) => () => {
    action().catch((thrown: unknown) => fail({ code: 'internal', message: messageOf(thrown), path: null }))
  }

  return (
    <main className={styles.page}>
      <form
        className={styles.sheet}
        aria-busy={doing !== null}
        onSubmit={(event) => {
          event.preventDefault()
          create()
        }}
      >
        <header className={styles.head}>
          <VitrineMark />
          <h1 className={styles.title}>{strings.title}</h1>
          <p className={styles.intro}>{strings.intro}</p>
        </header>

        <div className={styles.question}>
          <label className={styles.label} htmlFor={questionId}>
            {strings.question}
          </label>
          <div className={styles.place}>
            <TextField
              id={questionId}
              className={styles.path ?? ''}
              value={path}
              disabled={doing !== null}
              aria-describedby={noteId}
              aria-invalid={failure !== null}
              onChange={(event) => setPath(event.target.value)}
            />
            <Button icon={<FolderOpen aria-hidden="true" />} disabled={doing !== null} onClick={guarded(choose)}>
              {strings.choose}
            </Button>
          </div>
          <div id={noteId}>
            {failure === null ? (
              <p className={styles.hint}>{strings.hint}</p>
            ) : (
              <Failure failure={failure} typed={path.trim()} onOpen={open} />
            )}
          </div>
        </div>

        <LibraryParts />

        <div className={styles.actions}>
          <Button variant="primary" type="submit" disabled={doing !== null}>
            {doing === 'creating' ? strings.creating : strings.create}
          </Button>
          <Button variant="quiet" disabled={doing !== null} onClick={guarded(openExisting)}>
            {doing === 'opening' ? strings.opening : strings.openExisting}
          </Button>
          <Button variant="quiet" disabled={doing !== null} onClick={() => openDialog('join-library')}>
            {strings.join}
          </Button>
          {doing === null ? null : <Spinner />}
        </div>
        <p className={styles.later}>{strings.later}</p>
      </form>
    </main>
  )
}

/** Why it did not work and, where the answer is one step away, that step. */
function Failure({
  failure,
  typed,
  onOpen,
}: {
  readonly failure: OpenFailure
  /** What the field above says; a failure about another folder names it. */
  readonly typed: string
  readonly onOpen: (path: string, create: boolean) => Promise<void>
}) {
  const { path } = failure
  const instead = failure.code === 'library_exists' ? false : failure.code === 'library_not_found' ? true : null
  return (
    <div className={styles.failure} role="alert">
      <TriangleAlert aria-hidden="true" />
      <div className={styles.failureText}>
        {path === null || path === typed || failure.message.includes(path) ? null : (
          <p className={styles.failurePath}>{path}</p>
        )}
        <p>{failure.message}</p>
        {path === null || instead === null ? null : (
          <Button size="s" onClick={() => void onOpen(path, instead)}>
            {instead ? strings.createInstead : strings.openInstead}
          </Button>
        )}
      </div>
    </div>
  )
}
