import { Link2 } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import type { Share } from '../../../shared/domain/share.ts'
import { copyText } from '../../actions/assets.ts'
import { reportError, reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { shares as strings } from '../../strings/shares.ts'
import { Button } from '../../ui/Button.tsx'
import { Section } from './Section.tsx'
import { ShareDialog } from './ShareDialog.tsx'
import styles from './ShareSection.module.css'

/** Who else can see the asset: its links, each to copy and to take back, and a way to make one. */
export function ShareSection({ asset }: { readonly asset: AssetDetail }) {
  const { list, reload } = useShares(asset.id)
  const [sharing, setSharing] = useState(false)
  const revoke = (id: string) => void request('shares.revoke', { id }).then(reload, reportError)
  const share = (
    <Button size="s" variant="quiet" onClick={() => setSharing(true)}>
      {strings.share}
    </Button>
  )
  return (
    <Section title={strings.section} aside={share}>
      {list.length === 0 ? <p className={styles.none}>{strings.none}</p> : null}
      <ul className={styles.list}>
        {list.map(({ id, url, expires_at, kind }) => (
          <li key={id} className={styles.share}>
            <Link2 aria-hidden="true" />
            <span className={styles.what} title={url}>
              {strings.kinds[kind]}, {expires_at === null ? strings.forEver : strings.until(expires_at)}
            </span>
            <span className={styles.actions}>
              <Button size="s" onClick={() => void copyText(url, strings.link)}>
                {strings.copy}
              </Button>
              <Button size="s" variant="quiet" onClick={() => revoke(id)}>
                {strings.revoke}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {sharing ? (
        <ShareDialog
          asset={asset}
          onClose={() => setSharing(false)}
          onShared={({ url }) => {
            setSharing(false)
            void copyText(url, strings.link)
            reload()
          }}
        />
      ) : null}
    </Section>
  )
}

function useShares(id: AssetDetail['id']): { readonly list: readonly Share[]; readonly reload: () => void } {
  const [list, setList] = useState<readonly Share[]>([])
  const [looks, setLooks] = useState(0)
  const reload = useCallback(() => setLooks((before) => before + 1), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each look is asked for by a change of the count
  useEffect(() => {
    let current = true
    request('shares.list', { id }).then(
      (found) => current && setList(found),
      (thrown: unknown) => current && reportFailedRead(thrown),
    )
    return () => {
      current = false
    }
  }, [id, looks])
  return { list, reload }
}
