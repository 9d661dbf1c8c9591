import { describe, expect, it } from 'vitest'
import { remoteLocationSchema } from '../../../shared/domain/remote.ts'
import {
  checkForm,
  emptyForm,
  endpointOf,
  fieldOfProblem,
  presets,
  providers,
  type RemoteForm,
  splitBucketAddress,
  withProvider,
} from './remoteForm.ts'

const filled: RemoteForm = {
  ...emptyForm,
  account: '4f1c0ffee',
  endpoint: 'storage.example.com',
  bucket: 'studio',
  accessKeyId: ' AKIA123 ',
  secretAccessKey: ' s3cret ',
  folder: '/mnt/nas/vitrine',
}

function locationOf(form: RemoteForm) {
  const checked = checkForm(form)
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return checked.draft.location
}

describe('the form of a new remote', () => {
  it('makes a location that the contract accepts, for every service', () => {
    for (const provider of providers) {
      const form = { ...withProvider(filled, provider), account: filled.account }
      expect(remoteLocationSchema.safeParse(locationOf(form)).error).toBeUndefined()
    }
  })

  it('fills the endpoint of a known service in from account and region', () => {
    expect(endpointOf({ ...withProvider(filled, 'r2'), account: 'abc' })).toBe('https://abc.r2.cloudflarestorage.com')
    expect(endpointOf(withProvider(filled, 'b2'))).toBe('https://s3.us-west-004.backblazeb2.com')
    expect(endpointOf(withProvider(filled, 'r2'))).toBeNull()
  })

  it('leaves Amazon’s endpoint to the SDK', () => {
    expect(locationOf(filled)).toMatchObject({ endpoint: null, region: 'us-east-1', pathStyle: false })
  })

  it('asks for a checksum in every request only where a person wants that, of the service that it was said of', () => {
    const other = { ...withProvider(filled, 'other'), allChecksums: true }
    expect(locationOf(other)).toMatchObject({ checksums: 'supported' })
    expect(locationOf(withProvider(other, 'aws'))).not.toHaveProperty('checksums')
  })

  it('takes an address without a scheme: https, and http for this machine', () => {
    const other = withProvider(filled, 'other')
    expect(endpointOf(other)).toBe('https://storage.example.com')
    expect(endpointOf({ ...other, endpoint: 'localhost:9000/' })).toBe('http://localhost:9000')
    expect(endpointOf({ ...other, endpoint: 'http://10.0.0.2:9000' })).toBe('http://10.0.0.2:9000')
  })

  it('trims what was pasted: blanks around keys, slashes around a prefix', () => {
    const checked = checkForm({ ...filled, prefix: ' /art/2026/ ' })
    expect(checked).toMatchObject({
      ok: true,
      draft: {
        location: { prefix: 'art/2026' },
        credentials: { accessKeyId: 'AKIA123', secretAccessKey: 's3cret' },
      },
    })
  })

  it('says what the remote is for, and of a workspace whose objects it holds', () => {
    expect(checkForm(filled)).toMatchObject({ ok: true, draft: { role: 'library' } })
    const workspace = checkForm({ ...filled, role: 'workspace', owner: ' user-1/ ' })
    expect(workspace).toMatchObject({ ok: true, draft: { role: 'workspace', owner: 'user-1' } })
    expect(checkForm({ ...filled, role: 'workspace' })).toMatchObject({ ok: true, draft: { owner: '' } })
    const wrong = checkForm({ ...filled, role: 'workspace', owner: 'a/b' })
    expect(wrong).toEqual({ ok: false, problems: { owner: 'folder_name' } })
  })

  it('takes the address under which a public one can be read', () => {
    const filledPublic = { ...filled, role: 'public' as const, publicAddress: ' https://cdn.example.com/ ' }
    expect(checkForm(filledPublic)).toMatchObject({
      ok: true,
      draft: { role: 'public', policy: { visibility: 'public', publicBaseUrl: 'https://cdn.example.com' } },
    })
    expect(checkForm({ ...filledPublic, publicAddress: '' })).not.toHaveProperty('draft.policy')
    expect(checkForm({ ...filledPublic, publicAddress: 'cdn' })).toEqual({
      ok: false,
      problems: { publicAddress: 'address' },
    })
  })

  it('says which fields are missing, and asks a folder for its folder only', () => {
    expect(checkForm(withProvider(emptyForm, 'supabase'))).toEqual({
      ok: false,
      problems: { account: 'required', bucket: 'required', accessKeyId: 'required', secretAccessKey: 'required' },
    })
    expect(checkForm(withProvider(emptyForm, 'folder'))).toEqual({ ok: false, problems: { folder: 'required' } })
  })

  it('finds what cannot be before anything is sent', () => {
    const other = withProvider(filled, 'other')
    expect(checkForm({ ...other, endpoint: 'ftp://example.com' })).toMatchObject({ problems: { endpoint: 'address' } })
    expect(checkForm({ ...other, endpoint: 'https://exa mple' })).toMatchObject({ problems: { endpoint: 'address' } })
    expect(checkForm({ ...other, bucket: 'my bucket' })).toMatchObject({ problems: { bucket: 'spaces' } })
    expect(checkForm({ ...other, bucket: 'studio/art' })).toMatchObject({ problems: { bucket: 'slash' } })
    expect(checkForm({ ...withProvider(filled, 'r2'), account: 'https://abc' })).toMatchObject({
      problems: { account: 'account' },
    })
  })
})

describe('a pasted bucket address', () => {
  it('becomes bucket and prefix', () => {
    expect(splitBucketAddress('s3://studio/art/2026/')).toEqual({ bucket: 'studio', prefix: 'art/2026' })
    expect(splitBucketAddress('s3://studio')).toEqual({ bucket: 'studio', prefix: '' })
    expect(splitBucketAddress('studio')).toBeNull()
  })
})

describe('the field that a failed test points at', () => {
  it('is the part of the endpoint that the person typed', () => {
    expect(fieldOfProblem('other', 'host')).toBe('endpoint')
    expect(fieldOfProblem('r2', 'host')).toBe('account')
    expect(fieldOfProblem('aws', 'host')).toBe('region')
  })

  it('is always one that the form shows', () => {
    for (const provider of providers) {
      if (provider === 'folder') continue
      const preset = presets[provider]
      const shown = ['bucket', 'prefix', 'accessKeyId', 'secretAccessKey', preset.asksRegion && 'region']
      shown.push(preset.asksAccount && 'account', preset.endpoint === null && 'endpoint')
      for (const problem of ['host', 'tls', 'region', 'access_key', 'secret_key', 'bucket', 'other_library'] as const) {
        const field = fieldOfProblem(provider, problem)
        if (field !== null) expect(shown).toContain(field)
      }
    }
  })
})
