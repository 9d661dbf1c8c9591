import type { RemotePolicy } from '../../../shared/domain/remote.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'

/**
 * Why a file may not go into a bucket, for a person; null when it may. `usedBytes` is what the bucket holds already, and
 * what is on its way there.
 */
export function whyRefused(
  policy: RemotePolicy,
  { mimeType, fileSizeBytes }: Pick<StoredAsset, 'mimeType' | 'fileSizeBytes'>,
  usedBytes: number,
): string | null {
  if (policy.allowedMimeTypes !== null && !policy.allowedMimeTypes.some((allowed) => matches(allowed, mimeType))) {
    return `This bucket takes ${policy.allowedMimeTypes.join(', ')}; the file is ${mimeType}.`
  }
  if (policy.sizeLimitBytes !== null && fileSizeBytes > policy.sizeLimitBytes) {
    return `This bucket takes files of up to ${megabytes(policy.sizeLimitBytes)}; this one has ${megabytes(fileSizeBytes)}.`
  }
  if (policy.quotaBytes !== null && usedBytes + fileSizeBytes > policy.quotaBytes) {
    return `This bucket may hold ${megabytes(policy.quotaBytes)}, and there is no room for ${megabytes(fileSizeBytes)} more. Raise its quota to upload this.`
  }
  return null
}

/** `image/*` stands for every picture. */
function matches(allowed: string, mimeType: string): boolean {
  return allowed.endsWith('/*') ? mimeType.startsWith(allowed.slice(0, -1)) : allowed === mimeType
}

function megabytes(bytes: number): string {
  const mb = bytes / (1024 * 1024)
  return `${mb.toLocaleString('en-GB', { maximumFractionDigits: mb < 10 ? 2 : 0 })} MB`
}
