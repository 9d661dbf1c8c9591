import { Progress as Primitive } from 'radix-ui'
import { classNames } from './classNames.ts'
import styles from './Progress.module.css'

/** How far something has come, 0 to 1; null while the end is not known. */
export function Progress({
  value,
  label,
  tone = 'accent',
}: {
  readonly value: number | null
  readonly label: string
  readonly tone?: 'accent' | 'warn' | 'bad'
}) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <Primitive.Root className={styles.track} value={percent} aria-label={label}>
      <Primitive.Indicator
        className={classNames(styles.bar, styles[tone], percent === null && styles.unknown)}
        style={percent === null ? undefined : { transform: `scaleX(${percent / 100})` }}
      />
    </Primitive.Root>
  )
}
