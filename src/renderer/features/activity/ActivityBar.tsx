import type { ImportSummary } from '../../../shared/domain/import.ts'
import { useLibrary } from '../../queries/library.ts'
import { useVector } from '../../queries/vector.ts'
import { useBrowse } from '../../state/browse.ts'
import { useSelection } from '../../state/selection.ts'
import { frame } from '../../strings/frame.ts'
import styles from './ActivityBar.module.css'
import { ImportStatus } from './ImportStatus.tsx'

/** What is going on: imports on the left; how much is shown and selected on the right. */
export function ActivityBar() {
  const imports = useLibrary((library) => library.imports)
  const current = currentImport(imports)
  return (
    <footer className={styles.bar}>
      {current === null ? null : <ImportStatus summary={current} others={imports.length - 1} />}
      <div className={styles.space} />
      <Shown />
    </footer>
  )
}

function Shown() {
  const total = useVector((vector) => vector.total)
  const known = useVector((vector) => vector.key !== null)
  const searching = useBrowse((browse) => browse.text.trim() !== '')
  const selected = useSelection((selection) => selection.selected.size)
  if (!known) return null
  const shown = searching ? frame.results(total) : frame.counted(total)
  return <span className={styles.shown}>{selected === 0 ? shown : `${shown} · ${frame.selected(selected)}`}</span>
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
