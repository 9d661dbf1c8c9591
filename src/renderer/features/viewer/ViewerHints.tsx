import { viewer as strings } from '../../strings/viewer.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import type { DisplayKind } from './displayKind.ts'
import styles from './Viewer.module.css'

const { hints } = strings

/** The keys that are worth knowing for what is shown. */
export function ViewerHints({ kind }: { readonly kind: DisplayKind | null }) {
  const special =
    kind === 'video'
      ? [hints.play, hints.frame]
      : kind === 'audio'
        ? [hints.play]
        : kind === 'tile'
          ? []
          : [hints.zoom, hints.actual]
  return (
    <p className={styles.hints} aria-hidden="true">
      {[hints.rate, hints.favorite, hints.info, hints.undo, ...special].map(([key, meaning]) => (
        <span key={key}>
          <Kbd>{key}</Kbd> {meaning}
        </span>
      ))}
    </p>
  )
}
