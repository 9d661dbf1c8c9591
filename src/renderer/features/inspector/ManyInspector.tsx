import { useMemo } from 'react'
import { edit } from '../../actions/assets.ts'
import type { RowIds } from '../../state/rowSet.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { ColorLabels } from './ColorLabels.tsx'
import { FavoriteButton } from './FavoriteButton.tsx'
import styles from './Inspector.module.css'
import { ManyPreview } from './ManyPreview.tsx'
import { ManyTags } from './ManyTags.tsx'
import { RatingStars } from './RatingStars.tsx'
import { countedTags, mixed, shared } from './sharedValues.ts'
import { MOST_DETAILS, useManyAssets } from './useManyAssets.ts'

/** What several assets have in common; a change applies to all of them. */
export function ManyInspector({ rowIds }: { readonly rowIds: RowIds }) {
  const { cards, details } = useManyAssets(rowIds)
  const common = useMemo(
    () => ({
      rating:
        cards === null
          ? mixed
          : shared(
              cards.map((card) => card.rating),
              0,
            ),
      favorite:
        cards === null
          ? mixed
          : shared(
              cards.map((card) => card.is_favorite),
              false,
            ),
      bytes: cards === null ? null : cards.reduce((sum, card) => sum + card.file_size_bytes, 0),
      label:
        details === null
          ? mixed
          : shared(
              details.map((asset) => asset.color_label),
              null,
            ),
      tags: details === null ? null : countedTags(details),
    }),
    [cards, details],
  )
  return (
    <>
      <ManyPreview cards={cards} />
      <header className={styles.head}>
        <h2 className={styles.manyTitle}>{strings.many(rowIds.length)}</h2>
        <p className={styles.fileLine}>
          {common.bytes === null ? strings.appliesToAll : `${strings.totalSize(common.bytes)}. ${strings.appliesToAll}`}
        </p>
      </header>
      <div className={styles.marks}>
        <RatingStars rating={common.rating} onRate={(rating) => void edit({ rating }, rowIds)} />
        <FavoriteButton
          favorite={common.favorite}
          onChange={(favorite) => void edit({ is_favorite: favorite }, rowIds)}
        />
        <ColorLabels label={common.label} onChange={(label) => void edit({ color_label: label }, rowIds)} />
      </div>
      <ManyTags
        tags={common.tags}
        of={rowIds.length}
        onAdd={(tags) => void edit({ add_tags: [...tags] }, rowIds)}
        onRemove={(tag) => void edit({ remove_tags: [tag] }, rowIds)}
      />
      {rowIds.length > MOST_DETAILS ? <p className={styles.muted}>{strings.onlySome(MOST_DETAILS)}</p> : null}
    </>
  )
}
