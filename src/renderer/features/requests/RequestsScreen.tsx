import { Plus, Sparkles } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { GenerationRequest } from '../../../shared/domain/generationRequest.ts'
import { messageOf } from '../../api/client.ts'
import { useRequestList } from '../../queries/requests.ts'
import { newRequest, useRequests } from '../../state/requests.ts'
import { requests as strings } from '../../strings/requests.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Screen, ScreenFailed, ScreenList, ScreenMiddle } from '../../ui/Screen.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { RequestCard } from './RequestCard.tsx'
import styles from './RequestsScreen.module.css'

/** What was asked of generators, the newest first: what each looked at, how far it is, and what came of it. */
export function RequestsScreen() {
  const { requests, more, error, loadMore, look } = useRequestList()
  if (error !== null && requests === null) {
    return <ScreenFailed title={strings.failedTitle} reason={messageOf(error)} retry={strings.retry} onRetry={look} />
  }
  const create = (
    <Button size="s" variant="primary" icon={<Plus />} onClick={() => newRequest([])}>
      {strings.new}
    </Button>
  )
  return (
    <Screen
      title={strings.title}
      facts={requests === null ? <Spinner /> : requests.length === 0 ? null : strings.summary(requests.length, more)}
      action={requests === null || requests.length === 0 ? null : create}
    >
      {requests === null ? null : requests.length === 0 ? (
        <ScreenMiddle>
          <EmptyState art={<Sparkles />} title={strings.emptyTitle} actions={create}>
            {strings.emptyText}
          </EmptyState>
        </ScreenMiddle>
      ) : (
        <List requests={requests} more={more} onMore={loadMore} />
      )}
    </Screen>
  )
}

function List({
  requests,
  more,
  onMore,
}: {
  readonly requests: readonly GenerationRequest[]
  readonly more: boolean
  readonly onMore: () => void
}) {
  const list = useRef<HTMLUListElement>(null)
  const wanted = useRequests(({ wanted }) => wanted)
  const [shownFor, setShownFor] = useState<string | null>(null)
  const there = wanted !== null && requests.some(({ id }) => id === wanted)
  // Once, when it is there: afterwards a person scrolls.
  useEffect(() => {
    if (wanted === null || shownFor === wanted) return
    if (!there) {
      if (more) onMore()
      return
    }
    const card = list.current?.querySelector<HTMLElement>(`[data-request="${wanted}"]`)
    card?.scrollIntoView({ block: 'nearest' })
    card?.focus({ preventScroll: true })
    setShownFor(wanted)
    useRequests.setState({ wanted: null })
  }, [wanted, there, more, onMore, shownFor])
  return (
    <ScreenList ref={list}>
      {requests.map((request) => (
        <RequestCard key={request.id} request={request} marked={shownFor === request.id} />
      ))}
      {more ? (
        <li className={styles.more}>
          <Button size="s" variant="quiet" onClick={onMore}>
            {strings.more}
          </Button>
        </li>
      ) : null}
    </ScreenList>
  )
}
