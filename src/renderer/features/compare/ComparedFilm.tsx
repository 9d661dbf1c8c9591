import { useEffect, useRef } from 'react'
import { originalUrl, thumbnailUrl } from '../../../shared/contract/bridge.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { usePlayback } from '../../state/playback.ts'
import type { Placement, Size, Stage } from '../../ui/stage/viewport.ts'
import styles from './ComparePane.module.css'
import { useFilms } from './useFilms.ts'

/** A film in the common view. All are played as one; what is heard is the one that the keyboard is on. */
export function ComparedFilm({
  card,
  stage,
  placement,
  heard,
  onNaturalSize,
  onFailed,
}: {
  readonly card: AssetCard
  readonly stage: Stage
  readonly placement: Placement
  readonly heard: boolean
  readonly onNaturalSize: (size: Size) => void
  readonly onFailed: () => void
}) {
  const element = useRef<HTMLVideoElement>(null)
  const films = useFilms()
  const { volume, muted } = usePlayback()
  useEffect(() => {
    const film = element.current
    if (film === null) return
    const leave = films.join(film)
    return () => {
      leave()
      // Ends the reading of what nobody looks at any more.
      film.removeAttribute('src')
      film.load()
    }
  }, [films])
  useEffect(() => {
    const film = element.current
    if (film === null) return
    film.volume = volume
    film.muted = muted || !heard
  }, [volume, muted, heard])
  const scale = placement.zoom / stage.pixelRatio
  return (
    <video
      ref={element}
      className={styles.film}
      src={originalUrl(card.id)}
      preload="auto"
      playsInline
      {...(card.has_thumbnail ? { poster: thumbnailUrl(card.sha256, 600) } : {})}
      aria-label={card.custom_title ?? card.file_name}
      data-testid="compared-film"
      style={{
        width: stage.image.width * scale,
        height: stage.image.height * scale,
        transform: `translate(-50%, -50%) translate(${placement.x}px, ${placement.y}px)`,
      }}
      onLoadedMetadata={({ currentTarget: { videoWidth: width, videoHeight: height } }) => {
        if (width > 0 && height > 0) onNaturalSize({ width, height })
        films.look()
      }}
      onTimeUpdate={() => films.look()}
      onEnded={() => films.look()}
      onError={onFailed}
    />
  )
}
