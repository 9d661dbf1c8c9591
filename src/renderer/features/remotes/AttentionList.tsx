import { useEffect, useState } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { reportError, reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { useLibrary } from '../../queries/library.ts'
import type { RowIds } from '../../state/rowSet.ts'
import { remotes as strings } from '../../strings/remotes.ts'
import { Button } from '../../ui/Button.tsx'
import { Item, ItemList } from '../../ui/ItemList.tsx'
import styles from './RemoteList.module.css'

/** More than a person reads here; the rest is found by the same search in the window. */
const SHOWN = 50

interface Found {
  readonly total: number
  readonly rowIds: RowIds
  readonly cards: readonly AssetCard[]
}

async function findAssets(): Promise<Found> {
  const vector = await request('assets.query', {
    view: { kind: 'everything' },
    text: 'sync:blocked or sync:error',
    sort: { field: 'updated_at', direction: 'desc' },
  })
  const first = [...vector.rowIds.subarray(0, SHOWN)]
  const cards = first.length === 0 ? [] : await request('assets.cards', { rowIds: first })
  return { total: vector.total, rowIds: vector.rowIds, cards }
}

/** The assets that only a person can move on, each with its reason and a way to try again. */
export function AttentionList() {
  const attention = useLibrary((library) => library.sync?.attention ?? 0)
  const [found, setFound] = useState<Found | null>(null)

  useEffect(() => {
    let current = true
    if (attention === 0) {
      setFound(null)
      return
    }
    findAssets().then(
      (answer) => current && setFound(answer),
      (thrown: unknown) => current && reportFailedRead(thrown),
    )
    return () => {
      current = false
    }
  }, [attention])

  if (found === null || found.total === 0) return null
  const retry = (rowIds: RowIds) => void request('sync.retry', { assets: { rowIds } }).catch(reportError)
  return (
    <section className={styles.section}>
      <header className={styles.header}>
        <h3 className={styles.title}>{strings.attention}</h3>
        <Button size="s" variant="quiet" onClick={() => retry(found.rowIds)}>
          {strings.retryAll}
        </Button>
      </header>
      <ItemList>
        {found.cards.map((card) => (
          <Item
            key={card.id}
            actions={
              <Button size="s" onClick={() => retry(Int32Array.of(card.row_id))}>
                {strings.retry}
              </Button>
            }
          >
            <p className={styles.name}>
              <span className={styles.nameText}>{card.custom_title ?? card.file_name}</span>
            </p>
            <p className={styles.address}>
              {card.sync_reason ?? (card.sync_state === 'blocked' ? strings.blockedReason : strings.errorReason)}
            </p>
          </Item>
        ))}
      </ItemList>
      {found.total > found.cards.length ? (
        <p className={styles.note}>{strings.attentionMore(found.total - found.cards.length)}</p>
      ) : null}
    </section>
  )
}
