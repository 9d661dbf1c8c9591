import { Slider as Primitive } from 'radix-ui'
import { classNames } from './classNames.ts'
import styles from './Slider.module.css'

/** Picks a number from a range. */
export function Slider({
  value,
  min,
  max,
  step = 1,
  label,
  valueText,
  onChange,
  className,
}: {
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly label: string
  /** What a screen reader says instead of the bare number. */
  readonly valueText?: string
  readonly onChange: (value: number) => void
  readonly className?: string | undefined
}) {
  return (
    <Primitive.Root
      className={classNames(styles.slider, className)}
      value={[value]}
      min={min}
      max={max}
      step={step}
      onValueChange={([next]) => next !== undefined && onChange(next)}
    >
      <Primitive.Track className={styles.track}>
        <Primitive.Range className={styles.range} />
      </Primitive.Track>
      <Primitive.Thumb
        className={styles.thumb}
        aria-label={label}
        {...(valueText === undefined ? {} : { 'aria-valuetext': valueText })}
      />
    </Primitive.Root>
  )
}
