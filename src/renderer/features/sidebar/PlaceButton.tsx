import { type DragEvent, type ReactNode, useState } from 'react'
import type { View } from '../../../shared/domain/query.ts'
import { type Browse, openDuplicates, openView, useBrowse, viewKey } from '../../state/browse.ts'
import { classNames } from '../../ui/classNames.ts'
import styles from './PlaceButton.module.css'

export interface AssetDropTarget {
  /** Whether what is being dragged can be dropped here. */
  accepts(event: DragEvent): boolean
  drop(event: DragEvent): void
}

/** A line of the sidebar that leads to a view, and on which things may be dropped. */
export function PlaceButton({
  view,
  icon,
  name,
  indent = false,
  target,
  onRename,
  children,
}: {
  readonly view: View | 'duplicates'
  readonly icon: ReactNode
  readonly name: string
  readonly indent?: boolean
  readonly target?: AssetDropTarget
  /** F2 and a double click. */
  readonly onRename?: () => void
  readonly children?: ReactNode
}) {
  const current = useBrowse((browse) => isAt(browse, view))
  const [over, setOver] = useState(false)
  return (
    <button
      type="button"
      className={classNames(styles.place, indent && styles.indent)}
      aria-current={current ? 'page' : undefined}
      data-drop={over || undefined}
      onClick={() => (view === 'duplicates' ? openDuplicates() : openView(view))}
      onDoubleClick={onRename}
      onKeyDown={(event) => event.key === 'F2' && onRename?.()}
      onDragOver={(event) => {
        if (target === undefined || !target.accepts(event)) return
        event.preventDefault()
        event.stopPropagation()
        event.dataTransfer.dropEffect = 'copy'
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        if (target === undefined || !target.accepts(event)) return
        event.preventDefault()
        event.stopPropagation()
        target.drop(event)
      }}
    >
      {icon}
      <span className={styles.name}>{name}</span>
      {children}
    </button>
  )
}

/** A job is a part of the Workspace, which has one line for all of them. */
function isAt({ screen, view }: Browse, place: View | 'duplicates'): boolean {
  if (place === 'duplicates' || screen === 'duplicates') return place === screen
  return place.kind === 'workspace' ? view.kind === 'workspace' : viewKey(view) === viewKey(place)
}
