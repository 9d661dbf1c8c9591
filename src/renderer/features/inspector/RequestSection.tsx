import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import type { GenerationRequestId } from '../../../shared/domain/generationRequest.ts'
import { useRequest } from '../../queries/requests.ts'
import { showRequest } from '../../state/requests.ts'
import { requests as strings } from '../../strings/requests.ts'
import styles from './RequestSection.module.css'
import { Section } from './Section.tsx'
import { useAssetRequests } from './useAssetRequests.ts'

/** Requests that are told by their prompt. */
const SHOWN = 3

/** What the asset was made for and what it was used for; absent when it belongs to no request. */
export function RequestSection({ asset }: { readonly asset: AssetDetail }) {
  const known = useAssetRequests(asset.id)
  if (known === null || (known.madeBy === null && known.usedBy.length === 0)) return null
  const more = known.usedBy.length - SHOWN
  return (
    <Section title={strings.section}>
      <dl className={styles.list} data-testid="asset-requests">
        {known.madeBy === null ? null : <Line name={strings.madeBy} ids={[known.madeBy]} />}
        {known.usedBy.length === 0 ? null : <Line name={strings.usedBy} ids={known.usedBy.slice(0, SHOWN)} />}
      </dl>
      {more > 0 ? <p className={styles.more}>{strings.moreUses(more)}</p> : null}
    </Section>
  )
}

function Line({ name, ids }: { readonly name: string; readonly ids: readonly GenerationRequestId[] }) {
  return (
    <div className={styles.line}>
      <dt>{name}</dt>
      {ids.map((id) => (
        <dd key={id}>
          <RequestLink id={id} />
        </dd>
      ))}
    </div>
  )
}

function RequestLink({ id }: { readonly id: GenerationRequestId }) {
  const request = useRequest(id)
  const prompt = request?.user_prompt.slice(0, 300) ?? ''
  return (
    <button
      type="button"
      className={styles.link}
      aria-label={strings.open(prompt)}
      title={prompt}
      onClick={() => showRequest(id)}
    >
      {prompt === '' ? id.slice(0, 8) : prompt}
    </button>
  )
}
