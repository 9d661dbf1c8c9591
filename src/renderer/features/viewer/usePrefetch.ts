import { useEffect } from 'react'
import { thumbnailUrl } from '../../../shared/contract/bridge.ts'
import { cards } from '../../queries/cards.ts'
import { displayKind, sharpSource } from '../../ui/stage/displayKind.ts'

/** Larger originals than this are only read when they are shown. */
const LARGEST_BYTES = 60_000_000

/** Reads the pictures on either side while one is looked at, so that the next one is there at once. */
export function usePrefetch(rowIds: readonly (number | null)[]): void {
  const key = rowIds.join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is what the array says
  useEffect(() => {
    // Held until the next step: a picture without a holder may be collected before it is read.
    const held: HTMLImageElement[] = []
    const read = (url: string) => {
      const image = new Image()
      image.src = url
      // Off the main thread, so that the picture is there in the moment in which it is turned to.
      image.decode().catch(() => {})
      held.push(image)
    }
    let current = true
    const wanted = rowIds.filter((rowId) => rowId !== null)
    cards.load(wanted).then(
      (found) => {
        if (!current) return
        for (const card of found) {
          if (card.has_thumbnail) read(thumbnailUrl(card.sha256, 600))
          const source = sharpSource(card, displayKind(card))
          if (source !== null && card.file_size_bytes <= LARGEST_BYTES) read(source)
        }
      },
      // Reading ahead is a favour; what is really shown reports its own failures.
      () => {},
    )
    return () => {
      current = false
      // Ends what is still being read of pictures that were passed by.
      for (const image of held) image.removeAttribute('src')
    }
  }, [key])
}
