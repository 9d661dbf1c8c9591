import type { AssetId } from '../../../../shared/domain/ids.ts'
import type { Transfer } from '../../../../shared/domain/transfer.ts'
import { transferRate } from './transferRate.ts'

/** Counts one transfer that is under way. */
export interface MeteredTransfer {
  /** Bytes since the last call; negative for what has to be sent again. */
  add(bytes: number): void
  /** Bytes that are there already and cost nothing. */
  skip(bytes: number): void
  end(): void
}

/** What is under way, in bytes and rates. */
export interface TransferMeter {
  begin(assetId: AssetId, direction: Transfer['direction'], totalBytes: number): MeteredTransfer
  /** In the order in which they began. */
  list(): readonly Omit<Transfer, 'fileName'>[]
  /** Bytes per second in both directions. */
  perSecond(): { readonly up: number; readonly down: number }
  /** Bytes of uploads under way that are done. */
  readonly doneUpBytes: number
  /** Bytes sent since the last `forgetSent`. */
  readonly sentBytes: number
  /** There is nothing to send: what follows is counted anew. */
  forgetSent(): void
}

interface Entry {
  readonly assetId: AssetId
  readonly direction: Transfer['direction']
  readonly totalBytes: number
  doneBytes: number
  readonly rate: ReturnType<typeof transferRate>
}

export function transferMeter(now: () => number, onChanged: () => void): TransferMeter {
  const entries = new Set<Entry>()
  let sentBytes = 0
  const rates = { up: transferRate(), down: transferRate() }
  return {
    begin(assetId, direction, totalBytes) {
      const entry: Entry = { assetId, direction, totalBytes, doneBytes: 0, rate: transferRate() }
      entries.add(entry)
      const advance = (bytes: number): void => {
        entry.doneBytes = Math.min(totalBytes, Math.max(0, entry.doneBytes + bytes))
        onChanged()
      }
      return {
        add(bytes) {
          const at = now()
          rates[direction].add(bytes, at)
          if (direction === 'up') sentBytes = Math.max(0, sentBytes + bytes)
          entry.rate.add(bytes, at)
          advance(bytes)
        },
        skip: advance,
        end() {
          entries.delete(entry)
          onChanged()
        },
      }
    },
    list: () =>
      [...entries].map(({ assetId, direction, totalBytes, doneBytes, rate }) => {
        const bytesPerSecond = Math.round(rate.perSecond(now()))
        const left = totalBytes - doneBytes
        return {
          assetId,
          direction,
          totalBytes,
          doneBytes,
          bytesPerSecond,
          secondsLeft: bytesPerSecond > 0 ? left / bytesPerSecond : null,
        }
      }),
    perSecond() {
      // Nobody is told again once the last one has ended: what it came with must not stand there for good.
      const of = (direction: 'up' | 'down'): number =>
        [...entries].some((entry) => entry.direction === direction) ? rates[direction].perSecond(now()) : 0
      return { up: of('up'), down: of('down') }
    },
    get sentBytes() {
      return sentBytes
    },
    forgetSent() {
      sentBytes = 0
    },
    get doneUpBytes() {
      return [...entries].reduce((sum, { direction, doneBytes }) => sum + (direction === 'up' ? doneBytes : 0), 0)
    },
  }
}
