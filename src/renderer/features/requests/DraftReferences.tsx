import { useId } from 'react'
import { useLoadedCards } from '../../queries/loadedCards.ts'
import { requests as strings } from '../../strings/requests.ts'
import { AssetButton, useAssetName } from './AssetButton.tsx'
import styles from './RequestDialog.module.css'

/** The references that a new request begins with; a click takes one out. */
export function DraftReferences({
  rowIds,
  onChange,
}: {
  readonly rowIds: readonly number[]
  readonly onChange: (rowIds: readonly number[]) => void
}) {
  const id = useId()
  useLoadedCards(rowIds)
  return (
    <div className={styles.references}>
      <h3 id={id} className={styles.label}>
        {strings.references(rowIds.length)}
      </h3>
      <ul className={styles.strip} aria-labelledby={id}>
        {rowIds.map((rowId) => (
          <li key={rowId}>
            <Reference rowId={rowId} onRemove={() => onChange(rowIds.filter((one) => one !== rowId))} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Reference({ rowId, onRemove }: { readonly rowId: number; readonly onRemove: () => void }) {
  const label = strings.takeOut(useAssetName(rowId))
  return <AssetButton rowId={rowId} label={label} title={label} onClick={onRemove} />
}
