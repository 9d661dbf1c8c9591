import type { VitrineError } from '../../../shared/contract/errors.ts'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { DeviceId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { RemoteRow } from '../catalog/remotes.repository.ts'
import type { FailedUpload } from './failedUploads.ts'
import type { LogProblem, RemovalQuestion } from './pullLogs.ts'

type OnceError = RequestOutput<'sync.once'>['errors'][number]

export interface OnceFindings {
  /** The library's. */
  readonly remote: RemoteRow | undefined
  /** Whether there are buckets that generators write to: without any, a library without a remote has nothing to sync. */
  readonly hasMirrors: boolean
  readonly problem: VitrineError | null
  readonly problems: readonly LogProblem[]
  readonly questions: readonly RemovalQuestion[]
  /** What went wrong with buckets that generators write to. */
  readonly left: readonly { readonly remote: string; readonly error: VitrineError }[]
  readonly failed: readonly FailedUpload[]
}

/** What a run of sync could not do, for a person: `path` is a file, a remote or a device. */
export function onceErrors(catalog: Catalog, found: OnceFindings): OnceError[] {
  return [
    ...remoteFailure(found),
    ...found.left.map(({ remote, error: { code, message } }) => ({ path: remote, code, message })),
    ...found.problems.map(({ device, code, message }) => ({ path: nameOf(catalog, device), code, message })),
    ...found.questions.map((question) => ({
      path: nameOf(catalog, question.device),
      code: 'removals',
      message: asked(question),
    })),
    ...found.failed.map(({ job, asset }) => ({
      path: asset.storagePath,
      code: job.error?.code ?? 'internal',
      message: job.error?.message ?? '',
    })),
  ]
}

/** What a device is called, for a person. */
function nameOf(catalog: Catalog, device: DeviceId): string {
  return catalog.remoteLog.devices().find(({ id }) => id === device)?.name ?? device
}

function asked({ removals, assets }: RemovalQuestion): string {
  return `This device would remove ${removals} of ${assets} assets. Nothing was changed; confirm it if that is meant.`
}

function remoteFailure({ remote, hasMirrors, problem }: OnceFindings): OnceError[] {
  if (remote === undefined && hasMirrors) return []
  if (remote === undefined) {
    const message = 'This library has no remote. Add one with: vitrine remote add --role library …'
    return [{ path: '', code: 'not_found', message }]
  }
  return problem ? [{ path: remote.name, code: problem.code, message: problem.message }] : []
}
