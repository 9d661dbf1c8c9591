import type { RequestOutput } from '../../../shared/contract/requests.ts'
import { type DeviceId, deviceIdSchema } from '../../../shared/domain/ids.ts'
import type { SyncStatus } from '../../../shared/domain/remote.ts'
import type { KnownDevice } from '../catalog/sync/remoteLog.ts'
import type { LogProblem, RemovalQuestion } from './pullLogs.ts'

/** What keeps logs of other devices from going on. */
interface LogStates {
  readonly problems: readonly LogProblem[]
  readonly questions: readonly RemovalQuestion[]
}

/** … and when they were last heard of. */
interface DeviceStates extends LogStates {
  readonly heard: ReadonlyMap<DeviceId, number>
}

/** The status of sync with what only a person can do about the logs of other devices, where nothing else is to be said. */
export function withLogs(status: SyncStatus, { problems, questions }: LogStates): SyncStatus {
  const stopped = new Set([...problems, ...questions].map(({ device }) => device)).size
  const [question] = questions
  const message = question
    ? `Another device has removed ${question.removals} of ${question.assets} assets. They stay here until you confirm that.`
    : problems[0]?.message
  if (message === undefined || status.message !== null || status.state === 'paused') return { ...status, stopped }
  return { ...status, stopped, message, state: status.state === 'up-to-date' ? 'attention' : status.state }
}

/** Other devices of the library for a person, also those of which there is nothing but a log that can't be read. */
export function describeDevices(known: readonly KnownDevice[], logs: DeviceStates): RequestOutput<'sync.devices'> {
  const byId = new Map(known.map((device) => [device.id, device]))
  const ids = new Set<DeviceId>()
  for (const id of byId.keys()) if (deviceIdSchema.safeParse(id).success) ids.add(id as DeviceId)
  for (const { device } of [...logs.problems, ...logs.questions]) ids.add(device)
  return [...ids].map((id) => {
    const device = byId.get(id)
    const heard = logs.heard.get(id)
    const asked = logs.questions.find((question) => question.device === id)
    return {
      id,
      name: device?.name ?? null,
      applied: device?.applied.seq ?? 0,
      heard_at: heard === undefined ? null : new Date(heard).toISOString(),
      problem: logs.problems.find((problem) => problem.device === id)?.message ?? device?.stopped?.message ?? null,
      question: asked ? { seq: asked.seq, removals: asked.removals, assets: asked.assets } : null,
    }
  })
}
