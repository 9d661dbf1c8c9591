import type { WorkspaceObject } from '../../catalog/workspaceObjects.repository.ts'
import type { ObjectInfo } from '../../ports.ts'

/** Whether a key still holds what was listed, as far as its description tells. */
export function holdsSame(object: Pick<WorkspaceObject, 'size' | 'etag' | 'sha256'>, held: ObjectInfo): boolean {
  if (held.size !== object.size) return false
  if (held.etag !== null && object.etag !== null) return held.etag === object.etag
  return held.sha256 === null || object.sha256 === null || held.sha256 === object.sha256
}
