import { TriangleAlert } from 'lucide-react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { retryAssets } from '../../actions/assets.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './ProblemSection.module.css'

/** Why something is wrong with the file, and the way to try it again; nothing when all is well. */
export function ProblemSection({ asset }: { readonly asset: AssetDetail }) {
  const { status } = asset
  if (status === 'pending' || status === 'processing') {
    return (
      <p className={styles.processing} role="status">
        <Spinner />
        {strings.processing}
      </p>
    )
  }
  if (status === 'error' || status === 'quarantined' || status === 'missing') {
    const reason = asset.error_message ?? (status === 'missing' ? strings.missingDetail : null)
    return (
      <section className={styles.problem} aria-label={strings.problems[status]}>
        <TriangleAlert aria-hidden="true" />
        <div className={styles.text}>
          <p>{strings.problems[status]}</p>
          {reason === null ? null : <p className={styles.reason}>{reason}</p>}
          <Button size="s" onClick={() => void retryAssets(Int32Array.of(asset.row_id))}>
            {strings.retry}
          </Button>
        </div>
      </section>
    )
  }
  // The file is sound, only there is no picture of it; that is a remark, not a problem.
  return asset.error_message === null ? null : <p className={styles.remark}>{asset.error_message}</p>
}
