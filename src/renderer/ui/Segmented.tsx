import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './Segmented.module.css'
import { Tooltip } from './Tooltip.tsx'

export interface Segment<T extends string> {
  readonly value: T
  readonly label: string
  /** Shown instead of the label, which is then the accessible name and the tooltip. */
  readonly icon?: ReactNode
}

/** One of a few, all visible. */
export function Segmented<T extends string>({
  value,
  segments,
  label,
  onChange,
}: {
  readonly value: T
  readonly segments: readonly Segment<T>[]
  readonly label: string
  readonly onChange: (value: T) => void
}) {
  return (
    <ToggleGroup.Root
      type="single"
      className={styles.group}
      value={value}
      aria-label={label}
      onValueChange={(next) => {
        const chosen = segments.find((segment) => segment.value === next)
        if (chosen) onChange(chosen.value)
      }}
    >
      {segments.map((segment) =>
        segment.icon === undefined ? (
          <ToggleGroup.Item key={segment.value} value={segment.value} className={styles.text}>
            {segment.label}
          </ToggleGroup.Item>
        ) : (
          // The tooltip marks its trigger with its own data-state, so the item must be inside of it.
          <Tooltip key={segment.value} label={segment.label}>
            <span className={styles.slot}>
              <ToggleGroup.Item value={segment.value} className={styles.icon} aria-label={segment.label}>
                {segment.icon}
              </ToggleGroup.Item>
            </span>
          </Tooltip>
        ),
      )}
    </ToggleGroup.Root>
  )
}
