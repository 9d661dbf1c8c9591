import { thumbnailUrl } from '../../../shared/contract/bridge.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { draggable } from '../../actions/dragAssets.ts'
import type { RowIds } from '../../state/rowSet.ts'
import styles from './ManyPreview.module.css'

const SHOWN = 6

/** A few of the selected pictures, so that one sees what a change would touch. Dragged, they are all of them. */
export function ManyPreview({ cards, rowIds }: { readonly cards: readonly AssetCard[]; readonly rowIds: RowIds }) {
  const pictures = cards.filter((card) => card.has_thumbnail).slice(0, SHOWN)
  return (
    <div className={styles.sheet} data-pictures={pictures.length} aria-hidden="true" {...draggable(rowIds)}>
      {pictures.map((card) => (
        <img
          key={card.row_id}
          className={styles.picture}
          src={thumbnailUrl(card.sha256, pictures.length > 4 ? 150 : 300)}
          alt=""
          draggable={false}
        />
      ))}
    </div>
  )
}
