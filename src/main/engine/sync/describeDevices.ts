import type { RequestOutput } from '../../../shared/contract/requests.ts'
import { type DeviceId, deviceIdSchema } from '../../../shared/domain/ids.ts'
import type { SyncStatus } from '../../../shared/domain/remote.ts'
import type { KnownDevice } from '../catalog/sync/remoteLog.ts'
import type { LogProblem, RemovalQuestion } from './pullLogs.ts'
import type { DeviceListing } from './retirement/listDevices.ts'

/** What keeps logs of other devices from going on. */
interface LogStates {
  readonly problems: readonly LogProblem[]
  readonly questions: readonly RemovalQuestion[]
}

/** … and whom removals wait for, when they were last heard of, and who does not count any more. */
interface DeviceStates extends LogStates {
  readonly awaited: ReadonlySet<DeviceId>
  /** Null before the first look. */
  readonly listing: DeviceListing | null
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

/**
 * Other devices of the library for a person, also those of which there is nothing but a log that can't be read. Those that are
 * retired come last.
 */
export function describeDevices(known: readonly KnownDevice[], logs: DeviceStates): RequestOutput<'sync.devices'> {
  const byId = new Map(known.map((device) => [device.id, device]))
  const ids = new Set<DeviceId>()
  for (const id of byId.keys()) if (deviceIdSchema.safeParse(id).success) ids.add(id as DeviceId)
  for (const { device } of [...logs.problems, ...logs.questions]) ids.add(device)
  const isRetired = (id: DeviceId): boolean => logs.listing?.retired.has(id) === true
  const inOrder = [...ids].sort((a, b) => Number(isRetired(a)) - Number(isRetired(b)))
  return inOrder.map((id) => {
    const device = byId.get(id)
    const heard = logs.listing?.devices.get(id)?.at ?? null
    const asked = logs.questions.find((question) => question.device === id)
    return {
      id,
      name: device?.name ?? null,
      applied: device?.applied.seq ?? 0,
      heard_at: heard === null ? null : new Date(heard).toISOString(),
      holds_up_removals: logs.awaited.has(id),
      retired: isRetired(id),
      problem: logs.problems.find((problem) => problem.device === id)?.message ?? device?.stopped?.message ?? null,
      question: asked ? { seq: asked.seq, removals: asked.removals, assets: asked.assets } : null,
    }
  })
}
