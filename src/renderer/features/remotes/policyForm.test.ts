import { describe, expect, it } from 'vitest'
import { openRemotePolicy, type RemotePolicy, remotePolicyPresets } from '../../../shared/domain/remote.ts'
import {
  checkPolicy,
  formOf,
  type PolicyField,
  type PolicyForm,
  policyPresets,
  presetOf,
  withPreset,
} from './policyForm.ts'

const open = formOf(openRemotePolicy)
const problemsOf = (form: Partial<PolicyForm>): PolicyField[] => {
  const checked = checkPolicy({ ...open, ...form })
  return checked.ok ? [] : [...checked.problems]
}

describe('the form for the policy of a bucket', () => {
  it('comes back as the policy it was filled with', () => {
    const policy: RemotePolicy = {
      visibility: 'public',
      allowedMimeTypes: ['image/*', 'video/mp4'],
      sizeLimitBytes: 10 * 1024 * 1024,
      retentionDays: 90,
      quotaBytes: 50_000_000_000,
      publicBaseUrl: 'https://cdn.example.com/pictures',
    }
    expect(checkPolicy(formOf(policy))).toEqual({ ok: true, policy })
    for (const preset of policyPresets) {
      expect(checkPolicy(formOf(remotePolicyPresets[preset]))).toEqual({
        ok: true,
        policy: remotePolicyPresets[preset],
      })
    }
  })

  it('takes empty fields for no limit', () => {
    expect(checkPolicy(open)).toEqual({ ok: true, policy: openRemotePolicy })
  })

  it('takes types however they are separated, each once, and an address without its last slash', () => {
    const checked = checkPolicy({
      ...open,
      types: ' Image/PNG;image/*  image/png,',
      publicBaseUrl: 'https://a.example/',
    })
    expect(checked).toMatchObject({
      ok: true,
      policy: { allowedMimeTypes: ['image/png', 'image/*'], publicBaseUrl: 'https://a.example' },
    })
  })

  it('says which fields are wrong, all at once', () => {
    expect(
      problemsOf({ types: 'png', sizeLimit: 'ten', quota: '-1', retention: '0', publicBaseUrl: 'ftp://x' }),
    ).toEqual(['types', 'sizeLimit', 'quota', 'retention', 'publicBaseUrl'])
  })

  it('changes with a preset only what the preset is about', () => {
    const form = withPreset({ ...open, quota: '5 GB', retention: '30' }, 'avatars')
    expect(form).toMatchObject({ visibility: 'public', types: 'image/*', quota: '5 GB', retention: '30' })
    expect(presetOf(form)).toBe('avatars')
    expect(presetOf({ ...form, types: 'image/png' })).toBeNull()
  })
})
