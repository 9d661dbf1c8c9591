import { type Quotas, quotaOf } from '../../../shared/domain/storage.ts'
import type { Catalog } from '../catalog/catalog.ts'

/** How full the library and its buckets are. Quick: only sums that are kept anyway. */
export function readQuotas(catalog: Pick<Catalog, 'lifecycle' | 'remotes'>): Quotas {
  const used = catalog.lifecycle.totals().reduce((sum, { bytes }) => sum + bytes, 0)
  return {
    library: quotaOf(used, catalog.lifecycle.policy().quotaBytes),
    remotes: catalog.remotes
      .list()
      .map(({ id, name, policy }) => ({ id, name, ...quotaOf(catalog.remotes.usedBytes(id), policy.quotaBytes) })),
  }
}

/** Calls back when a state is another than at the last look. Look after each change of the catalogue. */
export function watchQuotas(catalog: Pick<Catalog, 'lifecycle' | 'remotes'>, onChange: (quotas: Quotas) => void) {
  const statesOf = ({ library, remotes }: Quotas): string =>
    [library.state, ...remotes.map(({ id, state }) => `${id}:${state}`)].join(' ')
  let before = statesOf(readQuotas(catalog))
  return (): void => {
    const quotas = readQuotas(catalog)
    const states = statesOf(quotas)
    if (states === before) return
    before = states
    onChange(quotas)
  }
}
