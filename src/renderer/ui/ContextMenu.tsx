import { ContextMenu as Primitive } from 'radix-ui'
import { type ReactElement, useState } from 'react'
import { MenuEntries } from './MenuEntries.tsx'
import type { MenuEntry } from './menuEntry.ts'
import styles from './menuSurface.module.css'

/** The menu of the right button and of the menu key. Entries are made when it opens, for what is selected then. */
export function ContextMenu({
  entries,
  onOpen,
  children,
}: {
  readonly entries: () => readonly MenuEntry[]
  readonly onOpen?: () => void
  readonly children: ReactElement
}) {
  const [open, setOpen] = useState(false)
  return (
    <Primitive.Root
      modal={false}
      onOpenChange={(next) => {
        if (next) onOpen?.()
        setOpen(next)
      }}
    >
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className={styles.menu} collisionPadding={8} loop>
          {open ? <MenuEntries entries={entries()} parts={Primitive} /> : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
