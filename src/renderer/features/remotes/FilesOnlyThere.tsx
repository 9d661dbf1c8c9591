import { useEffect, useId, useRef, useState } from 'react'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { Remote } from '../../../shared/domain/remote.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { messageOf, request } from '../../api/client.ts'
import { remotes as strings } from '../../strings/remotes.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './FilesOnlyThere.module.css'

type OnlyThere = RequestOutput<'remotes.onlyThere'>

const LOOK_MS = 500

/** How much is only in a remote that is to be forgotten, and what can be done about it. */
export function FilesOnlyThere({
  remote,
  found,
  leave,
  onLeave,
  onFound,
  onFetching,
}: {
  readonly remote: Remote
  readonly found: OnlyThere
  readonly leave: boolean
  readonly onLeave: (leave: boolean) => void
  readonly onFound: (found: OnlyThere) => void
  readonly onFetching: (fetching: boolean) => void
}) {
  const id = useId()
  const { total, problem, fetchAll } = useFetchAll(remote, found, onFound, onFetching)
  const done = total === null ? 0 : Math.max(0, total - found.count)
  return (
    <div className={styles.block}>
      <p className={styles.text} role="status">
        {strings.onlyThere(found.count, found.bytes)}{' '}
        {remote.role === 'workspace' ? strings.onlyThereWorkspace : strings.onlyThereLibrary}
      </p>
      {total === null ? null : (
        <>
          <Progress value={done / total} label={strings.fetching(done, total)} />
          <p className={styles.note}>{strings.fetching(done, total)}</p>
        </>
      )}
      {problem === null ? null : (
        <p className={styles.error} role="alert">
          {problem}
        </p>
      )}
      <div className={styles.choices}>
        <Button disabled={total !== null} onClick={fetchAll}>
          {strings.fetchFirst}
        </Button>
        {remote.role === 'workspace' ? null : (
          <label className={styles.leave} htmlFor={id}>
            <Switch id={id} checked={leave} onChange={onLeave} disabled={total !== null} />
            {strings.leaveThere}
          </label>
        )}
      </div>
    </div>
  )
}

/** `total`: how many there were when fetching began, null while nothing is fetched. A dialog that is closed stops watching. */
function useFetchAll(
  { id }: Remote,
  found: OnlyThere,
  onFound: (found: OnlyThere) => void,
  onFetching: (fetching: boolean) => void,
): { readonly total: number | null; readonly problem: string | null; fetchAll(): void } {
  const [total, setTotal] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const isOpen = useRef(true)
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
    }
  }, [])
  useEffect(() => {
    if (total === null) return
    const look = () =>
      request('remotes.onlyThere', { id }).then((now) => isOpen.current && onFound(now), reportFailedRead)
    const timer = setInterval(() => void look(), LOOK_MS)
    return () => clearInterval(timer)
  }, [total, id, onFound])

  const run = async () => {
    setTotal(found.count)
    setProblem(null)
    onFetching(true)
    try {
      const report = await request('remotes.fetchOnlyThere', { id })
      if (!isOpen.current) return
      onFound(report.left)
      setProblem(problemOf(report))
    } catch (thrown) {
      if (isOpen.current) setProblem(messageOf(thrown))
    } finally {
      if (isOpen.current) {
        setTotal(null)
        onFetching(false)
      }
    }
  }
  return { total, problem, fetchAll: () => void run() }
}

/** Why something is still only there, for a person; null if nothing is. */
function problemOf({ failures, failed, left }: RequestOutput<'remotes.fetchOnlyThere'>): string | null {
  const [first] = failed
  if (first) return strings.fetchFailed(failures, first.name, first.message)
  return left.count === 0 ? null : strings.leftAgain
}
