import { AudioLines } from 'lucide-react'
import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import { originalUrl, thumbnailUrl } from '../../../shared/contract/bridge.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { FileTile } from './FileTile.tsx'
import styles from './Stage.module.css'

export interface MediaControl {
  togglePlay(): void
  toggleMute(): void
  /** Pauses and steps one frame; recordings do not say their rate, so a frame is taken to be 1/30 s. */
  stepFrame(step: 1 | -1): void
  /** Seconds forwards, or backwards when negative. */
  seek(seconds: number): void
}

const FRAME_SECONDS = 1 / 30

/** Plays a film or a sound with Chromium's own controls. */
export function MediaStage({ card, control }: { readonly card: AssetCard; readonly control: Ref<MediaControl> }) {
  const element = useRef<HTMLVideoElement & HTMLAudioElement>(null)
  const [failed, setFailed] = useState(false)
  useImperativeHandle(control, () => mediaControl(element), [])

  if (failed) return <FileTile card={card} reason={card.error_message ?? strings.unplayable} />
  const name = card.custom_title ?? card.file_name
  const cover = card.has_thumbnail ? thumbnailUrl(card.sha256, 600) : null
  const common = {
    ref: element,
    src: originalUrl(card.id),
    controls: true,
    autoPlay: true,
    'aria-label': name,
    onError: () => setFailed(true),
  } as const
  if (card.asset_type === 'video') {
    return (
      <div className={styles.media}>
        <video {...common} className={styles.video} {...(cover === null ? {} : { poster: cover })} />
      </div>
    )
  }
  return (
    <div className={styles.media}>
      <div className={styles.sound}>
        {cover === null ? (
          <AudioLines className={styles.emblem} aria-hidden="true" />
        ) : (
          <img className={styles.cover} src={cover} alt="" draggable={false} />
        )}
        <h2 className={styles.name}>{name}</h2>
        <audio {...common} />
      </div>
    </div>
  )
}

function mediaControl(element: { readonly current: HTMLMediaElement | null }): MediaControl {
  const seekTo = (media: HTMLMediaElement, seconds: number) => {
    const end = Number.isFinite(media.duration) ? media.duration : seconds
    media.currentTime = Math.min(end, Math.max(0, seconds))
  }
  return {
    togglePlay: () => {
      const media = element.current
      if (media === null) return
      // A recording that can't be played says so by its own error event.
      if (media.paused) media.play().catch(() => media.pause())
      else media.pause()
    },
    toggleMute: () => {
      if (element.current !== null) element.current.muted = !element.current.muted
    },
    stepFrame: (step) => {
      if (element.current === null) return
      element.current.pause()
      seekTo(element.current, element.current.currentTime + step * FRAME_SECONDS)
    },
    seek: (seconds) => {
      if (element.current !== null) seekTo(element.current, element.current.currentTime + seconds)
    },
  }
}
