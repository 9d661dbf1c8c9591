import { CircleAlert, Link } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { GenerationRequestId } from '../../../shared/domain/generationRequest.ts'
import type { RequestMedia } from '../../../shared/domain/requestMedia.ts'
import { copyText } from '../../actions/assets.ts'
import { messageOf, request } from '../../api/client.ts'
import { closeDialog, openDialog, usePanels } from '../../state/panels.ts'
import { useRequests } from '../../state/requests.ts'
import { requests as strings } from '../../strings/requests.ts'
import { ui } from '../../strings/ui.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Item, ItemList } from '../../ui/ItemList.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './ReferenceMedia.module.css'

/** Puts the references of a request where a generator reads them, and gives their addresses. */
export function ReferenceMedia() {
  const open = usePanels((panels) => panels.dialog === 'request-media')
  const given = useRequests(({ given }) => given)
  return open && given !== null ? <Addresses id={given} /> : null
}

function Addresses({ id }: { readonly id: GenerationRequestId }) {
  const { found, problem, count, hasPlace } = useMedia(id)
  const addresses = found?.media.flatMap(({ url }) => (url === null ? [] : [url])) ?? []
  return (
    <Dialog
      open
      onClose={closeDialog}
      title={strings.mediaTitle}
      description={strings.mediaText}
      footer={
        <>
          <Button onClick={closeDialog}>{ui.close}</Button>
          {hasPlace ? (
            <Button
              variant="primary"
              disabled={addresses.length === 0}
              onClick={() => void copyText(addresses.join('\n'), strings.mediaCopied(addresses.length))}
            >
              {strings.mediaCopy(addresses.length || count)}
            </Button>
          ) : (
            <Button variant="primary" onClick={() => openDialog('remotes', { addRemote: true })}>
              {strings.mediaAddRemote}
            </Button>
          )}
        </>
      }
    >
      {found === null ? null : <Media found={found} />}
      {found === null && problem === null ? (
        <p className={styles.working}>
          <Spinner /> {strings.mediaWorking(count)}
        </p>
      ) : null}
      {problem === null ? null : (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  )
}

function Media({ found: { remote, media } }: { readonly found: RequestMedia }) {
  return (
    <section className={styles.list} aria-label={strings.mediaList}>
      <ItemList>
        {media.map(({ id, file_name, url, expires_at, reason }) => (
          <Item key={id} icon={url === null ? CircleAlert : Link} actions={null}>
            <p className={styles.name}>{file_name}</p>
            <p className={url === null ? styles.refused : styles.where}>
              {reason ?? (expires_at === null ? strings.mediaWhere(remote) : strings.mediaUntil(remote, expires_at))}
            </p>
          </Item>
        ))}
      </ItemList>
    </section>
  )
}

/** Asks once; what was copied by then stays there, whether or not somebody still looks. */
function useMedia(id: GenerationRequestId) {
  const [found, setFound] = useState<RequestMedia | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [count, setCount] = useState(1)
  const [hasPlace, setHasPlace] = useState(true)
  useEffect(() => {
    let current = true
    const look = async () => {
      const [{ references }, remotes] = await Promise.all([request('requests.get', { id }), request('remotes.list')])
      if (!current) return
      setCount(references.length)
      setHasPlace(remotes.some(({ role }) => role === 'references'))
      const media = await request('requests.media', { id })
      if (current) setFound(media)
    }
    look().catch((thrown: unknown) => current && setProblem(messageOf(thrown)))
    return () => {
      current = false
    }
  }, [id])
  return { found, problem, count, hasPlace }
}
