import { Pause, Play, Repeat, StepBack, StepForward, Volume2, VolumeX } from 'lucide-react'
import { SPEEDS, usePlayback } from '../../state/playback.ts'
import { compare as strings } from '../../strings/compare.ts'
import { playingTime } from '../../strings/quantities.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { QuietSelect } from '../../ui/QuietSelect.tsx'
import { Slider } from '../../ui/Slider.tsx'
import styles from './FilmBar.module.css'
import type { FilmTransport } from './filmTransport.ts'
import { useFilmsState } from './useFilms.ts'

const speeds = SPEEDS.map((value) => ({ value, label: strings.speedOf(value) }))

/** Plays all films of the comparison as one. Nothing when there is none. */
export function FilmBar({ films }: { readonly films: FilmTransport }) {
  const { films: count, playing, at, duration } = useFilmsState(films)
  const { muted, loop, speed } = usePlayback()
  if (count === 0) return null
  const time = `${playingTime(at)} / ${duration === null ? '–' : playingTime(duration)}`
  return (
    <section className={styles.bar} aria-label={strings.films}>
      <IconButton label={playing ? strings.pause : strings.play} shortcut="P" onClick={() => films.toggle()}>
        {playing ? <Pause /> : <Play />}
      </IconButton>
      <IconButton label={strings.frameBack} shortcut="," onClick={() => films.step(-1)}>
        <StepBack />
      </IconButton>
      <IconButton label={strings.frameOn} shortcut="." onClick={() => films.step(1)}>
        <StepForward />
      </IconButton>
      <Slider
        className={styles.seek}
        label={strings.seek}
        value={Math.min(at, duration ?? 0)}
        min={0}
        max={duration ?? 1}
        step={0.01}
        valueText={time}
        onChange={(seconds) => films.seek(seconds)}
      />
      <span className={styles.time}>{time}</span>
      <QuietSelect
        label={strings.speed}
        value={speed}
        options={speeds}
        onChange={(chosen) => usePlayback.setState({ speed: chosen })}
      />
      <IconButton
        label={strings.loop}
        shortcut="L"
        aria-pressed={loop}
        onClick={() => usePlayback.setState({ loop: !loop })}
      >
        <Repeat />
      </IconButton>
      <IconButton
        label={muted ? strings.unmute : strings.mute}
        shortcut="M"
        aria-pressed={muted}
        onClick={() => usePlayback.setState({ muted: !muted })}
      >
        {muted ? <VolumeX /> : <Volume2 />}
      </IconButton>
    </section>
  )
}
