import { type PointerEvent, useRef } from 'react'
import { COLUMN_WIDTH, type ListFact, resizeColumn } from '../../state/listColumns.ts'
import { grid } from '../../strings/grid.ts'
import styles from './ListHeader.module.css'

const KEY_STEP = 8

/**
 * The left edge of a column: dragged, or moved with the arrow keys, it makes the column wider or narrower. The name, at the
 * left of all, gives and takes the room.
 */
export function ColumnEdge({ fact, width }: { readonly fact: ListFact; readonly width: number }) {
  const start = useRef({ x: 0, width: 0 })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule can't be moved; this is the splitter of the ARIA authoring practices
    <div
      className={styles.edge}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={grid.widthOf(grid.fact(fact))}
      aria-valuenow={width}
      aria-valuemin={COLUMN_WIDTH.min}
      aria-valuemax={COLUMN_WIDTH.max}
      // The column itself is draggable; its edge is not.
      draggable
      onDragStart={(event) => {
        event.preventDefault()
        event.stopPropagation()
      }}
      onPointerDown={(event: PointerEvent) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width }
      }}
      onPointerMove={(event: PointerEvent) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        resizeColumn(fact, start.current.width + (start.current.x - event.clientX))
      }}
      onKeyDown={(event) => {
        if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return
        const step = { ArrowLeft: KEY_STEP, ArrowRight: -KEY_STEP }[event.key]
        if (step === undefined) return
        event.preventDefault()
        event.stopPropagation()
        resizeColumn(fact, width + step)
      }}
    />
  )
}
