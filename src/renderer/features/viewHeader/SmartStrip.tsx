import { Sparkle, TriangleAlert } from 'lucide-react'
import { useEffect } from 'react'
import type { Collection } from '../../../shared/domain/collection.ts'
import { useSmartCounts, watchSmartCount } from '../../queries/smartCounts.ts'
import { editSearchOf } from '../../state/smartDialog.ts'
import { smart } from '../../strings/smart.ts'
import { Button } from '../../ui/Button.tsx'
import { NoticeStrip } from './NoticeStrip.tsx'
import styles from './SmartStrip.module.css'

/** What fills the smart collection that is shown, or why nothing does. */
export function SmartStrip({ collection }: { readonly collection: Collection }) {
  const problem = useSmartCounts(({ counts }) => counts.get(collection.id)?.problem ?? null)
  useEffect(() => watchSmartCount(collection.id), [collection.id])
  return (
    <NoticeStrip
      icon={problem === null ? <Sparkle aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
      tone={problem === null ? 'plain' : 'warn'}
      actions={
        <Button size="s" variant={problem === null ? 'quiet' : 'plain'} onClick={() => editSearchOf(collection)}>
          {problem === null ? smart.edit : smart.mend}
        </Button>
      }
    >
      {problem === null ? null : <p>{smart.broken(problem)}</p>}
      <p className={styles.query} title={collection.query ?? ''}>
        {collection.query}
      </p>
    </NoticeStrip>
  )
}
