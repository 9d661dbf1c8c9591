import type { ErrorCode, VitrineError } from '../../../shared/contract/errors.ts'

/** What to do after an upload failed. */
export type Verdict =
  /** Somebody stopped it on purpose: it goes on as soon as that is over. */
  | { readonly kind: 'interrupted' }
  /** The server cannot be reached: look whether it is there before anything else is tried. */
  | { readonly kind: 'offline' }
  /** The server asks everybody to wait this long, ms. */
  | { readonly kind: 'hold'; readonly ms: number }
  /** Try this one again later; the others go on. */
  | { readonly kind: 'retry' }
  /** Every further request would fail the same way until a person changes something: stop at once. */
  | { readonly kind: 'stop' }
  /** Only this asset is concerned, and only a person can help it. */
  | { readonly kind: 'park' }

const SHORTEST_MS = 1000
const LONGEST_MS = 300_000
/** A checksum that fails this often is not the network's fault. */
const MOST_CHECKSUM_ATTEMPTS = 4

/**
 * Sorts an error by what has to happen next. `attempts` counts this one. A refusal (403 and the like) is never tried
 * again by itself.
 */
export function judge(error: VitrineError, attempts: number, random: number): Verdict {
  const { code } = error
  switch (code) {
    case 'cancelled':
      return { kind: 'interrupted' }
    case 'remote_unreachable':
      return { kind: 'offline' }
    case 'remote_throttled': {
      const asked = error.details?.retryAfterMs
      return {
        kind: 'hold',
        ms: typeof asked === 'number' ? Math.max(Math.ceil(asked), SHORTEST_MS) : backoffMs(attempts, random),
      }
    }
    case 'remote_server':
      return { kind: 'retry' }
    case 'remote_checksum':
      return attempts < MOST_CHECKSUM_ATTEMPTS ? { kind: 'retry' } : { kind: 'park' }
    default:
      return { kind: needsPersonForRemote(code) ? 'stop' : 'park' }
  }
}

/** Whether an error concerns the whole remote and can only be mended by a person. */
export function needsPersonForRemote(code: ErrorCode): boolean {
  switch (code) {
    case 'remote_tls':
    case 'remote_access_key':
    case 'remote_secret_key':
    case 'remote_bucket':
    case 'remote_region':
    case 'remote_permission':
    case 'remote_clock':
    case 'remote_folder':
    case 'remote_other_library':
    case 'remote_no_credentials':
    case 'remote_encrypted':
    case 'remote_no_key':
    case 'remote_wrong_key':
    case 'library_newer':
    case 'disk_full':
      return true
    default:
      return false
  }
}

/** Pause before attempt `attempts + 1`: doubles from 1 s to 5 min, half of it by chance. `random` is in [0, 1). */
export function backoffMs(attempts: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(Math.max(attempts, 0), 20))
  return Math.max(SHORTEST_MS, Math.round(ceiling * (0.5 + random / 2)))
}
