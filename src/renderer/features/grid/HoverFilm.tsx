import { useEffect, useRef, useState } from 'react'
import { originalUrl } from '../../../shared/contract/bridge.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import { isAssetDrag } from '../../state/assetDrag.ts'
import styles from './CellPicture.module.css'

/** Whoever only passes by does not want to see it (milliseconds). */
const REST_MS = 250

/** Over the picture of a film: plays it, silently and again and again, while the pointer rests on it. */
export function HoverFilm({ id }: { readonly id: AssetId }) {
  const place = useRef<HTMLDivElement>(null)
  const [playing, setPlaying] = useState(false)
  const [drawn, setDrawn] = useState(false)
  useEffect(() => {
    // The whole cell, of which badges and edges lie over the picture.
    const cell = place.current?.closest<HTMLElement>('[data-row-id]')
    if (!cell) return
    const listeners = new AbortController()
    const { signal } = listeners
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = () => {
      clearTimeout(timer)
      setPlaying(false)
      setDrawn(false)
    }
    const begin = ({ pointerType, buttons }: PointerEvent) => {
      const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
      if (pointerType === 'touch' || buttons !== 0 || still || isAssetDrag()) return
      clearTimeout(timer)
      timer = setTimeout(() => setPlaying(true), REST_MS)
    }
    cell.addEventListener('pointerenter', begin, { signal })
    cell.addEventListener('pointerleave', end, { signal })
    cell.addEventListener('pointerdown', end, { signal })
    return () => {
      clearTimeout(timer)
      listeners.abort()
    }
  }, [])
  return (
    <div ref={place} className={styles.film}>
      {playing ? (
        <video
          src={originalUrl(id)}
          autoPlay
          muted
          loop
          playsInline
          disablePictureInPicture
          data-testid="hover-film"
          data-drawn={drawn || undefined}
          onTimeUpdate={() => setDrawn(true)}
          // The picture below stays.
          onError={() => setPlaying(false)}
        />
      ) : null}
    </div>
  )
}

/** Whether its film can be played here without fetching it first. */
export function isPlayable({
  asset_type: type,
  status,
  sync_state: sync,
}: {
  readonly asset_type: string
  readonly status: string
  readonly sync_state: string
}): boolean {
  return type === 'video' && status === 'available' && sync !== 'cloud-only' && sync !== 'downloading'
}
