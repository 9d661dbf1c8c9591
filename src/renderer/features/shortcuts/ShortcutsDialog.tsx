import { useMemo } from 'react'
import { currentMode } from '../../commands/mode.ts'
import { useRegistry } from '../../commands/registry.ts'
import { sheetOf } from '../../commands/sheet.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { frame } from '../../strings/frame.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import styles from './ShortcutsDialog.module.css'

/** Every shortcut of what the window shows on one sheet. */
export function ShortcutsDialog() {
  const open = usePanels((panels) => panels.dialog === 'shortcuts')
  return (
    <Dialog open={open} onClose={closeDialog} title={frame.shortcutsTitle} size="l">
      <Sheet />
    </Dialog>
  )
}

function Sheet() {
  const registry = useRegistry()
  const groups = useMemo(() => sheetOf(currentMode(), registry), [registry])
  return (
    <div className={styles.sheet}>
      {groups.map(({ title, lines }) => (
        <section key={title} className={styles.group}>
          <h3 className={styles.title}>{title}</h3>
          <dl className={styles.list}>
            {lines.map(({ keys, meaning }) => (
              <div key={meaning} className={styles.row}>
                <dt>{meaning}</dt>
                <dd className={styles.keys}>
                  {keys.map((key, at) => (isBetween(keys, at) ? key : <Kbd key={key}>{key}</Kbd>))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

/** Whether what is written at this place only joins the keys around it; plus may be a key itself. */
function isBetween(keys: readonly string[], at: number): boolean {
  return (keys[at] === '+' || keys[at] === '–') && at > 0 && at < keys.length - 1
}
