import { RotateCcw, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { setPreferences } from '../../../actions/settings.ts'
import type { Command } from '../../../commands/command.ts'
import { commandsWith, isReserved, withKey } from '../../../commands/conflicts.ts'
import { chordText } from '../../../commands/keys.ts'
import { keysOf, useRegistry } from '../../../commands/registry.ts'
import { preferences as strings } from '../../../strings/preferences.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Kbd } from '../../../ui/Kbd.tsx'
import { KeyRecorder } from './KeyRecorder.tsx'
import styles from './ShortcutSettings.module.css'

type Doing =
  | { readonly is: 'nothing' }
  | { readonly is: 'recording' }
  | { readonly is: 'asking'; readonly chord: string; readonly others: readonly Command[] }
  | { readonly is: 'refused'; readonly chord: string }

/** A command with its keys, and the ways to other ones. */
export function ShortcutRow({ command }: { readonly command: Command }) {
  const { commands, customKeys } = useRegistry()
  const [doing, setDoing] = useState<Doing>({ is: 'nothing' })
  const changeButton = useRef<HTMLButtonElement>(null)
  const { id, title } = command
  const chords = keysOf(command, customKeys)
  const custom = Object.hasOwn(customKeys, id)

  const finish = () => {
    setDoing({ is: 'nothing' })
    // The button is drawn anew once nothing is recorded any more.
    requestAnimationFrame(() => changeButton.current?.focus())
  }
  const give = (chord: string, losing: readonly Command[]) => {
    void setPreferences({ shortcuts: withKey(chord, command, losing, customKeys) })
    finish()
  }
  const recorded = (chord: string) => {
    const others = commandsWith(chord, command, commands, customKeys)
    if (isReserved(chord)) setDoing({ is: 'refused', chord })
    else if (others.length > 0) setDoing({ is: 'asking', chord, others })
    else give(chord, [])
  }
  const reset = () => {
    const { [id]: _, ...others } = customKeys
    void setPreferences({ shortcuts: mutable(others) })
  }

  return (
    <li className={styles.row} data-command={id}>
      <span className={styles.name}>{title}</span>
      {doing.is === 'recording' ? (
        <KeyRecorder onChord={recorded} onLeave={finish} />
      ) : (
        <>
          <span className={styles.keys}>
            {chords.length === 0 ? (
              <span className={styles.none}>{strings.noKeys}</span>
            ) : (
              chords.map((chord) => <Kbd key={chord}>{chordText(chord)}</Kbd>)
            )}
          </span>
          <span className={styles.actions}>
            {custom ? (
              <IconButton label={strings.reset(title)} size="s" onClick={reset}>
                <RotateCcw />
              </IconButton>
            ) : null}
            {chords.length === 0 ? null : (
              <IconButton
                label={strings.remove(title)}
                size="s"
                onClick={() => void setPreferences({ shortcuts: { ...mutable(customKeys), [id]: [] } })}
              >
                <X />
              </IconButton>
            )}
            <Button
              ref={changeButton}
              size="s"
              aria-label={strings.change(title)}
              onClick={() => setDoing({ is: 'recording' })}
            >
              {strings.changeNow}
            </Button>
          </span>
        </>
      )}
      {doing.is === 'refused' ? (
        <p className={styles.notice} role="alert">
          {strings.reserved(chordText(doing.chord))}
        </p>
      ) : null}
      {doing.is === 'asking' ? (
        <div className={styles.notice} role="alert">
          <span>{strings.taken(chordText(doing.chord), doing.others.map((other) => other.title).join('”, “'))}</span>
          <Button size="s" ref={focusIt} onClick={() => give(doing.chord, doing.others)}>
            {strings.takeIt}
          </Button>
          <Button size="s" variant="quiet" onClick={finish}>
            {strings.leaveIt}
          </Button>
        </div>
      ) : null}
    </li>
  )
}

/** One function for good, so that React calls it once. */
function focusIt(button: HTMLButtonElement | null): void {
  button?.focus()
}

function mutable(keys: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(keys).map(([id, chords]) => [id, [...chords]]))
}
