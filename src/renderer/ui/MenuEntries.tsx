import { Check, ChevronRight } from 'lucide-react'
import type { ContextMenu, DropdownMenu } from 'radix-ui'
import { classNames } from './classNames.ts'
import { Kbd } from './Kbd.tsx'
import type { MenuEntry } from './menuEntry.ts'
import styles from './menuSurface.module.css'

type Parts = typeof DropdownMenu | typeof ContextMenu

/** Draws menu entries with the parts of either kind of menu. */
export function MenuEntries({ entries, parts }: { readonly entries: readonly MenuEntry[]; readonly parts: Parts }) {
  const hasIcons = entries.some((entry) => 'icon' in entry && entry.icon !== undefined)
  return entries.map((entry, index) => (
    <Entry
      key={entry.kind === 'separator' ? `separator ${index}` : entry.label}
      entry={entry}
      hasIcons={hasIcons}
      parts={parts}
    />
  ))
}

interface EntryProps {
  readonly entry: MenuEntry
  /** Words of entries without an icon then begin where those of the others do. */
  readonly hasIcons: boolean
  readonly parts: Parts
}

function Entry({ entry, hasIcons, parts }: EntryProps) {
  const space = hasIcons ? <span className={styles.mark} /> : null
  switch (entry.kind) {
    case 'action':
      return (
        <parts.Item
          className={classNames(styles.item, entry.danger && styles.danger)}
          disabled={entry.disabled ?? false}
          onSelect={entry.onSelect}
        >
          {entry.icon ?? space}
          <span className={styles.label}>{entry.label}</span>
          {entry.shortcut === undefined ? null : <Kbd>{entry.shortcut}</Kbd>}
        </parts.Item>
      )
    case 'choice':
      return (
        <parts.CheckboxItem className={styles.item} checked={entry.checked} onSelect={entry.onSelect}>
          <span className={styles.mark}>{entry.checked ? <Check aria-hidden="true" /> : null}</span>
          <span className={styles.label}>{entry.label}</span>
        </parts.CheckboxItem>
      )
    case 'submenu':
      return (
        <parts.Sub>
          <parts.SubTrigger className={styles.item}>
            {entry.icon ?? space}
            <span className={styles.label}>{entry.label}</span>
            <ChevronRight aria-hidden="true" />
          </parts.SubTrigger>
          <parts.Portal>
            <parts.SubContent className={styles.menu} collisionPadding={8} loop>
              <MenuEntries entries={entry.entries} parts={parts} />
            </parts.SubContent>
          </parts.Portal>
        </parts.Sub>
      )
    case 'heading':
      return <parts.Label className={styles.heading}>{entry.label}</parts.Label>
    case 'separator':
      return <parts.Separator className={styles.separator} />
  }
}
