import { Star } from 'lucide-react'
import { inspector as strings } from '../../strings/inspector.ts'
import styles from './Marks.module.css'
import type { Shared } from './sharedValues.ts'

const steps = [1, 2, 3, 4, 5] as const

/** Nought to five stars; the star that is the rating takes it away. */
export function RatingStars({
  rating,
  onRate,
}: {
  readonly rating: Shared<number>
  readonly onRate: (rating: number) => void
}) {
  const value = rating.mixed ? 0 : rating.value
  return (
    <fieldset className={styles.stars} data-mixed={rating.mixed || undefined}>
      <legend className={styles.hidden}>{rating.mixed ? strings.mixedOf(strings.rating) : strings.rating}</legend>
      {steps.map((step) => (
        <button
          key={step}
          type="button"
          className={styles.star}
          aria-label={strings.stars(step)}
          aria-pressed={!rating.mixed && value === step}
          data-on={step <= value || undefined}
          onClick={() => onRate(!rating.mixed && value === step ? 0 : step)}
        >
          <Star aria-hidden="true" />
        </button>
      ))}
    </fieldset>
  )
}
