import type { RequestOutput } from '../../shared/contract/requests.ts'
import type { SharedEngine } from '../engine/host/openOrJoin.ts'
import { type Device, findDevice } from './findDevice.ts'

type SyncReport = RequestOutput<'sync.once'>

/**
 * Agrees to what devices, given by name or id, remove here, and syncs again until none of them asks any more. Returns what all
 * of that came to. Throws `usage` for a device that there is none of, or more than one. `report` is that of the sync before.
 */
export async function agreeToRemovals(
  engine: SharedEngine,
  names: readonly string[],
  report: SyncReport,
): Promise<SyncReport> {
  let total = report
  const agreed = new Set<string>()
  for (;;) {
    const devices = await engine.request('sync.devices', undefined)
    const asked = names.flatMap((name) => questionOf(findDevice(devices, name)))
    const open = asked.filter(({ device, seq }) => !agreed.has(`${device}/${seq}`))
    if (open.length === 0) return total
    for (const question of open) {
      agreed.add(`${question.device}/${question.seq}`)
      await engine.request('sync.confirmRemovals', question)
    }
    total = sum(total, await engine.request('sync.once', undefined))
  }
}

function questionOf({ id, question }: Device) {
  return question === null ? [] : [{ device: id, seq: question.seq }]
}

/** What went wrong is what is still wrong after the last one. */
function sum(before: SyncReport, after: SyncReport): SyncReport {
  return {
    ...after,
    uploaded: before.uploaded + after.uploaded,
    downloaded: before.downloaded + after.downloaded,
    arrived: before.arrived + after.arrived,
    applied: before.applied + after.applied,
    conflicts: before.conflicts + after.conflicts,
  }
}
