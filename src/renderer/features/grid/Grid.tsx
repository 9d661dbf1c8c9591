import { useEffect, useMemo, useRef } from 'react'
import { cards } from '../../queries/cards.ts'
import { inStack } from '../../queries/foldStacks.ts'
import { useShown } from '../../queries/shown.ts'
import { useVector } from '../../queries/vector.ts'
import { useBrowse } from '../../state/browse.ts'
import { useDensity } from '../../state/density.ts'
import { useReveal } from '../../state/reveal.ts'
import { useSelection } from '../../state/selection.ts'
import { useViewer } from '../../state/viewer.ts'
import { grid } from '../../strings/grid.ts'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import { useElementSize } from '../../ui/useElementSize.ts'
import { gapMark } from './arrange.ts'
import { Cell, cellId } from './Cell.tsx'
import styles from './Grid.module.css'
import { GroupHeadings, HEADING_HEIGHT } from './GroupHeadings.tsx'
import { gridMenu } from './gridMenu.tsx'
import { ListHeader } from './ListHeader.tsx'
import { GAP, layoutOf } from './layoutOf.ts'
import { Scrubber } from './Scrubber.tsx'
import { elementHeight } from './scrollScale.ts'
import { TypedName } from './TypedName.tsx'
import { useArrange } from './useArrange.ts'
import { useGridKeyboard, useKeysOfNobody } from './useGridKeyboard.ts'
import { useGridPointer } from './useGridPointer.ts'
import { GRID_PADDING, useGridScroll } from './useGridScroll.ts'
import { useMarquee } from './useMarquee.ts'
import { useTypeAhead } from './useTypeAhead.ts'

/** Content of so many windows' height gets the scrubber instead of a scroll bar. */
const SCRUBBED_FROM = 3

/** The assets of the view. However many there are, only what is visible is in the page. */
export function Grid({ place }: { readonly place: string }) {
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const size = useElementSize(scroller)
  const { rowIds, aspects, groups, marks, stacks } = useShown()
  const key = useVector((vector) => vector.key)
  const field = useVector((vector) => vector.arranged?.field ?? null)
  const kind = useBrowse((browse) => browse.layout)
  const cellSize = useBrowse((browse) => browse.cellSize)
  const listRow = useDensity((density) => density.listRow)
  const focus = useSelection((selection) => selection.focus)

  const width = Math.max(0, size.width - GRID_PADDING.side - Math.max(4, GRID_PADDING.side - size.scrollBar))
  const layout = useMemo(
    () =>
      layoutOf(
        kind,
        aspects,
        width,
        cellSize,
        groups === null ? null : { starts: groups.starts, heading: HEADING_HEIGHT },
        listRow,
      ),
    [kind, aspects, width, cellSize, groups, listRow],
  )
  const covered = layout.groupCount > 0 ? HEADING_HEIGHT : 0
  const scroll = useGridScroll(scroller, { layout, rowIds, viewId: viewOf(key) }, size.height, covered, focus)
  const marquee = useMarquee(scroller, layout, scroll)
  const pointer = useGridPointer(marquee.begin)
  const arrange = useArrange()
  const mark = arrange.gap === null ? null : gapMark(layout, arrange.gap, kind === 'list', GAP[kind])
  const typeAhead = useTypeAhead(scroll.reveal)
  const onKeyDown = useGridKeyboard(layout, size.height - covered, scroll.reveal, typeAhead.onKeyDown)
  useKeysOfNobody(list, onKeyDown)
  useFollowing(scroll.reveal)

  const { firstRow, lastRow, offset } = scroll.window
  const first = layout.rowStart(Math.max(0, firstRow))
  const end = lastRow < firstRow || size.width === 0 ? first : layout.rowStart(lastRow + 1)
  useEffect(() => {
    cards.show(Array.from(rowIds.subarray(first, end)))
  }, [rowIds, first, end])

  const scrubbed =
    marks !== null && marks.starts.length > 1 && field !== null && layout.height > size.height * SCRUBBED_FROM
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i)
  return (
    <div className={styles.grid}>
      {kind === 'list' ? <ListHeader width={width} /> : null}
      <div className={styles.body}>
        <ContextMenu entries={gridMenu}>
          <div
            ref={scroller}
            className={styles.scroller}
            data-scrubbed={scrubbed || undefined}
            data-testid="grid"
            onScroll={scroll.onScroll}
            {...pointer}
            {...arrange.handlers}
            onPointerMove={marquee.move}
            onPointerUp={marquee.end}
            onPointerCancel={marquee.end}
          >
            <div className={styles.content} style={{ height: elementHeight(scroll.geometry) }}>
              <div
                ref={list}
                className={styles.list}
                role="listbox"
                aria-label={grid.label(place)}
                aria-multiselectable
                aria-activedescendant={focus === null ? undefined : cellId(focus)}
                tabIndex={0}
                onKeyDown={onKeyDown}
              >
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
                      role={stacks?.roles[index] ?? inStack.none}
                      stackSize={stacks?.sizes[index] ?? 1}
                    />
                  )
                })}
              </div>
              {groups === null || field === null || size.width === 0 ? null : (
                <GroupHeadings
                  layout={layout}
                  groups={groups}
                  field={field}
                  firstRow={firstRow}
                  lastRow={lastRow}
                  offset={offset + GRID_PADDING.top}
                />
              )}
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
        {scrubbed ? (
          <Scrubber layout={layout} marks={marks} field={field} scroll={scroll} viewportHeight={size.height} />
        ) : null}
        <TypedName typed={typeAhead.typed} found={typeAhead.found} />
      </div>
    </div>
  )
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
    const show = (rowId: number) => latest.current(useShown.getState().rowIds.indexOf(rowId))
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
