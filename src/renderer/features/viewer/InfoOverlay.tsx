import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { bytesText, dateText, playingTime } from '../../strings/quantities.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import styles from './InfoOverlay.module.css'

/** What is known about the asset, laid over its picture. */
export function InfoOverlay({ card, detail }: { readonly card: AssetCard; readonly detail: AssetDetail | null }) {
  return (
    <aside className={styles.info} aria-label={strings.info}>
      <h2 className={styles.name}>{card.custom_title ?? card.file_name}</h2>
      {card.custom_title === null ? null : <p className={styles.file}>{card.file_name}</p>}
      {detail?.original_prompt ? <p className={styles.prompt}>{detail.original_prompt}</p> : null}
      <dl className={styles.facts}>
        {factsOf(card, detail).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </aside>
  )
}

function factsOf(card: AssetCard, detail: AssetDetail | null): readonly (readonly [string, string])[] {
  const names = strings.facts
  const facts: [string, string | null][] = [
    [names.generator, detail?.generator ?? null],
    [names.model, detail?.model_used ?? null],
    [names.seed, detail?.generation_seed ?? null],
    [names.dimensions, card.width === null || card.height === null ? null : strings.pixels(card.width, card.height)],
    [names.duration, card.duration_seconds === null ? null : playingTime(card.duration_seconds)],
    [names.size, bytesText(card.file_size_bytes)],
    [names.captured, card.captured_at === null ? null : dateText(card.captured_at)],
    [names.imported, dateText(card.imported_at)],
    [names.rating, card.rating === 0 ? null : '★'.repeat(card.rating)],
    [names.tags, detail === null || detail.tags.length === 0 ? null : detail.tags.join(', ')],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== null)
}
