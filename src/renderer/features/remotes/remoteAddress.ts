import type { RemoteLocation } from '../../../shared/domain/remote.ts'

/**
 * Where a remote is, in one line: `studio/art on storage.example.com`, `/mnt/nas/vitrine`. `owner` is the folder of a workspace
 * that generators write to.
 */
export function remoteAddress(location: RemoteLocation, owner: string | null = null): string {
  const below = [location.prefix, owner ?? ''].flatMap((part) => (part === '' ? [] : [`/${part}`])).join('')
  if (location.kind === 'folder') return `${location.path}${below}`
  const host =
    location.endpoint === null
      ? `Amazon S3, ${location.region}`
      : (URL.parse(location.endpoint)?.host ?? location.endpoint)
  return `${location.bucket}${below} · ${host}`
}
