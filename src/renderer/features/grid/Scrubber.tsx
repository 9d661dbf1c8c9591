import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react'
import type { RowGroups } from '../../../shared/domain/arrangement.ts'
import type { SortField } from '../../../shared/domain/query.ts'
import { arrangement as strings } from '../../strings/arrangement.ts'
import { classNames } from '../../ui/classNames.ts'
import type { GridLayout } from './gridLayout.ts'
import styles from './Scrubber.module.css'
import { labelsOf, markAt, marksOf } from './scrubberMarks.ts'
import type { GridScroll } from './useGridScroll.ts'

/** Room above and below the track, in CSS pixels. */
const INSET = 10

/**
 * The edge of a long view as a track with years and months, or the values of the order: a press goes there, a drag passes
 * over everything, and its keys go from mark to mark.
 */
export function Scrubber({
  layout,
  marks: groups,
  field,
  scroll,
  viewportHeight,
}: {
  readonly layout: GridLayout
  readonly marks: RowGroups
  readonly field: SortField
  readonly scroll: GridScroll
  readonly viewportHeight: number
}) {
  const track = useRef<HTMLDivElement>(null)
  const thumb = useRef<HTMLDivElement>(null)
  const bubble = useRef<HTMLSpanElement>(null)
  const length = Math.max(1, viewportHeight - 2 * INSET)
  const marks = useMemo(() => marksOf(layout, groups), [layout, groups])
  const labels = useMemo(() => labelsOf(marks, field, length, layout.height), [marks, field, length, layout.height])
  const range = Math.max(1, scroll.geometry.contentHeight - viewportHeight)
  const { onMove, position } = scroll

  // Moves with every frame of scrolling, so it is no matter of drawing anew.
  useEffect(() => {
    const follow = () => {
      const { content } = position.current
      const share = Math.min(1, Math.max(0, content / range))
      const name = strings.group(field, marks[Math.max(0, markAt(marks, content))]?.key ?? '')
      thumb.current?.style.setProperty('--share', String(share))
      thumb.current?.style.setProperty('transform', `translateY(${share * length}px)`)
      if (bubble.current !== null) bubble.current.textContent = name
      track.current?.setAttribute('aria-valuenow', String(Math.round(share * 100)))
      track.current?.setAttribute('aria-valuetext', name)
    }
    follow()
    return onMove(follow)
  }, [field, length, marks, onMove, position, range])

  const goToPointer = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect()
    if (box === undefined) return
    scroll.scrollTo(((event.clientY - box.top - INSET) / length) * range)
  }
  const goToMark = (step: number) => {
    // At a mark already, the one before it is meant.
    const { content } = position.current
    const at = markAt(marks, content + 1)
    const exact = Math.abs((marks[at]?.top ?? 0) - content) < 2
    const target = marks[Math.min(marks.length - 1, Math.max(0, step < 0 && !exact ? at : at + step))]
    if (target !== undefined) scroll.scrollTo(target.top)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = {
      ArrowUp: () => goToMark(-1),
      ArrowDown: () => goToMark(1),
      ArrowLeft: () => goToMark(-1),
      ArrowRight: () => goToMark(1),
      PageUp: () => goToMark(-12),
      PageDown: () => goToMark(12),
      Home: () => scroll.scrollTo(0),
      End: () => scroll.scrollTo(range),
    }[event.key]
    if (act === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  return (
    <div
      ref={track}
      className={styles.track}
      role="slider"
      tabIndex={0}
      aria-label={strings.scrubber}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      data-testid="scrubber"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        goToPointer(event)
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && goToPointer(event)}
    >
      {labels.map(({ at, key, major }) => (
        <span
          key={key}
          className={classNames(styles.label, !major && styles.minor)}
          style={{ top: at + INSET }}
          aria-hidden="true"
        >
          {strings.short(field, key)}
        </span>
      ))}
      <div ref={thumb} className={styles.thumb} style={{ top: INSET }}>
        <span ref={bubble} className={styles.bubble} aria-hidden="true" />
      </div>
    </div>
  )
}
