/** Lengths are CSS pixels unless a name says otherwise. */
export interface Size {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** What a picture is shown on: the room there is, the picture's own pixels, and how it is turned. */
export interface Stage {
  readonly viewport: Size
  /** Room that a fitted picture leaves free, both sides together. */
  readonly margin: Size
  /** In image pixels, as stored (before `quarterTurns`). */
  readonly image: Size
  /** Device pixels in one CSS pixel. */
  readonly pixelRatio: number
  /** Clockwise. */
  readonly quarterTurns: 0 | 1 | 2 | 3
}

/** Where the picture is: `zoom` 1 puts one image pixel on one device pixel; x and y move its centre off the middle. */
export interface Placement {
  readonly zoom: number
  readonly x: number
  readonly y: number
}

export const MAX_ZOOM = 32

/** The steps of the zoom keys and buttons. */
const LADDER = [0.05, 0.1, 0.167, 0.25, 0.333, 0.5, 0.667, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, MAX_ZOOM]

/** Two zooms closer than this are the same to a person; ladders and comparisons ignore the difference. */
const SAME = 0.005

/** Size of the picture as it stands, turned, at zoom 1. */
export function turnedSize(stage: Stage): Size {
  const width = stage.image.width / stage.pixelRatio
  const height = stage.image.height / stage.pixelRatio
  return stage.quarterTurns % 2 === 0 ? { width, height } : { width: height, height: width }
}

/** The zoom at which the whole picture is visible. Small pictures are not magnified: their pixels are what they are. */
export function fitZoom(stage: Stage): number {
  const { width, height } = turnedSize(stage)
  const room = {
    width: stage.viewport.width - stage.margin.width,
    height: stage.viewport.height - stage.margin.height,
  }
  if (width <= 0 || height <= 0 || room.width <= 0 || room.height <= 0) return 1
  return Math.min(1, room.width / width, room.height / height)
}

/** The whole picture in the middle. */
export function fitted(stage: Stage): Placement {
  return { zoom: fitZoom(stage), x: 0, y: 0 }
}

/** True when the whole picture is visible, so there is nothing to pan. */
export function isFitted(stage: Stage, placement: Placement): boolean {
  return placement.zoom <= fitZoom(stage) * (1 + SAME)
}

/** Keeps the picture's edge from being pulled inside the viewport, and a small picture in the middle. */
export function constrained(stage: Stage, placement: Placement): Placement {
  const zoom = Math.min(MAX_ZOOM, Math.max(fitZoom(stage), placement.zoom))
  const size = turnedSize(stage)
  const reach = (length: number, room: number) => Math.max(0, (length * zoom - room) / 2)
  const within = (value: number, limit: number) => Math.min(limit, Math.max(-limit, value)) || 0
  return {
    zoom,
    x: within(placement.x, reach(size.width, stage.viewport.width)),
    y: within(placement.y, reach(size.height, stage.viewport.height)),
  }
}

/** Zooms to `zoom` and leaves the image point under `pointer` (measured from the middle of the viewport) where it is. */
export function zoomedTo(stage: Stage, placement: Placement, zoom: number, pointer: Point = { x: 0, y: 0 }): Placement {
  const target = Math.min(MAX_ZOOM, Math.max(fitZoom(stage), zoom))
  const ratio = target / placement.zoom
  return constrained(stage, {
    zoom: target,
    x: pointer.x - (pointer.x - placement.x) * ratio,
    y: pointer.y - (pointer.y - placement.y) * ratio,
  })
}

/** One step in or out on the ladder of zooms; the fit is the last step out. */
export function zoomedByStep(stage: Stage, placement: Placement, direction: 1 | -1, pointer?: Point): Placement {
  const next =
    direction > 0
      ? LADDER.find((zoom) => zoom > placement.zoom * (1 + SAME))
      : LADDER.findLast((zoom) => zoom < placement.zoom * (1 - SAME))
  return zoomedTo(stage, placement, next ?? (direction > 0 ? MAX_ZOOM : fitZoom(stage)), pointer)
}

/** Moves the picture by a distance, as far as its edges allow. */
export function panned(stage: Stage, placement: Placement, by: Point): Placement {
  return constrained(stage, { zoom: placement.zoom, x: placement.x + by.x, y: placement.y + by.y })
}

/** The factor that one wheel event zooms by. A pinch arrives as a wheel with Ctrl held and much smaller deltas. */
export function wheelFactor(event: { readonly deltaY: number; readonly deltaMode: number; readonly ctrlKey: boolean }) {
  const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaMode === 2 ? event.deltaY * 400 : event.deltaY
  const bounded = Math.min(200, Math.max(-200, pixels))
  return Math.exp(-bounded * (event.ctrlKey ? 0.01 : 0.002))
}
