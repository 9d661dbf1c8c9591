import { type CSSProperties, useMemo } from 'react'
import { playingTime } from '../../strings/quantities.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import styles from './Seek.module.css'

/** Where what is played is: a line, or the waveform of a sound, to go to any place of. */
export function Seek({
  at,
  duration,
  waveform,
  onSeek,
}: {
  /** Seconds. */
  readonly at: number
  readonly duration: number | null
  /** Loudness from 0 to 100 of equal parts. */
  readonly waveform: readonly number[] | null
  readonly onSeek: (seconds: number) => void
}) {
  const path = useMemo(() => (waveform === null ? null : barsOf(waveform)), [waveform])
  const played = duration === null || duration === 0 ? 0 : Math.min(1, at / duration)
  return (
    <div
      className={styles.seek}
      data-waveform={path !== null || undefined}
      style={{ '--played': `${played * 100}%` } as CSSProperties}
    >
      {path === null || waveform === null ? (
        <span className={styles.line} aria-hidden="true" />
      ) : (
        <span className={styles.wave} aria-hidden="true">
          <Wave path={path} count={waveform.length} />
          <span className={styles.played}>
            <Wave path={path} count={waveform.length} />
          </span>
        </span>
      )}
      <input
        type="range"
        min={0}
        max={duration ?? 0}
        step={0.01}
        value={at}
        disabled={duration === null}
        // The arrow keys walk from asset to asset; Shift and arrows seek.
        tabIndex={-1}
        aria-label={strings.position}
        aria-valuetext={strings.playedOf(playingTime(at), playingTime(duration ?? 0))}
        onChange={({ currentTarget }) => onSeek(Number(currentTarget.value))}
      />
    </div>
  )
}

function Wave({ path, count }: { readonly path: string; readonly count: number }) {
  return (
    <svg viewBox={`0 0 ${count * 4} 100`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}

/** One bar for each value, around the middle; silence is a thin line. */
function barsOf(values: readonly number[]): string {
  return values
    .map((value, index) => {
      const half = Math.max(1, value * 0.48)
      return `M${index * 4 + 0.8} ${50 - half}h2.4v${half * 2}h-2.4z`
    })
    .join('')
}
