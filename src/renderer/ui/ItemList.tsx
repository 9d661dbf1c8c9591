import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './ItemList.module.css'

/** Things of one kind below each other in a frame; made of `Item`s. */
export function ItemList({ children }: { readonly children: ReactNode }) {
  return <ul className={styles.list}>{children}</ul>
}

/** One thing of an `ItemList`: what there is to say of it, and at its end what can be done with it. */
export function Item({
  icon: Icon,
  actions,
  children,
}: {
  readonly icon?: LucideIcon
  readonly actions: ReactNode
  readonly children: ReactNode
}) {
  return (
    <li className={styles.item}>
      {Icon === undefined ? null : <Icon aria-hidden="true" className={styles.icon} />}
      <div className={styles.what}>{children}</div>
      {actions}
    </li>
  )
}
