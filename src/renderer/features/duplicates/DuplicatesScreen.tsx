import { Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { DuplicateGroup, Duplicates } from '../../../shared/domain/duplicate.ts'
import { resolveGroups } from '../../actions/duplicates.ts'
import { messageOf } from '../../api/client.ts'
import { duplicates as strings } from '../../strings/duplicates.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Screen, ScreenFailed, ScreenList, ScreenMiddle } from '../../ui/Screen.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Group } from './Group.tsx'
import { useDuplicates } from './useDuplicates.ts'

/** Groups that are drawn at first, and how many more each time the end is near. */
const PAGE = 30

/** Assets with the same content and pictures that look alike, side by side; nothing happens to them without a person. */
export function DuplicatesScreen() {
  const { found, error, hide, look } = useDuplicates()
  if (error !== null) {
    return <ScreenFailed title={strings.failedTitle} reason={messageOf(error)} retry={strings.retry} onRetry={look} />
  }
  return (
    <Screen
      title={strings.title}
      facts={<Facts found={found} />}
      action={found === null ? null : <ResolveExact groups={found.groups} onDone={hide} />}
    >
      {found === null ? null : found.groups.length === 0 ? (
        <ScreenMiddle>
          <EmptyState art={<Copy />} title={strings.emptyTitle}>
            {strings.emptyText(found.compared)}
          </EmptyState>
        </ScreenMiddle>
      ) : (
        <Groups groups={found.groups} onDone={hide} />
      )}
    </Screen>
  )
}

function Facts({ found }: { readonly found: Duplicates | null }) {
  if (found === null) {
    return (
      <>
        <Spinner /> {strings.looking}
      </>
    )
  }
  if (found.groups.length === 0) return null
  const spare = found.groups.reduce((sum, { spareBytes }) => sum + spareBytes, 0)
  return strings.summary(found.total, spare)
}

function ResolveExact({
  groups,
  onDone,
}: {
  readonly groups: readonly DuplicateGroup[]
  readonly onDone: (group: DuplicateGroup) => void
}) {
  const exact = groups.filter(({ kind }) => kind === 'exact')
  if (exact.length === 0) return null
  const resolve = async () => {
    if (await resolveGroups(exact)) for (const group of exact) onDone(group)
  }
  return (
    <Button size="s" onClick={() => void resolve()}>
      {strings.resolveExact(exact.length)}
    </Button>
  )
}

function Groups({
  groups,
  onDone,
}: {
  readonly groups: readonly DuplicateGroup[]
  readonly onDone: (group: DuplicateGroup) => void
}) {
  const [drawn, setDrawn] = useState(PAGE)
  const end = useRef<HTMLDivElement>(null)
  const more = groups.length > drawn
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end moves with what is drawn
  useEffect(() => {
    if (end.current === null || !more) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setDrawn((count) => count + PAGE), {
      rootMargin: '600px',
    })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [more, drawn])
  return (
    <ScreenList>
      {groups.slice(0, drawn).map((group) => (
        <Group key={group.key} group={group} onDone={() => onDone(group)} />
      ))}
      <li aria-hidden="true">
        <div ref={end} />
      </li>
    </ScreenList>
  )
}
