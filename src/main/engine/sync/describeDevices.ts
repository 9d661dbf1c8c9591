import type { RequestOutput } from '../../../shared/contract/requests.ts'
import { type DeviceId, deviceIdSchema } from '../../../shared/domain/ids.ts'
import type { KnownDevice } from '../catalog/sync/remoteLog.ts'
import type { LogProblem, RemovalQuestion } from './pullLogs.ts'

/** Other devices of the library for a person, also those of which there is nothing but a log that can't be read. */
export function describeDevices(
  known: readonly KnownDevice[],
  logs: { readonly problems: readonly LogProblem[]; readonly questions: readonly RemovalQuestion[] },
): RequestOutput<'sync.devices'> {
  const byId = new Map(known.map((device) => [device.id, device]))
  const ids = new Set<DeviceId>()
  for (const id of byId.keys()) if (deviceIdSchema.safeParse(id).success) ids.add(id as DeviceId)
  for (const { device } of [...logs.problems, ...logs.questions]) ids.add(device)
  return [...ids].map((id) => {
    const device = byId.get(id)
    const asked = logs.questions.find((question) => question.device === id)
    return {
      id,
      name: device?.name ?? null,
      applied: device?.applied.seq ?? 0,
      problem: logs.problems.find((problem) => problem.device === id)?.message ?? device?.stopped?.message ?? null,
      question: asked ? { seq: asked.seq, removals: asked.removals, assets: asked.assets } : null,
    }
  })
}
