import { Pause, Play, Repeat, StepBack, StepForward, Volume1, Volume2, VolumeX } from 'lucide-react'
import { SPEEDS, setVolume, usePlayback } from '../../state/playback.ts'
import { playingTime } from '../../strings/quantities.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { QuietSelect } from '../../ui/QuietSelect.tsx'
import { Slider } from '../../ui/Slider.tsx'
import styles from './PlayerBar.module.css'
import type { PlayerControl } from './playerControl.ts'
import type { PlayerState } from './usePlayer.ts'

const speeds = SPEEDS.map((value) => ({ value, label: strings.speedOf(value) }))

/** Plays, pauses, steps through frames, and says how loud, how fast and how often. */
export function PlayerBar({
  player,
  control,
  film,
}: {
  readonly player: PlayerState
  readonly control: PlayerControl
  readonly film: boolean
}) {
  const { volume, muted, loop, speed } = usePlayback()
  const silent = muted || volume === 0
  return (
    <div className={styles.bar}>
      <IconButton
        label={player.playing ? strings.pause : strings.play}
        shortcut="P"
        className={styles.play}
        onClick={control.togglePlay}
      >
        {player.playing ? <Pause /> : <Play />}
      </IconButton>
      {film ? (
        <>
          <IconButton label={strings.frameBack} shortcut="," onClick={() => control.stepFrame(-1)}>
            <StepBack />
          </IconButton>
          <IconButton label={strings.frameOn} shortcut="." onClick={() => control.stepFrame(1)}>
            <StepForward />
          </IconButton>
        </>
      ) : null}
      <span className={styles.time}>
        {playingTime(player.at)}
        <span> / {player.duration === null ? '–' : playingTime(player.duration)}</span>
      </span>
      <span className={styles.space} />
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
        {silent ? <VolumeX /> : volume < 0.5 ? <Volume1 /> : <Volume2 />}
      </IconButton>
      <Slider
        className={styles.volume}
        label={strings.volume}
        value={muted ? 0 : volume}
        min={0}
        max={1}
        step={0.05}
        valueText={strings.percent(muted ? 0 : volume)}
        onChange={setVolume}
      />
    </div>
  )
}
