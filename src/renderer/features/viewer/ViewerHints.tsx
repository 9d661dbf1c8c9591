import { viewer as strings } from '../../strings/viewer.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import type { DisplayKind } from '../../ui/stage/displayKind.ts'
import styles from './Viewer.module.css'

const { hints } = strings
type Hint = readonly [key: string, meaning: string]

const SPECIAL: Readonly<Record<DisplayKind, readonly Hint[]>> = {
  image: [hints.zoom, hints.actual],
  drawn: [hints.zoom, hints.actual],
  thumbnail: [hints.zoom, hints.actual],
  pages: [hints.page, hints.zoom],
  video: [hints.play, hints.frame, hints.speed, hints.seek],
  audio: [hints.play, hints.seek],
  text: [hints.read],
  font: [hints.read],
  tile: [],
}

/** The keys that are worth knowing for what is shown. Screen readers are told them by the buttons. */
export function ViewerHints({ kind, triaging }: { readonly kind: DisplayKind | null; readonly triaging: boolean }) {
  const usual = triaging
    ? [hints.rate, hints.favorite, hints.collect, hints.info, hints.undo]
    : [hints.rate, hints.favorite, hints.info, hints.undo]
  return (
    <p className={styles.hints} aria-hidden="true">
      {[...usual, ...(kind === null ? [] : SPECIAL[kind])].map(([key, meaning]) => (
        <span key={key}>
          <Kbd>{key}</Kbd> {meaning}
        </span>
      ))}
    </p>
  )
}
