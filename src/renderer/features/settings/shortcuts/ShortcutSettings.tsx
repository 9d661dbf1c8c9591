import { useDeferredValue, useMemo, useState } from 'react'
import { setPreferences } from '../../../actions/settings.ts'
import type { Command } from '../../../commands/command.ts'
import { chordText } from '../../../commands/keys.ts'
import { keysOf, useRegistry } from '../../../commands/registry.ts'
import { preferences as strings } from '../../../strings/preferences.ts'
import { Button } from '../../../ui/Button.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { ShortcutRow } from './ShortcutRow.tsx'
import styles from './ShortcutSettings.module.css'

/** Every command with its keys, which can be changed. */
export function ShortcutSettings() {
  const { commands, customKeys } = useRegistry()
  const [typed, setTyped] = useState('')
  const wanted = useDeferredValue(typed)
  const groups = useMemo(() => groupsOf(commands, customKeys, wanted), [commands, customKeys, wanted])
  return (
    <div className={styles.shortcuts}>
      <div className={styles.head}>
        <TextField
          className={styles.filter}
          type="search"
          value={typed}
          placeholder={strings.shortcutsFilter}
          aria-label={strings.shortcutsFilter}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button disabled={Object.keys(customKeys).length === 0} onClick={() => void setPreferences({ shortcuts: {} })}>
          {strings.resetAll}
        </Button>
      </div>
      {groups.length === 0 ? <p className={styles.note}>{strings.shortcutsNone}</p> : null}
      {groups.map(({ title, members }) => (
        <section key={title} aria-label={title}>
          <h3 className={styles.title}>{title}</h3>
          <ul>
            {members.map((command) => (
              <ShortcutRow key={command.id} command={command} />
            ))}
          </ul>
        </section>
      ))}
      <p className={styles.note}>{strings.shortcutsNote}</p>
    </div>
  )
}

/** Commands by what they are for, one for each name, that fit what was typed. */
function groupsOf(
  commands: readonly Command[],
  customKeys: Readonly<Record<string, readonly string[]>>,
  typed: string,
): readonly { readonly title: string; readonly members: readonly Command[] }[] {
  const words = typed.toLowerCase().split(/\s+/)
  const groups = new Map<string, Command[]>()
  const seen = new Set<string>()
  for (const command of commands) {
    if (seen.has(command.id)) continue
    seen.add(command.id)
    const keys = keysOf(command, customKeys).map((chord) => chordText(chord))
    const text = [command.title, ...keys].join(' ').toLowerCase()
    if (!words.every((word) => text.includes(word))) continue
    const group = groups.get(command.group)
    if (group === undefined) groups.set(command.group, [command])
    else group.push(command)
  }
  return [...groups].map(([title, members]) => ({ title, members }))
}
