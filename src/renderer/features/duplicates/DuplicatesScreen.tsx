import { Copy, TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { DuplicateGroup, Duplicates } from '../../../shared/domain/duplicate.ts'
import { resolveGroups } from '../../actions/duplicates.ts'
import { messageOf } from '../../api/client.ts'
import { duplicates as strings } from '../../strings/duplicates.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './DuplicatesScreen.module.css'
import { Group } from './Group.tsx'
import { useDuplicates } from './useDuplicates.ts'

/** Groups that are drawn at first, and how many more each time the end is near. */
const PAGE = 30

/** Assets with the same content and pictures that look alike, side by side; nothing happens to them without a person. */
export function DuplicatesScreen() {
  const { found, error, hide, look } = useDuplicates()
  if (error !== null) {
    return (
      <Middle>
        <EmptyState
          art={<TriangleAlert />}
          title={strings.failedTitle}
          actions={<Button onClick={look}>{strings.retry}</Button>}
        >
          {messageOf(error)}
        </EmptyState>
      </Middle>
    )
  }
  return (
    <section className={styles.screen} aria-label={strings.title}>
      <Header found={found} onHide={hide} />
      {found === null ? null : found.groups.length === 0 ? (
        <Middle>
          <EmptyState art={<Copy />} title={strings.emptyTitle}>
            {strings.emptyText(found.compared)}
          </EmptyState>
        </Middle>
      ) : (
        <Groups groups={found.groups} onDone={hide} />
      )}
    </section>
  )
}

function Middle({ children }: { readonly children: React.ReactNode }) {
  return <div className={styles.middle}>{children}</div>
}

function Header({
  found,
  onHide,
}: {
  readonly found: Duplicates | null
  readonly onHide: (group: DuplicateGroup) => void
}) {
  const exact = found?.groups.filter(({ kind }) => kind === 'exact') ?? []
  const resolveExact = async () => {
    if (await resolveGroups(exact)) for (const group of exact) onHide(group)
  }
  return (
    <header className={styles.header}>
      <h1 className={styles.title}>{strings.title}</h1>
      <p className={styles.facts} role="status">
        {found === null ? (
          <>
            <Spinner /> {strings.looking}
          </>
        ) : found.groups.length === 0 ? null : (
          strings.summary(
            found.total,
            found.groups.reduce((sum, { spareBytes }) => sum + spareBytes, 0),
          )
        )}
      </p>
      <div className={styles.space} />
      {exact.length === 0 ? null : (
        <Button size="s" onClick={() => void resolveExact()}>
          {strings.resolveExact(exact.length)}
        </Button>
      )}
    </header>
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
    <ul className={styles.groups}>
      {groups.slice(0, drawn).map((group) => (
        <Group key={group.key} group={group} onDone={() => onDone(group)} />
      ))}
      <li aria-hidden="true">
        <div ref={end} />
      </li>
    </ul>
  )
}
