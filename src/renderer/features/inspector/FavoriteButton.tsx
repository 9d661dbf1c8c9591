import { Heart } from 'lucide-react'
import { inspector as strings } from '../../strings/inspector.ts'
import styles from './Marks.module.css'
import type { Shared } from './sharedValues.ts'

/** Favourite or not. Of several that differ, the first press makes all of them favourites. */
export function FavoriteButton({
  favorite,
  onChange,
}: {
  readonly favorite: Shared<boolean>
  readonly onChange: (favorite: boolean) => void
}) {
  const on = !favorite.mixed && favorite.value
  return (
    <button
      type="button"
      className={styles.heart}
      aria-label={strings.favorite}
      aria-pressed={favorite.mixed ? 'mixed' : on}
      data-on={on || undefined}
      data-mixed={favorite.mixed || undefined}
      onClick={() => onChange(!on)}
    >
      <Heart aria-hidden="true" />
    </button>
  )
}
