import { RotateCcw, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ImportFailure, ImportSummary } from '../../../shared/domain/import.ts'
import { retryImport } from '../../actions/imports.ts'
import { messageOf, request } from '../../api/client.ts'
import { importStrings as strings } from '../../strings/imports.ts'
import { Button } from '../../ui/Button.tsx'
import { Popover } from '../../ui/Popover.tsx'
import styles from './FailuresPopover.module.css'

/** Drawn at most; the count says how many there are. */
const SHOWN = 200

/** Which files could not be imported and why, with one button to try them all again. */
export function FailuresPopover({ summary }: { readonly summary: ImportSummary }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label={strings.failuresTitle(summary.failed)}
      side="top"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={styles.trigger}>
          <TriangleAlert aria-hidden="true" />
          {strings.failures(summary.failed)}
        </button>
      }
    >
      <header className={styles.header}>
        <div>
          <h2 className={styles.title}>{strings.failuresTitle(summary.failed)}</h2>
          <p className={styles.note}>{strings.failuresNote}</p>
        </div>
        <Button
          size="s"
          icon={<RotateCcw />}
          onClick={() => {
            retryImport(summary.id)
            setOpen(false)
          }}
        >
          {strings.retryAll}
        </Button>
      </header>
      <FailureList summary={summary} />
    </Popover>
  )
}

function FailureList({ summary }: { readonly summary: ImportSummary }) {
  const [failures, setFailures] = useState<readonly ImportFailure[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when another file has failed
  useEffect(() => {
    request('imports.failures', { id: summary.id }).then(setFailures, (thrown) => setProblem(messageOf(thrown)))
  }, [summary.id, summary.failed])
  if (problem !== null) return <p className={styles.problem}>{problem}</p>
  if (failures === null) return <p className={styles.problem}>{strings.loadingFailures}</p>
  return (
    <ul className={styles.list}>
      {failures.slice(0, SHOWN).map(({ path, message }) => (
        <li key={path} className={styles.failure}>
          <span className={styles.name} title={path}>
            {path.split(/[\\/]/).at(-1) ?? path}
          </span>
          <span className={styles.reason}>{message}</span>
        </li>
      ))}
      {failures.length > SHOWN ? (
        <li className={styles.note}>{strings.moreFailures(failures.length - SHOWN)}</li>
      ) : null}
    </ul>
  )
}
