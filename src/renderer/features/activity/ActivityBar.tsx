import { useEffect } from 'react'
import { importIdSchema } from '../../../shared/domain/ids.ts'
import type { ImportSummary } from '../../../shared/domain/import.ts'
import { dismissImport } from '../../actions/imports.ts'
import { useLibrary } from '../../queries/library.ts'
import { useVector } from '../../queries/vector.ts'
import { useBrowse } from '../../state/browse.ts'
import { useSelection } from '../../state/selection.ts'
import { frame } from '../../strings/frame.ts'
import styles from './ActivityBar.module.css'
import { ChangeStatus } from './ChangeStatus.tsx'
import { ImportStatus } from './ImportStatus.tsx'
import { SyncStatusLine } from './SyncStatusLine.tsx'

/** How long a finished import stays in the foot. */
const DONE_SHOWN_MS = 8_000

/** What is going on: changes of very many assets, imports, else uploads on the left; how much is shown and selected on the right. */
export function ActivityBar() {
  const imports = useLibrary((library) => library.imports)
  const changes = useLibrary((library) => library.longChanges)
  const current = currentImport(imports)
  useTidyUp(imports)
  return (
    <footer className={styles.bar} data-busy={current !== null || changes.length > 0 || undefined}>
      {changes.map((change) => (
        <ChangeStatus key={change.id} change={change} />
      ))}
      {current === null ? null : <ImportStatus summary={current} others={imports.length - 1} />}
      {current === null && changes.length === 0 ? <SyncStatusLine /> : null}
      <div className={styles.space} />
      <Shown />
    </footer>
  )
}

function Shown() {
  const total = useVector((vector) => vector.total)
  const known = useVector((vector) => vector.key !== null)
  const onAssets = useBrowse((browse) => browse.screen === 'assets')
  const searching = useBrowse((browse) => browse.text.trim() !== '')
  const selected = useSelection((selection) => selection.selected.size)
  if (!known || !onAssets) return null
  const shown = searching ? frame.results(total) : frame.counted(total)
  return <span className={styles.shown}>{selected === 0 ? shown : `${shown} · ${frame.selected(selected)}`}</span>
}

/** What ended well is said for a moment and then put away; what failed stays until a person has seen it. */
function useTidyUp(imports: readonly ImportSummary[]): void {
  const done = imports
    .filter(({ state, failed, processing }) => state === 'done' && failed === 0 && processing === 0)
    .map(({ id }) => id)
    .join(' ')
  useEffect(() => {
    if (done === '') return
    const timer = setTimeout(() => {
      for (const id of done.split(' ')) dismissImport(importIdSchema.parse(id))
    }, DONE_SHOWN_MS)
    return () => clearTimeout(timer)
  }, [done])
}

/** The one to show: what runs, else what failed, else what ended last. */
function currentImport(imports: readonly ImportSummary[]): ImportSummary | null {
  const rank = (summary: ImportSummary) => {
    if (summary.finishedAt === null) return 0
    return summary.failed > 0 || summary.state === 'failed' ? 1 : 2
  }
  const sorted = imports.toSorted((a, b) => rank(a) - rank(b) || b.startedAt.localeCompare(a.startedAt))
  return sorted[0] ?? null
}
