import type { Sidecar } from '../../../shared/domain/asset.ts'

/** The cell of an asset's sidecars, null for none. */
export function sidecarsCell(sidecars: readonly Sidecar[]): string | null {
  if (sidecars.length === 0) return null
  return JSON.stringify(sidecars.map(({ name, path, sha256, bytes }) => ({ name, path, sha256, bytes })))
}
