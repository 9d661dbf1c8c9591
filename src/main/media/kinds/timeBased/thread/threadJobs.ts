import type { Waveform } from '../audio/loudness.ts'
import type { SoundShape } from '../audio/readWaveform.ts'
import type { SoundFacts } from '../audio/soundFacts.ts'
import type { FilmFacts } from '../video/filmFacts.ts'

/** What is done in the expendable thread: everything by which libraries read what a file says. */
export type ThreadJob =
  | { readonly kind: 'film'; readonly path: string }
  /** A frame of a film whose frames are JPEG pictures, near a second of it. */
  | { readonly kind: 'film-frame'; readonly path: string; readonly second: number }
  | { readonly kind: 'sound'; readonly path: string; readonly mimeType: string; readonly size: number }
  | { readonly kind: 'waveform'; readonly path: string; readonly sound: SoundShape }

/** What each job finds; null if the file is none that can be understood. */
export interface ThreadFindings {
  readonly film: FilmFacts
  readonly 'film-frame': Uint8Array
  readonly sound: SoundFacts
  readonly waveform: Waveform
}

export type Finding<J extends ThreadJob> = ThreadFindings[J['kind']] | null

/** To the thread, one at a time. */
export interface ToThread {
  readonly id: number
  readonly job: ThreadJob
}

/** From the thread. An error of the file system crosses by its fields. */
export type FromThread =
  | { readonly id: number; readonly ok: true; readonly finding: Finding<ThreadJob> }
  | {
      readonly id: number
      readonly ok: false
      readonly error: { readonly message: string; readonly code: string; readonly syscall: string }
    }
