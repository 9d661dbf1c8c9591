import { type ColorLabel, colorLabelSchema } from '../../../shared/domain/asset.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { Menu } from '../../ui/Menu.tsx'
import styles from './Marks.module.css'
import type { Shared } from './sharedValues.ts'

/** The colour label, chosen from a menu. */
export function ColorLabels({
  label,
  onChange,
}: {
  readonly label: Shared<ColorLabel | null>
  readonly onChange: (label: ColorLabel | null) => void
}) {
  const value = label.mixed ? null : label.value
  const name = label.mixed ? strings.mixed : value === null ? strings.noLabel : strings.labels[value]
  return (
    <Menu
      entries={[
        { kind: 'heading', label: strings.colorLabel },
        {
          kind: 'choice',
          label: strings.noLabel,
          checked: !label.mixed && value === null,
          onSelect: () => onChange(null),
        },
        ...colorLabelSchema.options.map(
          (option) =>
            ({
              kind: 'action',
              label: strings.labels[option],
              icon: <span className={styles.swatch} data-label={option} />,
              onSelect: () => onChange(option),
            }) as const,
        ),
      ]}
    >
      <button type="button" className={styles.label} aria-label={strings.labelName(name)}>
        <span className={styles.swatch} data-label={value ?? undefined} data-mixed={label.mixed || undefined} />
      </button>
    </Menu>
  )
}
