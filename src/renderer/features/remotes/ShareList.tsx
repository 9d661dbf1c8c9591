import { Link2 } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { Share } from '../../../shared/domain/share.ts'
import { copyText } from '../../actions/assets.ts'
import { reportError, reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { shares as strings } from '../../strings/shares.ts'
import { Button } from '../../ui/Button.tsx'
import { Item, ItemList } from '../../ui/ItemList.tsx'
import styles from './RemoteList.module.css'

const SHOWN = 20

/** All links of this computer that others can open, each to copy and to take back; nothing while there are none. */
export function ShareList() {
  const { list, reload } = useAllShares()
  const [busy, setBusy] = useState<string | null>(null)
  if (list.length === 0) return null
  const revoke = (id: string) => {
    setBusy(id)
    void request('shares.revoke', { id })
      .catch(reportError)
      .finally(() => {
        setBusy(null)
        reload()
      })
  }
  return (
    <section className={styles.section} aria-label={strings.all}>
      <header className={styles.header}>
        <h3 className={styles.title}>{strings.all}</h3>
      </header>
      <ItemList>
        {list.slice(0, SHOWN).map(({ id, name, kind, url, expires_at }) => (
          <Item
            key={id}
            icon={Link2}
            actions={
              <>
                <Button size="s" onClick={() => void copyText(url, strings.link)}>
                  {strings.copy}
                </Button>
                <Button size="s" variant="quiet" disabled={busy === id} onClick={() => revoke(id)}>
                  {strings.revoke}
                </Button>
              </>
            }
          >
            <p className={styles.name}>
              <span className={styles.nameText}>{name}</span>
            </p>
            <p className={styles.address}>
              {strings.kinds[kind]}, {expires_at === null ? strings.forEver : strings.until(expires_at)}
            </p>
          </Item>
        ))}
      </ItemList>
      {list.length > SHOWN ? <p className={styles.note}>{strings.more(list.length - SHOWN)}</p> : null}
    </section>
  )
}

function useAllShares(): { readonly list: readonly Share[]; readonly reload: () => void } {
  const [list, setList] = useState<readonly Share[]>([])
  const reload = useCallback(() => {
    request('shares.list', {}).then(setList, reportFailedRead)
  }, [])
  useEffect(reload, [reload])
  return { list, reload }
}
