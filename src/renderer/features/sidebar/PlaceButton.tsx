import { type DragEvent, type ReactNode, useState } from 'react'
import type { View } from '../../../shared/domain/query.ts'
import {
  type Browse,
  openScreen,
  openView,
  type Screen,
  setSearchText,
  useBrowse,
  viewKey,
} from '../../state/browse.ts'
import { classNames } from '../../ui/classNames.ts'
import styles from './PlaceButton.module.css'

export interface AssetDropTarget {
  /** Whether what is being dragged can be dropped here. */
  accepts(event: DragEvent): boolean
  drop(event: DragEvent): void
}

type Place = View | Exclude<Screen, 'assets'>

/** A line of the sidebar that leads to a view, and on which things may be dropped. */
export function PlaceButton({
  view,
  search = '',
  icon,
  name,
  indent = false,
  target,
  onRename,
  children,
}: {
  readonly view: Place
  /** What is searched for there, where that is the place. */
  readonly search?: string
  readonly icon: ReactNode
  readonly name: string
  readonly indent?: boolean
  readonly target?: AssetDropTarget
  /** F2 and a double click. */
  readonly onRename?: () => void
  readonly children?: ReactNode
}) {
  const current = useBrowse((browse) => isAt(browse, view) && (search === '' || browse.text.trim() === search))
  const [over, setOver] = useState(false)
  return (
    <button
      type="button"
      className={classNames(styles.place, indent && styles.indent)}
      aria-current={current ? 'page' : undefined}
      data-drop={over || undefined}
      onClick={() => {
        if (typeof view === 'string') return openScreen(view)
        openView(view)
        if (search !== '') setSearchText(search)
      }}
      onDoubleClick={onRename}
      onKeyDown={(event) => {
        if (event.key !== 'F2' || onRename === undefined) return
        event.preventDefault()
        onRename()
      }}
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
function isAt({ screen, view }: Browse, place: Place): boolean {
  if (typeof place === 'string' || screen !== 'assets') return place === screen
  return place.kind === 'workspace' ? view.kind === 'workspace' : viewKey(view) === viewKey(place)
}
