import type { RemoteRow } from '../../catalog/remotes.repository.ts'

/** The address of an object of a public remote, null when its rules name none. */
export function publicUrl({ policy, location }: Pick<RemoteRow, 'policy' | 'location'>, key: string): string | null {
  if (policy.publicBaseUrl === null) return null
  const path = location.prefix === '' ? key : `${location.prefix}/${key}`
  return `${policy.publicBaseUrl.replace(/\/+$/, '')}/${path.split('/').map(encodeURIComponent).join('/')}`
}
