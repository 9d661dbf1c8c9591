import { type RemotePolicy, remotePolicyPresets, remotePolicySchema } from '../../../shared/domain/remote.ts'
import { readSize, writeSize } from '../../strings/sizeInput.ts'

/** The policy of a bucket as it is typed. */
export interface PolicyForm {
  readonly visibility: RemotePolicy['visibility']
  /** MIME types with commas or spaces between them; empty for all. */
  readonly types: string
  readonly sizeLimit: string
  readonly quota: string
  /** Days. */
  readonly retention: string
  readonly publicBaseUrl: string
}

export type PolicyField = Exclude<keyof PolicyForm, 'visibility'>
export type PolicyPreset = keyof typeof remotePolicyPresets

export const policyPresets = Object.keys(remotePolicyPresets) as readonly PolicyPreset[]

export function formOf(policy: RemotePolicy): PolicyForm {
  return {
    visibility: policy.visibility,
    types: policy.allowedMimeTypes?.join(', ') ?? '',
    sizeLimit: writeSize(policy.sizeLimitBytes),
    quota: writeSize(policy.quotaBytes),
    retention: policy.retentionDays === null ? '' : String(policy.retentionDays),
    publicBaseUrl: policy.publicBaseUrl ?? '',
  }
}

/** What a preset says of what may go in. Quota, retention and address belong to the bucket and stay as they are. */
export function withPreset(form: PolicyForm, preset: PolicyPreset): PolicyForm {
  const { visibility, types, sizeLimit } = formOf(remotePolicyPresets[preset])
  return { ...form, visibility, types, sizeLimit }
}

/** The preset whose rules these are; null for rules of one's own. */
export function presetOf(form: PolicyForm): PolicyPreset | null {
  const rules = (of: PolicyForm) => JSON.stringify([of.visibility, of.types, of.sizeLimit])
  return policyPresets.find((preset) => rules(withPreset(form, preset)) === rules(form)) ?? null
}

/** The policy that the form stands for, or in which fields something is wrong. */
export function checkPolicy(
  form: PolicyForm,
):
  | { readonly ok: true; readonly policy: RemotePolicy }
  | { readonly ok: false; readonly problems: ReadonlySet<PolicyField> } {
  const problems = new Set<PolicyField>()
  const shape = remotePolicySchema.shape
  const read = <T>(field: PolicyField, value: T | undefined, sound: (value: T) => boolean): T | null => {
    if (value !== undefined && sound(value)) return value
    problems.add(field)
    return null
  }
  const types = form.types
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((type) => type !== '')
  const retention = form.retention.trim()
  const address = form.publicBaseUrl.trim().replace(/\/+$/, '')
  const policy: RemotePolicy = {
    visibility: form.visibility,
    allowedMimeTypes: read(
      'types',
      types.length === 0 ? null : [...new Set(types)],
      (value) => shape.allowedMimeTypes.safeParse(value).success,
    ),
    sizeLimitBytes: read('sizeLimit', readSize(form.sizeLimit), () => true),
    quotaBytes: read('quota', readSize(form.quota), () => true),
    retentionDays: read(
      'retention',
      retention === '' ? null : /^\d{1,5}$/.test(retention) ? Number(retention) : undefined,
      (value) => shape.retentionDays.safeParse(value).success,
    ),
    publicBaseUrl: read(
      'publicBaseUrl',
      address === '' ? null : address,
      (value) => shape.publicBaseUrl.safeParse(value).success,
    ),
  }
  return problems.size === 0 ? { ok: true, policy } : { ok: false, problems }
}
