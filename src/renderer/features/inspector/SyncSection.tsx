import { ArrowDown, ArrowUp, Check, Cloud, CloudAlert, GitFork, HardDrive, Hourglass } from 'lucide-react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import type { SyncState } from '../../../shared/domain/asset.ts'
import { reportError } from '../../actions/mutate.ts'
import { fetchOriginals } from '../../actions/originals.ts'
import { request } from '../../api/client.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { originals } from '../../strings/originals.ts'
import { Button } from '../../ui/Button.tsx'
import { Facts, Section } from './Section.tsx'
import styles from './SyncSection.module.css'

const icons: Readonly<Record<SyncState, typeof Check>> = {
  local: HardDrive,
  queued: Hourglass,
  uploading: ArrowUp,
  synced: Check,
  downloading: ArrowDown,
  'cloud-only': Cloud,
  conflict: GitFork,
  blocked: CloudAlert,
  error: CloudAlert,
}

/** Where the bytes are, honestly: what is so, why, and what a person can do about it. */
export function SyncSection({ asset }: { readonly asset: AssetDetail }) {
  const { sync_state: state } = asset
  const Icon = icons[state]
  const words = strings.syncStates[state === 'local' && asset.space === 'workspace' ? 'workspace' : state]
  const detail = asset.sync_reason ?? words.detail
  const retry = () => {
    request('sync.retry', { assets: { ids: [asset.id] } }).catch(reportError)
  }
  return (
    <Section title={strings.where}>
      <div className={styles.state} data-state={state}>
        <Icon aria-hidden="true" />
        <div className={styles.text}>
          <p>{words.title}</p>
          {detail === '' ? null : <p className={styles.detail}>{detail}</p>}
          {state === 'error' || state === 'blocked' ? (
            <Button size="s" className={styles.retry} onClick={retry}>
              {strings.retrySync}
            </Button>
          ) : null}
          {state === 'cloud-only' ? (
            <Button
              size="s"
              className={styles.retry}
              icon={<ArrowDown aria-hidden="true" />}
              onClick={() => void fetchOriginals(Int32Array.of(asset.row_id))}
            >
              {originals.fetch}
            </Button>
          ) : null}
        </div>
      </div>
      {asset.remote_key === null ? null : (
        <Facts facts={[{ name: strings.bucketKey, value: asset.remote_key, copy: true }]} />
      )}
    </Section>
  )
}
