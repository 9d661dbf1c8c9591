import { MAX_ZOOM, type Point, type Size, type Stage, turnedSize } from '../../ui/stage/viewport.ts'

/**
 * What part of a picture is looked at, so that it means the same for pictures of different sizes: how much larger than
 * fitted, and how far the middle of the picture is from the middle of the stage, in widths and heights of the picture.
 */
export interface SharedView {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export const wholePicture: SharedView = { scale: 1, x: 0, y: 0 }

/** One press of a zoom key. */
const STEP = 1.5

/** Zoom at which a picture fills its stage. Small ones are magnified, so that what is compared is equally large. */
export function fillZoom(stage: Stage): number {
  const { width, height } = turnedSize(stage)
  const room = stage.viewport
  if (width <= 0 || height <= 0 || room.width <= 0 || room.height <= 0) return 1
  return Math.min(MAX_ZOOM, room.width / width, room.height / height)
}

/** The zoom of this picture in the view: 1 is one image pixel on one device pixel. */
export function zoomOf(stage: Stage, view: SharedView): number {
  return fillZoom(stage) * view.scale
}

/** Where the picture stands in the view: its zoom, and its middle's distance from the stage's in CSS pixels. */
export function placed(
  stage: Stage,
  view: SharedView,
): { readonly zoom: number; readonly x: number; readonly y: number } {
  const zoom = zoomOf(stage, view)
  const { width, height } = sizeAt(stage, zoom)
  return { zoom, x: view.x * width, y: view.y * height }
}

/** Keeps a person from zooming out of the whole picture, in beyond all pixels, or from pulling it off the stage. */
export function within(stage: Stage, view: SharedView): SharedView {
  const scale = Math.min(Math.max(1, MAX_ZOOM / fillZoom(stage)), Math.max(1, view.scale))
  const { width, height } = sizeAt(stage, fillZoom(stage) * scale)
  const bounded = (value: number, length: number, room: number) => {
    const reach = length > 0 ? Math.max(0, (length - room) / 2 / length) : 0
    return Math.min(reach, Math.max(-reach, value)) || 0
  }
  return {
    scale,
    x: bounded(view.x, width, stage.viewport.width),
    y: bounded(view.y, height, stage.viewport.height),
  }
}

/** Zooms by a factor and leaves the point of the picture under `pointer` (from the middle of the stage) in its place. */
export function zoomedBy(stage: Stage, view: SharedView, factor: number, pointer: Point = { x: 0, y: 0 }): SharedView {
  const before = placed(stage, view)
  const scale = within(stage, { ...view, scale: view.scale * factor }).scale
  const ratio = scale / view.scale
  const { width, height } = sizeAt(stage, fillZoom(stage) * scale)
  if (width <= 0 || height <= 0) return view
  return within(stage, {
    scale,
    x: (pointer.x - (pointer.x - before.x) * ratio) / width,
    y: (pointer.y - (pointer.y - before.y) * ratio) / height,
  })
}

/** One step of the zoom keys. */
export function steppedZoom(stage: Stage, view: SharedView, direction: 1 | -1): SharedView {
  return zoomedBy(stage, view, direction > 0 ? STEP : 1 / STEP)
}

/** One image pixel of this picture on one device pixel; the whole picture where that would be smaller. */
export function actualSize(stage: Stage, view: SharedView, pointer?: Point): SharedView {
  return zoomedBy(stage, view, 1 / zoomOf(stage, view), pointer)
}

/** Moves by a distance in CSS pixels. */
export function movedBy(stage: Stage, view: SharedView, by: Point): SharedView {
  const { width, height } = sizeAt(stage, zoomOf(stage, view))
  if (width <= 0 || height <= 0) return view
  return within(stage, { scale: view.scale, x: view.x + by.x / width, y: view.y + by.y / height })
}

function sizeAt(stage: Stage, zoom: number): Size {
  const { width, height } = turnedSize(stage)
  return { width: width * zoom, height: height * zoom }
}
