import type { SegmentOutcome } from '../../src/main/engine/catalog/sync/remoteLog.ts'
import type { Bucket } from './bucket.ts'
import type { Device } from './device.ts'

const keyOf = (device: string, seq: number): string => `log/${device}/${String(seq).padStart(16, '0')}`

/** What a pull tells of each segment. */
export type OnSegment = (device: string, seq: number, outcome: SegmentOutcome) => void

/** Seals and sends what the bucket does not have. One that is there must be the same: anything else is a mistake. */
export async function publish(device: Device, bucket: Bucket): Promise<void> {
  device.journal.seal()
  for (let seq = device.published + 1; seq <= device.tail(); seq++) {
    const bytes = device.segment(seq)
    if (!(await bucket.create(keyOf(device.id, seq), bytes))) {
      const there = await bucket.get(keyOf(device.id, seq))
      if (there === null || !there.equals(bytes)) await bucket.replace(keyOf(device.id, seq), bytes)
    }
    device.published = seq
  }
}

/** Fetches and applies what others wrote, round after round, until nothing more comes. */
export async function pull(
  device: Device,
  bucket: Bucket,
  onSegment: OnSegment,
  pause: () => Promise<void>,
): Promise<void> {
  const keys = await bucket.list('log/')
  const last = new Map<string, number>()
  for (const key of keys) {
    const [, other = '', seq] = key.split('/')
    if (other !== device.id) last.set(other, Math.max(last.get(other) ?? 0, Number(seq)))
  }
  for (let goesOn = true; goesOn; ) {
    goesOn = false
    for (const [other, end] of last) {
      for (let seq = device.log.position(other).seq + 1; seq <= end; seq++) {
        const bytes = await bucket.get(keyOf(other, seq))
        if (bytes === null) break
        const outcome = await device.log.apply({ device: other, seq, bytes }, { allowRemovals: true, pause })
        onSegment(other, seq, outcome)
        if (outcome.kind !== 'applied') break
        goesOn = true
      }
    }
  }
}
