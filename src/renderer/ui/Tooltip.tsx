import { Tooltip as Primitive } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './Kbd.tsx'
import styles from './Tooltip.module.css'

/** Wraps the window once, so that moving from one tooltip to the next doesn't wait again. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={500} skipDelayDuration={200} disableHoverableContent>
      {children}
    </Primitive.Provider>
  )
}

/** Names a control on hover and on keyboard focus. The control keeps its own accessible name. */
export function Tooltip({
  label,
  shortcut,
  side = 'bottom',
  children,
}: {
  readonly label: ReactNode
  readonly shortcut?: string | undefined
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  readonly children: ReactElement
}) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className={styles.tooltip} side={side} sideOffset={6} collisionPadding={8}>
          {label}
          {shortcut === undefined ? null : <Kbd>{shortcut}</Kbd>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
