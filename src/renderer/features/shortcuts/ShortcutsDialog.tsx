import { keyText } from '../../actions/shortcutText.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { frame } from '../../strings/frame.ts'
import { shortcutSheet } from '../../strings/shortcuts.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import styles from './ShortcutsDialog.module.css'

/** Every shortcut of the window on one sheet. */
export function ShortcutsDialog() {
  const open = usePanels((panels) => panels.dialog === 'shortcuts')
  return (
    <Dialog open={open} onClose={closeDialog} title={frame.shortcutsTitle} size="l">
      <div className={styles.sheet}>
        {shortcutSheet.map(({ title, shortcuts }) => (
          <section key={title}>
            <h3 className={styles.title}>{title}</h3>
            <dl className={styles.list}>
              {shortcuts.map(([keys, meaning]) => (
                <div key={meaning} className={styles.row}>
                  <dt>{meaning}</dt>
                  <dd className={styles.keys}>
                    {keys.map((key) => (key === '+' || key === '–' ? key : <Kbd key={key}>{keyText(key)}</Kbd>))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
