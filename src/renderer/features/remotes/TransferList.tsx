import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Transfer } from '../../../shared/domain/transfer.ts'
import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { useLibrary } from '../../queries/library.ts'
import { transfers as strings } from '../../strings/transfers.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Item, ItemList } from '../../ui/ItemList.tsx'
import { Progress } from '../../ui/Progress.tsx'
import styles from './RemoteList.module.css'

const LOOK_MS = 1000
const SHOWN = 6

/** What is on its way in this moment, each with its progress and a way to stop it. */
export function TransferList() {
  const list = useTransfers()
  if (list.length === 0) return null
  const stop = ({ assetId }: Transfer) => void request('transfers.cancel', { id: assetId }).catch(reportError)
  return (
    <section className={styles.section} aria-label={strings.title}>
      <header className={styles.header}>
        <h3 className={styles.title}>{strings.title}</h3>
      </header>
      <ItemList>
        {list.slice(0, SHOWN).map((transfer) => (
          <Item
            key={`${transfer.direction}${transfer.assetId}`}
            icon={transfer.direction === 'up' ? ArrowUp : ArrowDown}
            actions={
              transfer.direction === 'up' ? (
                <IconButton label={strings.stop(transfer.fileName)} size="s" onClick={() => stop(transfer)}>
                  <X />
                </IconButton>
              ) : null
            }
          >
            <p className={styles.name}>
              <span className={styles.nameText}>{transfer.fileName}</span>
            </p>
            <Progress value={shareOf(transfer)} label={strings.progress(transfer.fileName)} />
            <p className={styles.address}>{factsOf(transfer)}</p>
          </Item>
        ))}
      </ItemList>
      {list.length > SHOWN ? <p className={styles.note}>{strings.more(list.length - SHOWN)}</p> : null}
    </section>
  )
}

/** Looked at once a second while something is on its way. */
function useTransfers(): readonly Transfer[] {
  const busy = useLibrary(({ sync }) => sync !== null && (sync.uploading > 0 || sync.bytesDownPerSecond > 0))
  const [list, setList] = useState<readonly Transfer[]>([])
  useEffect(() => {
    if (!busy) {
      setList([])
      return
    }
    let current = true
    // The next look may go well; what keeps failing is said by the state of sync.
    const look = () =>
      request('transfers.list').then(
        (found) => current && setList(found),
        () => undefined,
      )
    void look()
    const timer = setInterval(() => void look(), LOOK_MS)
    return () => {
      current = false
      clearInterval(timer)
    }
  }, [busy])
  return list
}

function shareOf({ doneBytes, totalBytes }: Transfer): number {
  return totalBytes === 0 ? 1 : doneBytes / totalBytes
}

function factsOf({ doneBytes, totalBytes, bytesPerSecond, secondsLeft }: Transfer): string {
  const facts: string[] = [strings.facts(doneBytes, totalBytes)]
  if (bytesPerSecond > 0) facts.push(strings.rate(bytesPerSecond))
  if (secondsLeft !== null && secondsLeft > 1) facts.push(strings.left(secondsLeft))
  return facts.join(' · ')
}
