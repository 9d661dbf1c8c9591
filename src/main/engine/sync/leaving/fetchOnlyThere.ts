import { type ErrorCode, VitrineError } from '../../../../shared/contract/errors.ts'
import type { RequestOutput } from '../../../../shared/contract/requests.ts'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import type { VersionId } from '../../../../shared/domain/version.ts'
import { judge } from '../retryPolicy.ts'
import type { eachOnlyThere, OnlyThere } from './onlyThere.ts'

type Report = RequestOutput<'remotes.fetchOnlyThere'>

/** Failures that are named; the others are counted. */
const NAMED = 20

export interface FetchOnlyThere {
  readonly each: ReturnType<typeof eachOnlyThere>
  /** What is still only there. */
  readonly left: () => OnlyThere
  readonly fetch: (ids: readonly AssetId[]) => Promise<RequestOutput<'sync.fetch'>>
  readonly bringVersion: (id: VersionId) => Promise<unknown>
  /** What a person calls the file of an asset. */
  readonly nameOf: (id: AssetId) => string
}

/**
 * Brings everything here that only a remote has, so that it can be forgotten. What can't be had is named and left; once the
 * remote, or the disk, lets nothing more through, the rest is not tried.
 */
export async function fetchOnlyThere({ each, left, fetch, bringVersion, nameOf }: FetchOnlyThere): Promise<Report> {
  let fetched = 0
  let failures = 0
  const failed: Report['failed'] = []
  let isCut = false
  const fail = (name: string, { code, message }: { readonly code: ErrorCode; readonly message: string }): void => {
    failures++
    isCut ||= concernsAll(code)
    if (failed.length < NAMED) failed.push({ name, code, message })
  }
  for (const next of each) {
    if (isCut) break
    if ('version' in next) {
      try {
        await bringVersion(next.version)
        fetched++
      } catch (error) {
        if (!(error instanceof VitrineError)) throw error
        fail('An earlier version', error)
      }
    } else {
      const report = await fetch(next.assets)
      fetched += report.fetched.length + report.here.length
      for (const failure of report.failed) fail(nameOf(failure.id), failure)
    }
  }
  return { fetched, failures, failed, left: left() }
}

/** Whether every further file would fail for the same reason. */
function concernsAll(code: ErrorCode): boolean {
  const { kind } = judge(new VitrineError(code, ''), 1, 0)
  return code === 'disk_full' || (kind !== 'retry' && kind !== 'park')
}
