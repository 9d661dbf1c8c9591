import { DropdownMenu } from 'radix-ui'
import type { ReactElement } from 'react'
import { MenuEntries } from './MenuEntries.tsx'
import type { MenuEntry } from './menuEntry.ts'
import styles from './menuSurface.module.css'

/** A menu that opens from a button. Not modal: a modal one injects a `<style>`, which our policy forbids. */
export function Menu({
  entries,
  align = 'start',
  children,
}: {
  readonly entries: readonly MenuEntry[]
  readonly align?: 'start' | 'end'
  readonly children: ReactElement
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8} loop>
          <MenuEntries entries={entries} parts={DropdownMenu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
