import { compare as strings } from '../../strings/compare.ts'
import styles from './RatingButtons.module.css'

const STARS = [1, 2, 3, 4, 5]

/** Five stars; a press on the last one that shines takes all away. */
export function RatingButtons({
  name,
  rating,
  onRate,
}: {
  readonly name: string
  readonly rating: number
  readonly onRate: (rating: number) => void
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a layout of its own
    <div className={styles.stars} role="group" aria-label={strings.rating(name)}>
      {STARS.map((stars) => (
        <button
          key={stars}
          type="button"
          // The digits rate; a stop for each star would only be in the way of the Tab key.
          tabIndex={-1}
          aria-label={strings.rate(name, stars)}
          aria-pressed={stars === rating}
          data-on={stars <= rating || undefined}
          onClick={() => onRate(stars === rating ? 0 : stars)}
        >
          ★
        </button>
      ))}
    </div>
  )
}
