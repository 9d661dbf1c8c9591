import { useEffect, useRef } from 'react'
import { chordOf } from '../../../commands/keys.ts'
import { preferences as strings } from '../../../strings/preferences.ts'
import styles from './ShortcutSettings.module.css'

/** Listens for one chord, which means nothing else meanwhile. Esc and looking elsewhere leave it. */
export function KeyRecorder({
  onChord,
  onLeave,
}: {
  readonly onChord: (chord: string) => void
  readonly onLeave: () => void
}) {
  const field = useRef<HTMLButtonElement>(null)
  const latest = useRef({ onChord, onLeave })
  latest.current = { onChord, onLeave }
  useEffect(() => {
    field.current?.focus()
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Tab') return
      event.preventDefault()
      event.stopImmediatePropagation()
      const chord = chordOf(event)
      if (chord === 'Escape') latest.current.onLeave()
      else if (chord !== null) latest.current.onChord(chord)
    }
    // Before the dialog around it, which would take Esc for itself.
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])
  return (
    <button ref={field} type="button" className={styles.recorder} onBlur={onLeave}>
      {strings.press}
    </button>
  )
}
