import { compare as strings } from '../../strings/compare.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import styles from './Compare.module.css'

const { hints } = strings

/** The keys that are worth knowing. Screen readers are told them by the buttons. */
export function CompareHints({ workspace }: { readonly workspace: boolean }) {
  const shown = [
    hints.choose,
    hints.rate,
    hints.favorite,
    hints.winner,
    ...(workspace ? [hints.decide] : []),
    hints.swap,
    hints.remove,
    hints.differences,
    hints.zoom,
    hints.undo,
  ]
  return (
    <p className={styles.hints} aria-hidden="true">
      {shown.map(([key, meaning]) => (
        <span key={key}>
          <Kbd>{key}</Kbd> {meaning}
        </span>
      ))}
    </p>
  )
}
