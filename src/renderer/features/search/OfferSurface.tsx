import { TriangleAlert } from 'lucide-react'
import { search } from '../../strings/search.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { OfferList } from './OfferList.tsx'
import styles from './OfferSurface.module.css'
import type { QueryField } from './useQueryField.ts'

/** What hangs below a field for search text while it is written in: what is wrong, what can be written, which keys do it. */
export function OfferSurface({
  id,
  field,
  inline = false,
}: {
  readonly id: string
  readonly field: QueryField
  /** Below the field in the flow of a dialog, which would cut off what hangs out of it. */
  readonly inline?: boolean
}) {
  const { told, groups, active, take, open } = field
  if (!open) return null
  return (
    <div className={inline ? styles.inline : styles.surface}>
      {told === null || inline ? null : (
        <p className={styles.problem} aria-hidden="true">
          <TriangleAlert />
          {told.message}
        </p>
      )}
      <OfferList id={id} groups={groups} active={active} onTake={take} />
      {inline ? null : <Keys chosen={active !== undefined} />}
    </div>
  )
}

function Keys({ chosen }: { readonly chosen: boolean }) {
  return (
    <p className={styles.keys} aria-hidden="true">
      <span>
        <Kbd>↑</Kbd> <Kbd>↓</Kbd> {search.keys.choose}
      </span>
      <span>
        <Kbd>Tab</Kbd> {search.keys.accept}
      </span>
      <span>
        <Kbd>Enter</Kbd> {chosen ? search.keys.accept : search.keys.search}
      </span>
    </p>
  )
}
