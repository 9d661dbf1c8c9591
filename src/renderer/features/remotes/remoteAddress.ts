import type { RemoteLocation } from '../../../shared/domain/remote.ts'

/** Where a remote is, in one line: `studio/art on storage.example.com`, `/mnt/nas/vitrine`. */
export function remoteAddress(location: RemoteLocation): string {
  const below = location.prefix === '' ? '' : `/${location.prefix}`
  if (location.kind === 'folder') return `${location.path}${below}`
  const host =
    location.endpoint === null
      ? `Amazon S3, ${location.region}`
      : (URL.parse(location.endpoint)?.host ?? location.endpoint)
  return `${location.bucket}${below} · ${host}`
}
