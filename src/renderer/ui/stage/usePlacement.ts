import { useCallback, useEffect, useRef, useState } from 'react'
import type { GestureTarget } from './useStageGestures.ts'
import {
  constrained,
  fitted,
  isFitted,
  type Placement,
  type Point,
  panned,
  type Stage,
  zoomedByStep,
  zoomedTo,
} from './viewport.ts'

export interface PlacementControl extends GestureTarget {
  readonly placement: Placement
  step(direction: 1 | -1, pointer?: Point): void
}

/** Where the picture is. A fitted picture stays fitted while the window changes; another picture starts fitted. */
export function usePlacement(stage: Stage, pictureKey: string): PlacementControl {
  const [free, setFree] = useState<{ readonly key: string; readonly placement: Placement } | null>(null)
  const own = free !== null && free.key === pictureKey ? free.placement : null
  const placement = own === null ? fitted(stage) : constrained(stage, own)

  // Several wheel events can come before the next drawing; each starts from where the one before ended.
  const latest = useRef({ stage, placement })
  useEffect(() => {
    latest.current = { stage, placement }
  })

  const change = useCallback(
    (next: (stage: Stage, placement: Placement) => Placement) => {
      const after = next(latest.current.stage, latest.current.placement)
      latest.current = { ...latest.current, placement: after }
      setFree(isFitted(latest.current.stage, after) ? null : { key: pictureKey, placement: after })
    },
    [pictureKey],
  )

  return {
    placement,
    fits: isFitted(stage, placement),
    fit: useCallback(() => change(fitted), [change]),
    actualSize: useCallback((pointer) => change((s, p) => zoomedTo(s, p, 1, pointer)), [change]),
    step: useCallback((direction, pointer) => change((s, p) => zoomedByStep(s, p, direction, pointer)), [change]),
    scale: useCallback((factor, pointer) => change((s, p) => zoomedTo(s, p, p.zoom * factor, pointer)), [change]),
    pan: useCallback((by) => change((s, p) => panned(s, p, by)), [change]),
  }
}
