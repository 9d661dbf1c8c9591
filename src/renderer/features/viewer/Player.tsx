import { AudioLines } from 'lucide-react'
import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import { originalUrl, thumbnailUrl } from '../../../shared/contract/bridge.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { draggable } from '../../actions/dragAssets.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { FileTile } from './FileTile.tsx'
import type { MediaFacts } from './mediaFacts.ts'
import styles from './Player.module.css'
import { PlayerBar } from './PlayerBar.tsx'
import { type PlayerControl, playerControl } from './playerControl.ts'
import { Seek } from './Seek.tsx'
import { usePlayer } from './usePlayer.ts'

/** Plays a film or a sound. */
export function Player({
  card,
  facts,
  control,
}: {
  readonly card: AssetCard
  readonly facts: MediaFacts
  readonly control: Ref<PlayerControl>
}) {
  const element = useRef<HTMLVideoElement & HTMLAudioElement>(null)
  const [failed, setFailed] = useState(false)
  const player = usePlayer(element)
  const own = playerControl(element, facts.frameRate)
  useImperativeHandle(control, () => own)

  if (failed) return <FileTile card={card} reason={card.error_message ?? strings.unplayable} />
  const name = card.custom_title ?? card.file_name
  const poster = card.has_thumbnail ? thumbnailUrl(card.sha256, 600) : undefined
  const common = {
    ref: element,
    src: originalUrl(card.id),
    autoPlay: true,
    'aria-label': name,
    'data-testid': 'media',
    onError: () => setFailed(true),
  } as const
  const film = card.asset_type === 'video'
  return (
    <div className={styles.player} data-film={film || undefined}>
      {film ? (
        <video
          {...common}
          {...draggable(card.row_id)}
          className={styles.film}
          poster={poster}
          onClick={own.togglePlay}
        />
      ) : (
        <div className={styles.sound} {...draggable(card.row_id)}>
          {facts.likeness ? (
            <img className={styles.cover} src={poster} alt="" draggable={false} />
          ) : (
            <AudioLines className={styles.emblem} aria-hidden="true" />
          )}
          <div>
            <h2 className={styles.name}>{name}</h2>
            {facts.artist === null && facts.album === null ? null : (
              <p className={styles.by}>{[facts.artist, facts.album].filter((text) => text !== null).join(' · ')}</p>
            )}
          </div>
          <audio {...common} />
        </div>
      )}
      <div className={styles.controls}>
        <Seek
          at={player.at}
          duration={player.duration}
          waveform={film ? null : facts.waveform}
          onSeek={(seconds) => own.seek(seconds - (element.current?.currentTime ?? 0))}
        />
        <PlayerBar player={player} control={own} film={film} />
      </div>
    </div>
  )
}
