import type { RequestInput } from '../../../shared/contract/requests.ts'
import { policyOfRole, type RemoteRole, type RemoteTest, remoteOwnerSchema } from '../../../shared/domain/remote.ts'

export const providers = ['aws', 'r2', 'b2', 'supabase', 'other', 'folder'] as const
export type Provider = (typeof providers)[number]

/** What a remote can be for that is added in the window. */
export const roles = ['library', 'workspace', 'references', 'public'] as const satisfies readonly RemoteRole[]

export interface RemoteForm {
  readonly provider: Provider
  readonly role: (typeof roles)[number]
  /** Of a workspace: the folder that generators write to, empty for none. */
  readonly owner: string
  /** Of a public remote: where anybody can read what is in it; empty for later. */
  readonly publicAddress: string
  /** The part of the endpoint that is a person's own: an account at Cloudflare, a project at Supabase. */
  readonly account: string
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly prefix: string
  readonly pathStyle: boolean
  /** Every request carries a checksum, not only those for which S3 asks. */
  readonly allChecksums: boolean
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly folder: string
}

export type FormField = Exclude<keyof RemoteForm, 'provider' | 'role'>

export type FieldProblem = 'required' | 'address' | 'spaces' | 'slash' | 'account' | 'too_long' | 'folder_name'

export type FieldProblems = Readonly<Partial<Record<FormField, FieldProblem>>>

export type RemoteDraft = RequestInput<'remotes.add'>

interface Preset {
  /** The endpoint with `{account}` and `{region}` in it; null where a person types it. */
  readonly endpoint: string | null
  readonly region: string
  /** False where the region is not a person's choice. */
  readonly asksRegion: boolean
  readonly asksAccount: boolean
  readonly pathStyle: boolean
}

/** What each service needs. Patterns are from the services' own S3 documentation. */
export const presets: Readonly<Record<Exclude<Provider, 'folder'>, Preset>> = {
  aws: {
    endpoint: 'https://s3.{region}.amazonaws.com',
    region: 'us-east-1',
    asksRegion: true,
    asksAccount: false,
    pathStyle: false,
  },
  r2: {
    endpoint: 'https://{account}.r2.cloudflarestorage.com',
    region: 'auto',
    asksRegion: false,
    asksAccount: true,
    pathStyle: true,
  },
  b2: {
    endpoint: 'https://s3.{region}.backblazeb2.com',
    region: 'us-west-004',
    asksRegion: true,
    asksAccount: false,
    pathStyle: true,
  },
  supabase: {
    endpoint: 'https://{account}.supabase.co/storage/v1/s3',
    region: 'us-east-1',
    asksRegion: true,
    asksAccount: true,
    pathStyle: true,
  },
  other: { endpoint: null, region: 'us-east-1', asksRegion: true, asksAccount: false, pathStyle: true },
}

export const emptyForm: RemoteForm = {
  provider: 'aws',
  role: 'library',
  owner: '',
  publicAddress: '',
  account: '',
  endpoint: '',
  region: presets.aws.region,
  bucket: '',
  prefix: '',
  pathStyle: presets.aws.pathStyle,
  allChecksums: false,
  accessKeyId: '',
  secretAccessKey: '',
  folder: '',
}

/** The form for another service: keys, bucket and prefix stay, what belongs to the service starts anew. */
export function withProvider(form: RemoteForm, provider: Provider): RemoteForm {
  if (provider === 'folder') return { ...form, provider }
  const { region, pathStyle } = presets[provider]
  return { ...form, provider, region, pathStyle, allChecksums: false, account: '' }
}

/** Where requests will go, as far as the form says; null while a part is missing. */
export function endpointOf(form: RemoteForm): string | null {
  if (form.provider === 'folder') return null
  const pattern = presets[form.provider].endpoint
  if (pattern === null) return typedEndpoint(form.endpoint)
  const account = form.account.trim()
  const region = form.region.trim()
  if ((pattern.includes('{account}') && account === '') || (pattern.includes('{region}') && region === '')) return null
  return pattern.replace('{account}', account).replace('{region}', region)
}

/** `storage.example.com:9000` is an address too: https is assumed, and http for this machine itself. */
function typedEndpoint(typed: string): string | null {
  const text = typed.trim().replace(/\/+$/, '')
  if (text === '') return null
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text
  return /^(localhost|127\.|\[::1\])/.test(text) ? `http://${text}` : `https://${text}`
}

/** A pasted `s3://bucket/some/prefix` as bucket and prefix; null for anything else. */
export function splitBucketAddress(typed: string): { bucket: string; prefix: string } | null {
  const match = /^s3:\/\/([^/\s]+)\/?(\S*)$/i.exec(typed.trim())
  return match === null ? null : { bucket: match[1] ?? '', prefix: trimSlashes(match[2] ?? '') }
}

function trimSlashes(path: string): string {
  return path.trim().replace(/^\/+|\/+$/g, '')
}

function isHttpAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== ''
}

function problemsOf(form: RemoteForm): FieldProblems {
  const problems: Partial<Record<FormField, FieldProblem>> = {}
  const demand = (field: FormField) => {
    const value = form[field]
    if (typeof value === 'string' && value.trim() === '') problems[field] = 'required'
  }
  if (form.prefix.trim().length > 512) problems.prefix = 'too_long'
  if (form.role === 'workspace' && !remoteOwnerSchema.safeParse(trimSlashes(form.owner)).success) {
    problems.owner = 'folder_name'
  }
  if (form.role === 'public' && form.publicAddress.trim() !== '' && !isHttpAddress(form.publicAddress.trim())) {
    problems.publicAddress = 'address'
  }
  if (form.provider === 'folder') {
    demand('folder')
    return problems
  }
  const preset = presets[form.provider]
  if (preset.asksAccount) {
    demand('account')
    if (/[^a-z0-9-]/i.test(form.account.trim())) problems.account = 'account'
  }
  if (preset.endpoint === null) {
    demand('endpoint')
    const endpoint = typedEndpoint(form.endpoint)
    if (endpoint !== null && !isHttpAddress(endpoint)) problems.endpoint = 'address'
  }
  demand('region')
  if (/\s/.test(form.region.trim())) problems.region = 'spaces'
  demand('bucket')
  if (/\s/.test(form.bucket.trim())) problems.bucket = 'spaces'
  else if (form.bucket.includes('/')) problems.bucket = 'slash'
  demand('accessKeyId')
  demand('secretAccessKey')
  return problems
}

/** The request that the form stands for, or what is missing in which field. */
export function checkForm(
  form: RemoteForm,
): { readonly ok: true; readonly draft: RemoteDraft } | { readonly ok: false; readonly problems: FieldProblems } {
  const problems = problemsOf(form)
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  const prefix = trimSlashes(form.prefix)
  const { role } = form
  const publicBaseUrl = form.publicAddress.trim().replace(/\/+$/, '')
  const purpose = {
    role,
    ...(role === 'workspace' && { owner: trimSlashes(form.owner) }),
    ...(role === 'public' && publicBaseUrl !== '' && { policy: { ...policyOfRole(role), publicBaseUrl } }),
  }
  if (form.provider === 'folder') {
    return { ok: true, draft: { ...purpose, location: { kind: 'folder', path: form.folder, prefix } } }
  }
  return {
    ok: true,
    draft: {
      ...purpose,
      location: {
        kind: 's3',
        // The SDK knows Amazon's own hosts better than a pattern does (China, GovCloud).
        endpoint: form.provider === 'aws' ? null : endpointOf(form),
        region: form.region.trim(),
        bucket: form.bucket.trim(),
        prefix,
        pathStyle: form.pathStyle,
        ...(form.allChecksums && { checksums: 'supported' as const }),
      },
      credentials: { accessKeyId: form.accessKeyId.trim(), secretAccessKey: form.secretAccessKey.trim() },
    },
  }
}

export type TestProblem = Extract<RemoteTest, { ok: false }>['problem']

/** The field that a failed connection test is about; null when it is about none (permissions, clock, the server). */
export function fieldOfProblem(provider: Provider, problem: TestProblem): FormField | null {
  switch (problem) {
    case 'host':
    case 'tls':
      if (provider === 'folder') return 'folder'
      if (provider === 'other') return 'endpoint'
      return presets[provider].asksAccount ? 'account' : 'region'
    case 'access_key':
      return 'accessKeyId'
    case 'secret_key':
      return 'secretAccessKey'
    case 'bucket':
      return 'bucket'
    case 'region':
      return provider !== 'folder' && presets[provider].asksRegion ? 'region' : null
    case 'folder':
      return 'folder'
    case 'other_library':
      return 'prefix'
    case 'encryption':
      return null
    case 'permission':
    case 'clock':
    case 'server':
      return null
  }
}
