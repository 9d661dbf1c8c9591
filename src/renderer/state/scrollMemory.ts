/** Where a view was left: an asset, and how far it was above the upper edge, in CSS pixels. */
export interface ScrollPlace {
  readonly rowId: number
  readonly above: number
}

const places = new Map<string, ScrollPlace>()

/** Where this view was left; undefined when at its top, or never seen. */
export function rememberedPlace(viewId: string): ScrollPlace | undefined {
  return places.get(viewId)
}

/** Remembers where a view is; null when it is at its top. */
export function rememberPlace(viewId: string, place: ScrollPlace | null): void {
  if (place === null) places.delete(viewId)
  else places.set(viewId, place)
}
