import { TriangleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import { useSmartCounts, watchSmartCount } from '../../queries/smartCounts.ts'
import { countText } from '../../strings/quantities.ts'
import { smart } from '../../strings/smart.ts'
import styles from './SmartCount.module.css'

/** What a smart collection holds, counted while its line can be seen; a mark if its search can't be understood. */
export function SmartCount({ id }: { readonly id: CollectionId }) {
  const line = useRef<HTMLSpanElement>(null)
  const known = useSmartCounts(({ counts }) => counts.get(id))
  useEffect(() => {
    let stop: (() => void) | undefined
    const observer = new IntersectionObserver(([entry]) => {
      stop?.()
      stop = entry?.isIntersecting ? watchSmartCount(id) : undefined
    })
    if (line.current !== null) observer.observe(line.current)
    return () => {
      observer.disconnect()
      stop?.()
    }
  }, [id])
  return (
    <span ref={line} className={styles.count}>
      {known === undefined ? null : known.problem === null ? (
        known.asset_count === 0 ? null : (
          countText(known.asset_count)
        )
      ) : (
        <span role="img" aria-label={smart.brokenShort} title={smart.broken(known.problem)}>
          <TriangleAlert className={styles.broken} aria-hidden="true" />
        </span>
      )}
    </span>
  )
}
