import type { RemotePolicy } from '../../../shared/domain/remote.ts'
import { remotePolicy as strings } from '../../strings/remotePolicy.ts'
import { writeSize } from '../../strings/sizeInput.ts'

/** The rules of a bucket in one line; null where everything may go in. */
export function policySentence(policy: RemotePolicy): string | null {
  const parts = [
    ...(policy.allowedMimeTypes === null ? [] : [strings.only(policy.allowedMimeTypes)]),
    ...(policy.sizeLimitBytes === null ? [] : [strings.upTo(writeSize(policy.sizeLimitBytes))]),
    ...(policy.quotaBytes === null ? [] : [strings.altogether(writeSize(policy.quotaBytes))]),
    ...(policy.retentionDays === null ? [] : [strings.keptFor(policy.retentionDays)]),
    ...(policy.visibility === 'public' ? [strings.isPublic] : []),
  ]
  return parts.length === 0 ? null : parts.join(' · ')
}
