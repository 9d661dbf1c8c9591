import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useLibrary } from '../queries/library.ts'
import { frame } from '../strings/frame.ts'
import { Spinner } from '../ui/Spinner.tsx'
import { Banner } from './Banner.tsx'
import styles from './Banners.module.css'
import { QuotaWarning, useQuotaWarning } from './QuotaBanner.tsx'
import { SilentEngine } from './SilentEngine.tsx'

/** What concerns the whole library and doesn't pass by itself in a moment. */
export function Banners() {
  const engine = useLibrary((library) => library.engine)
  const info = useLibrary((library) => library.info)
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const dismiss = (key: string) => setDismissed(new Set([...dismissed, key]))
  const recovered = info?.recovered ?? null
  const problem = info?.dropFolderProblem ?? null
  const warning = useQuotaWarning()
  return (
    <>
      {engine.state === 'restarting' ? (
        <Banner tone="warn" icon={<Spinner />}>
          {engine.opening === undefined ? frame.restarting : frame.openingWhy[engine.opening.stage]}
          {engine.attempt > 1 ? <span className={styles.more}>{frame.restartingAgain(engine.attempt)}</span> : null}
        </Banner>
      ) : null}
      <SilentEngine />
      {recovered === null || dismissed.has(recovered.setAside) ? null : (
        <Banner tone="plain" icon={<CircleCheck />} onDismiss={() => dismiss(recovered.setAside)}>
          {frame.recovered(recovered.assets)}
          <span className={styles.more}>{frame.recoveredAside(recovered.setAside)}</span>
        </Banner>
      )}
      {problem === null || dismissed.has(problem) ? null : (
        <Banner tone="warn" icon={<TriangleAlert />} onDismiss={() => dismiss(problem)}>
          {problem}
        </Banner>
      )}
      {warning === null || dismissed.has(warning.key) ? null : (
        <Banner
          tone={warning.quota.state === 'warning' ? 'warn' : 'bad'}
          icon={<TriangleAlert />}
          onDismiss={() => dismiss(warning.key)}
        >
          <QuotaWarning quota={warning.quota} />
        </Banner>
      )}
    </>
  )
}
