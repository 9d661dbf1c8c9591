import { useEffect, useMemo, useRef } from 'react'
import { cards } from '../../queries/cards.ts'
import { useVector } from '../../queries/vector.ts'
import { type GridLayoutKind, useBrowse } from '../../state/browse.ts'
import { useReveal } from '../../state/reveal.ts'
import { useSelection } from '../../state/selection.ts'
import { useViewer } from '../../state/viewer.ts'
import { grid } from '../../strings/grid.ts'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import { useElementSize } from '../../ui/useElementSize.ts'
import { gapMark } from './arrange.ts'
import { CAPTION_HEIGHT, Cell, cellId } from './Cell.tsx'
import styles from './Grid.module.css'
import { type GridLayout, justifiedLayout, squareLayout, uniformLayout } from './gridLayout.ts'
import { gridMenu } from './gridMenu.tsx'
import { ListHeader } from './ListHeader.tsx'
import { elementHeight } from './scrollScale.ts'
import { useArrange } from './useArrange.ts'
import { useGridKeyboard, useKeysOfNobody } from './useGridKeyboard.ts'
import { useGridPointer } from './useGridPointer.ts'
import { GRID_PADDING, useGridScroll } from './useGridScroll.ts'
import { useMarquee } from './useMarquee.ts'

const GAP = { justified: 6, squares: 12, list: 0 } as const
const LIST_ROW = 44

/** The assets of the view. However many there are, only what is visible is in the page. */
export function Grid({ place }: { readonly place: string }) {
  const scroller = useRef<HTMLDivElement>(null)
  const size = useElementSize(scroller)
  const { rowIds, aspects, key } = useVector()
  const kind = useBrowse((browse) => browse.layout)
  const cellSize = useBrowse((browse) => browse.cellSize)
  const focus = useSelection((selection) => selection.focus)

  const width = Math.max(0, size.width - GRID_PADDING.side - Math.max(4, GRID_PADDING.side - size.scrollBar))
  const layout = useMemo(() => layoutOf(kind, aspects, width, cellSize), [kind, aspects, width, cellSize])
  const scroll = useGridScroll(scroller, { layout, rowIds, viewId: viewOf(key) }, size.height, focus)
  const marquee = useMarquee(scroller, layout, scroll)
  const pointer = useGridPointer(marquee.begin)
  const arrange = useArrange()
  const mark = arrange.gap === null ? null : gapMark(layout, arrange.gap, kind === 'list', GAP[kind])
  const onKeyDown = useGridKeyboard(layout, size.height, scroll.reveal)
  useKeysOfNobody(scroller, onKeyDown)
  useFollowing(scroll.reveal)

  const { firstRow, lastRow, offset } = scroll.window
  const first = layout.rowStart(Math.max(0, firstRow))
  const end = lastRow < firstRow || size.width === 0 ? first : layout.rowStart(lastRow + 1)
  useEffect(() => {
    cards.show(Array.from(rowIds.subarray(first, end)))
  }, [rowIds, first, end])

  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i)
  return (
    <div className={styles.grid}>
      {kind === 'list' ? <ListHeader width={width} /> : null}
      <ContextMenu entries={gridMenu}>
        <div
          ref={scroller}
          className={styles.scroller}
          role="listbox"
          aria-label={grid.label(place)}
          aria-multiselectable
          aria-activedescendant={focus === null ? undefined : cellId(focus)}
          tabIndex={0}
          data-testid="grid"
          onScroll={scroll.onScroll}
          onKeyDown={onKeyDown}
          {...pointer}
          {...arrange.handlers}
          onPointerMove={marquee.move}
          onPointerUp={marquee.end}
          onPointerCancel={marquee.end}
        >
          <div className={styles.content} role="presentation" style={{ height: elementHeight(scroll.geometry) }}>
            {indexes.map((index) => {
              const rowId = rowIds[index] ?? 0
              const { x, y, width, height } = layout.place(index)
              return (
                <Cell
                  key={rowId}
                  rowId={rowId}
                  index={index}
                  total={rowIds.length}
                  x={x + GRID_PADDING.side}
                  y={y + GRID_PADDING.top + offset}
                  width={width}
                  height={height}
                  kind={kind}
                />
              )
            })}
            {mark === null ? null : (
              <div
                className={styles.gap}
                data-testid="arrange-mark"
                style={{
                  width: mark.width,
                  height: mark.height,
                  transform: `translate(${mark.x + GRID_PADDING.side}px, ${mark.y + GRID_PADDING.top + offset}px)`,
                }}
              />
            )}
            {marquee.rect === null ? null : (
              <div
                className={styles.marquee}
                style={{
                  width: marquee.rect.width,
                  height: marquee.rect.height,
                  transform: `translate(${marquee.rect.x}px, ${marquee.rect.y + offset}px)`,
                }}
              />
            )}
          </div>
        </div>
      </ContextMenu>
    </div>
  )
}

function layoutOf(kind: GridLayoutKind, aspects: Float32Array, width: number, cellSize: number): GridLayout {
  switch (kind) {
    case 'justified':
      return justifiedLayout(aspects, width, cellSize, GAP.justified)
    case 'squares':
      return squareLayout(aspects.length, width, cellSize, GAP.squares, CAPTION_HEIGHT)
    case 'list':
      return uniformLayout(aspects.length, 1, { width: Math.max(1, width), height: LIST_ROW }, GAP.list)
  }
}

/** The view that a vector's key names; a search within it keeps the place in the view. */
function viewOf(key: string | null): string {
  return key === null ? '' : key.slice(0, key.indexOf('\n'))
}

/** After the viewer, what was looked at last is visible; so is what another part of the window asks for. */
function useFollowing(reveal: (index: number) => void): void {
  const latest = useRef(reveal)
  useEffect(() => {
    latest.current = reveal
  })
  useEffect(() => {
    const show = (rowId: number) => latest.current(useVector.getState().rowIds.indexOf(rowId))
    const stopViewer = useViewer.subscribe((now, before) => {
      if (now.rowId === null && before.rowId !== null) show(before.rowId)
    })
    const stopAsked = useReveal.subscribe(({ asked }) => asked !== null && show(asked.rowId))
    return () => {
      stopViewer()
      stopAsked()
    }
  }, [])
}
