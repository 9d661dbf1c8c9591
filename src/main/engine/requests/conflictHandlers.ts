import type { Conflict, conflictRequests } from '../../../shared/contract/requests/conflictRequests.ts'
import { assetIdSchema } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { FoundConflict } from '../catalog/sync/remoteLog.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `conflictRequests`. */
export function conflictHandlers({ catalog, now }: EngineParts): Handlers<typeof conflictRequests> {
  return {
    'conflicts.list': ({ limit, before }) => {
      const names = new Map(catalog.remoteLog.devices().map(({ id, name }) => [id, name]))
      const conflicts = catalog.conflicts.list(limit, before).map((found) => toConflict(catalog, names, found))
      return { total: catalog.conflicts.count(), conflicts }
    },
    'conflicts.resolve': ({ ids, how }) => catalog.conflicts.resolve(ids, how, now()),
  }
}

function toConflict(catalog: Catalog, names: ReadonlyMap<string, string | null>, found: FoundConflict): Conflict {
  const writer = (id: string): Conflict['device'] => ({
    id,
    name: names.get(id) ?? null,
    is_this: id === catalog.deviceId,
  })
  return {
    id: found.id,
    entity: found.entity,
    entity_id: found.entityId,
    row_id: assetOf(catalog, found)?.rowId ?? null,
    name: nameOf(catalog, found),
    field: found.field,
    value: found.value,
    lost: found.lost,
    device: writer(found.device),
    lost_device: writer(found.lostDevice),
    lost_at: new Date(found.lostAt).toISOString(),
    found_at: new Date(found.foundAt).toISOString(),
  }
}

function assetOf({ assets }: Catalog, { entity, entityId }: FoundConflict) {
  return entity === 'asset' ? assets.findById(assetIdSchema.parse(entityId)) : undefined
}

function nameOf(catalog: Catalog, found: FoundConflict): string | null {
  const { nameOf: named } = catalog.history.ofAsset
  const { entity, entityId } = found
  switch (entity) {
    case 'asset':
      return assetOf(catalog, found)?.fileName ?? null
    case 'collection':
    case 'tag':
      return named(entity, entityId)
    case 'generationRequest':
      return named('request', entityId)
    default:
      return null
  }
}
