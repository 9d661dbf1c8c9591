import { type Quota, type Quotas, quotaStateSchema } from '../../shared/domain/storage.ts'

/** Something with a quota; `name` is null for the library itself. */
export interface NamedQuota extends Quota {
  /** `library`, or the id of a bucket. */
  readonly id: string
  readonly name: string | null
}

/** The library first, then its buckets. */
export function namedQuotas({ library, remotes }: Quotas): readonly NamedQuota[] {
  return [{ ...library, id: 'library', name: null }, ...remotes]
}

/** Of all quotas the one that needs a person most: the worst state, and of equal ones the fullest. Null where none is set. */
export function fullestQuota(quotas: Quotas): NamedQuota | null {
  const states = quotaStateSchema.options
  const share = ({ used, quota }: Quota) => (quota === null ? 0 : used / quota)
  const [worst] = namedQuotas(quotas)
    .filter(({ quota }) => quota !== null)
    .toSorted((a, b) => states.indexOf(b.state) - states.indexOf(a.state) || share(b) - share(a))
  return worst ?? null
}
