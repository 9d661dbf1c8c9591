import type { GenerationRequest } from '../../../shared/domain/generationRequest.ts'
import { viewFromRequests } from '../../actions/requests.ts'
import { useLoadedCards } from '../../queries/loadedCards.ts'
import { requests as strings } from '../../strings/requests.ts'
import { AssetButton, useAssetName } from './AssetButton.tsx'
import styles from './OutputStrip.module.css'

/** The newest that came of a request, as many as one line holds. */
export function OutputStrip({ request: { id, newest_outputs: outputs } }: { readonly request: GenerationRequest }) {
  useLoadedCards(outputs)
  if (outputs.length === 0) return <p className={styles.none}>{strings.noOutputs}</p>
  return (
    <ul className={styles.strip} aria-label={strings.outputsOf}>
      {outputs.map((rowId) => (
        <li key={rowId}>
          <Output rowId={rowId} onOpen={() => viewFromRequests(rowId, id)} />
        </li>
      ))}
    </ul>
  )
}

function Output({ rowId, onOpen }: { readonly rowId: number; readonly onOpen: () => void }) {
  const name = useAssetName(rowId)
  return <AssetButton rowId={rowId} label={strings.output(name)} title={name} onClick={onOpen} />
}
