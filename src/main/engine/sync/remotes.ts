import { randomUUID } from 'node:crypto'
import { type ErrorCode, VitrineError } from '../../../shared/contract/errors.ts'
import { type RemoteId, remoteIdSchema } from '../../../shared/domain/ids.ts'
import {
  type Credentials,
  policyOfRole,
  type Remote,
  type RemoteLocation,
  type RemotePolicy,
  type RemotePolicyChange,
  type RemoteRole,
  type RemoteTest,
} from '../../../shared/domain/remote.ts'
import type { KeyInput, NewKeyInput } from '../../../shared/domain/remoteEncryption.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { OpenUpload } from '../catalog/begunUploads.repository.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { RemoteRow } from '../catalog/remotes.repository.ts'
import { createdSetting, markFresh } from './connection.ts'
import { changePassphrase } from './encryption/changePassphrase.ts'
import type { KeyRing } from './encryption/keyRing.ts'
import { isAboutEncryption, type PreparedPlace, preparePlace } from './encryption/preparePlace.ts'
import { writeRecoverySheet } from './encryption/recoverySheet.ts'
import { unlockRemote } from './encryption/unlockRemote.ts'
import { eachOnlyThere, type OnlyThere, onlyThere, refuseLoss } from './leaving/onlyThere.ts'
import { ensureLibrary, type LibraryIdentity } from './libraryManifest.ts'
import { type OpenStore, problemOf, testRemote } from './testRemote.ts'
import { baseOf } from './workspace/mirrorContext.ts'
import { type Area, overlap, overlapping } from './workspace/overlapsLibrary.ts'
import { forgetWorkspaceJobs } from './workspace/workspaceJobs.ts'

const NONE: readonly StoredAsset[] = []

export interface RemoteDraft {
  readonly name?: string | undefined
  readonly role: RemoteRole
  readonly location: RemoteLocation
  readonly credentials?: Credentials | undefined
  /** Of a workspace remote, see `Remote`. */
  readonly owner?: string | undefined
  readonly policy?: RemotePolicy | undefined
  readonly encryption?: NewKeyInput | undefined
  /** See `preparePlace`. */
  readonly asItIs?: boolean | undefined
}

/** The remotes of a library. Credentials are held in memory only; a restart needs them again. */
export interface Remotes {
  list(): Remote[]
  /** The remote that the library's assets are uploaded to. */
  libraryRemote(): RemoteRow | undefined
  credentialsOf(remote: Pick<RemoteRow, 'id'>): Credentials | null
  test(draft: RemoteDraft): Promise<RemoteTest>
  probe(id: RemoteId): Promise<RemoteTest>
  /** Tests the connection and keeps the remote. Throws what the test found, or `remote_exists`. */
  add(draft: RemoteDraft): Promise<Remote>
  /** Files that could not be had any more here if it were forgotten. */
  onlyThere(id: RemoteId): OnlyThere
  /** … and they themselves, some at a time. */
  eachOnlyThere(id: RemoteId): ReturnType<typeof eachOnlyThere>
  /**
   * Forgets a remote. What is in the bucket stays there. Throws `invalid_request` with `count` and `bytes` if there are files
   * only there; with `leave` the library's are left there.
   */
  remove(id: RemoteId, leave?: boolean): Promise<void>
  setCredentials(id: RemoteId, credentials: Credentials | null): Promise<void>
  /** Changes what may go there. What was blocked is planned again. */
  configure(id: RemoteId, change: RemotePolicyChange): Promise<Remote>
  /** Throws `remote_wrong_key`, and for a passphrase what the store says. */
  unlock(id: RemoteId, key: KeyInput): Promise<void>
  /** See `changePassphrase.ts`. */
  changePassphrase(id: RemoteId, passphrase: string): Promise<Remote>
  /** What opens an encrypted remote, null if it is not encrypted or not known. */
  keyOf(id: RemoteId): KeyInput | null
  /** Writes down what opens an encrypted remote, for whoever has nothing else left. Throws `remote_no_key` and what the disk says. */
  writeRecovery(id: RemoteId, path: string): Promise<void>
  /** The catalogue is about to be closed. */
  close(): void
}

export interface RemotesOptions {
  readonly catalog: Catalog
  readonly library: LibraryIdentity
  readonly keys: KeyRing
  /** Opens a place as it is, also an encrypted one. */
  readonly openPlain: OpenStore
  /** Keys for every bucket whose own are not known: the command line's environment. */
  readonly environment: Credentials | null
  readonly now: () => number
  /** The library's remote, or its credentials, are others now; resolves when nothing uses the old ones any more. */
  readonly onLibraryRemoteChanged: () => Promise<void>
  /** The same of a workspace remote. */
  readonly onWorkspaceRemoteChanged: (id: RemoteId) => Promise<void>
  /** Other things may come from a workspace remote from now on. */
  readonly onWorkspacePolicyChanged: (id: RemoteId) => void
  /** Folder of the library: nothing of it may lie in a workspace remote. */
  readonly root: string
}

export function remotes(options: RemotesOptions): Remotes {
  const { catalog, library, keys, openPlain } = options
  const held = new Map<RemoteId, Credentials>()

  const credentialsOf = (remote: Pick<RemoteRow, 'id'>) => held.get(remote.id) ?? options.environment
  const withCredentials = (row: RemoteRow): Remote => ({
    ...row,
    has_credentials: row.location.kind === 'folder' || credentialsOf(row) !== null,
    has_key: row.location.encryption === undefined || keys.has(row.location.encryption),
  })
  const find = (id: RemoteId): RemoteRow => {
    const row = catalog.remotes.list().find((remote) => remote.id === id)
    if (row === undefined) throw new VitrineError('not_found', 'There is no such remote. It may have been removed.')
    return row
  }
  const test = (
    { role, owner, location }: Pick<RemoteDraft, 'role' | 'owner' | 'location'>,
    credentials: Credentials | null,
  ) =>
    testRemote(
      location,
      credentials,
      library,
      keys.openStore,
      options.now(),
      role === 'workspace' ? baseOf({ owner: owner ?? null }, library.id) : undefined,
    )

  const areaOf = ({ role, owner, location }: Pick<RemoteDraft, 'role' | 'owner' | 'location'>): Area => ({
    location,
    base: baseOf({ owner: role === 'workspace' ? (owner ?? null) : library.id }, library.id),
  })

  /** What lies in a workspace remote is taken and removed: it may share no place with anything else. */
  function refuseOverlap(draft: RemoteDraft): void {
    const isWorkspace = draft.role === 'workspace'
    const here: Area = { location: { kind: 'folder', path: options.root, prefix: '' }, base: '' }
    if (isWorkspace && overlap(areaOf(draft), here)) throw overlapping(library.name)
    for (const remote of catalog.remotes.list()) {
      if (!isWorkspace && remote.role !== 'workspace') continue
      if (overlap(areaOf(draft), areaOf({ ...remote, owner: remote.owner ?? undefined })))
        throw overlapping(remote.name)
    }
  }
  const credentialsFor = ({ credentials }: RemoteDraft) => credentials ?? options.environment
  const prepare = (draft: RemoteDraft): Promise<PreparedPlace> =>
    preparePlace({ ...draft, begun: begunPlace(catalog) }, credentialsFor(draft), library.id, keys, openPlain)

  /** What is wrong with a place as such is told more exactly by its test. */
  async function explain(draft: RemoteDraft, error: VitrineError): Promise<Extract<RemoteTest, { ok: false }>> {
    const { message } = error
    if (isAboutEncryption(error)) return { ok: false, problem: 'encryption', message }
    const found = await test(withLocation(draft, { ...draft.location, encryption: undefined }), credentialsFor(draft))
    return found.ok ? { ok: false, problem: problemOf(error.code, draft.location), message } : found
  }

  /** Keeps nothing, not even the key of a place that is no remote. */
  let isClosed = false

  async function testDraft(draft: RemoteDraft): Promise<RemoteTest> {
    let prepared: PreparedPlace
    try {
      prepared = await prepare(draft)
    } catch (error) {
      if (!(error instanceof VitrineError)) throw error
      return explain(draft, error)
    }
    try {
      return await test(withLocation(draft, prepared.location), credentialsFor(draft))
    } finally {
      letGo(prepared)
    }
  }

  /** Forgets the key of a place that is no remote. */
  function letGo({ location: { encryption } }: Pick<PreparedPlace, 'location'>): void {
    const isUsed = catalog.remotes.list().some(({ location }) => location.encryption?.check === encryption?.check)
    if (encryption !== undefined && !isUsed) keys.forget(encryption)
  }

  async function added(draft: RemoteDraft, prepared: PreparedPlace): Promise<Remote> {
    const { location } = prepared
    const result = await test(withLocation(draft, location), credentialsFor(draft))
    if (!result.ok) throw new VitrineError(CODE_OF_PROBLEM[result.problem], result.message)
    if (location.encryption !== undefined) noteBegun(catalog, location.encryption.check)
    await prepared.mark()
    const id = remoteIdSchema.parse(randomUUID())
    if (draft.role === 'library') await claimPlace(id, { ...draft, location })
    // Looked at again: another one may have been added while the server was asked.
    refuseSecond(catalog.remotes.list(), draft)
    refuseOverlap(draft)
    if (draft.credentials) held.set(id, draft.credentials)
    catalog.remotes.add({
      id,
      name: draft.name ?? nameOf(location),
      role: draft.role,
      owner: draft.owner ?? null,
      location,
      policy: draft.policy ?? policyOfRole(draft.role),
      createdAt: options.now(),
    })
    noteBegun(catalog, null)
    catalog.remotes.setAbilities(id, result.abilities)
    if (result.library === null) markFresh(catalog, id)
    if (draft.role === 'library') await options.onLibraryRemoteChanged()
    if (draft.role === 'workspace') await options.onWorkspaceRemoteChanged(id)
    return withCredentials(find(id))
  }

  /** Writes `library.json` there before the remote is kept: from then on its absence means that the place is another. */
  async function claimPlace(id: RemoteId, { location, credentials }: RemoteDraft): Promise<void> {
    const store = keys.openStore(location, credentials ?? options.environment)
    try {
      await ensureLibrary(store, library, false)
      catalog.setSetting(createdSetting({ id }), true)
    } finally {
      store.close()
    }
  }

  /** What a removed remote holds of unfinished uploads is of no use to anybody. What can't be freed now stays. */
  async function freeParts(
    location: RemoteLocation,
    credentials: Credentials | null,
    begun: readonly OpenUpload[],
  ): Promise<void> {
    if (begun.length === 0 || (location.kind === 's3' && credentials === null)) return
    const store = keys.openStore(location, credentials)
    try {
      for (const { key, uploadId } of begun) await store.abandon(key, uploadId)
    } catch (error) {
      if (!(error instanceof VitrineError)) throw error
    } finally {
      store.close()
    }
  }

  return {
    list: () => catalog.remotes.list().map(withCredentials),
    libraryRemote: () => catalog.remotes.list().find(({ role }) => role === 'library'),
    credentialsOf,
    test: testDraft,
    async probe(id) {
      const remote = find(id)
      const result = await test({ ...remote, owner: remote.owner ?? undefined }, credentialsOf(remote))
      if (result.ok) catalog.remotes.setAbilities(id, result.abilities)
      return result
    },
    async add(draft) {
      refuseSecond(catalog.remotes.list(), draft)
      refuseOverlap(draft)
      const prepared = await prepare(draft).catch(async (error: unknown) => {
        if (!(error instanceof VitrineError)) throw error
        const { problem, message } = await explain(draft, error)
        throw message === error.message ? error : new VitrineError(CODE_OF_PROBLEM[problem], message)
      })
      try {
        return await added(draft, prepared)
      } finally {
        letGo(prepared)
      }
    },
    onlyThere: (id) => onlyThere(options, find(id)),
    eachOnlyThere: (id) => eachOnlyThere(options, find(id)),
    async remove(id, leave = false) {
      const remote = find(id)
      // What nobody has decided on can't be found again by adding the remote anew.
      if (!leave || remote.role === 'workspace') refuseLoss(remote, onlyThere(options, remote))
      const begun = catalog.begunUploads.list(id)
      const credentials = credentialsOf(remote)
      const { encryption } = remote.location
      // Without its key nobody gets at what is there; if that is nothing yet, the place can be encrypted anew.
      if (encryption !== undefined && !keys.has(encryption)) noteBegun(catalog, encryption.check)
      catalog.remotes.remove(id)
      held.delete(id)
      if (remote.role === 'workspace') {
        await options.onWorkspaceRemoteChanged(id)
        forgetWorkspaceJobs(catalog, id)
      }
      if (remote.role !== 'library') return
      await options.onLibraryRemoteChanged()
      // The library may have been closed by the time that the server has answered.
      void freeParts(remote.location, credentials, begun).then(() => isClosed || letGo(remote))
      catalog.queue.remove('upload', `${id}:`)
      makeLocal(catalog, id)
    },
    async configure(id, change) {
      const { policy, role } = find(id)
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      catalog.remotes.setPolicy(id, { ...policy, ...Object.fromEntries(given) })
      if (role === 'library') {
        unblock(catalog)
        await options.onLibraryRemoteChanged()
      }
      if (role === 'workspace') options.onWorkspacePolicyChanged(id)
      return withCredentials(find(id))
    },
    async setCredentials(id, credentials) {
      const remote = find(id)
      if (credentials) held.set(id, credentials)
      else held.delete(id)
      if (remote.role === 'library') await options.onLibraryRemoteChanged()
      if (remote.role === 'workspace') await options.onWorkspaceRemoteChanged(id)
    },
    close() {
      isClosed = true
    },
    async unlock(id, key) {
      const remote = find(id)
      await unlockRemote(remote, key, credentialsOf(remote), library.id, keys, openPlain)
      if (remote.role === 'library') await options.onLibraryRemoteChanged()
    },
    async changePassphrase(id, passphrase) {
      const remote = find(id)
      const encryption = await changePassphrase(remote, passphrase, credentialsOf(remote), keys, openPlain)
      catalog.remotes.setLocation(id, { ...remote.location, encryption })
      return withCredentials(find(id))
    },
    keyOf(id) {
      const { encryption } = find(id).location
      const identity = encryption && keys.identityOf(encryption)
      return identity ? { kind: 'key-file', text: identity } : null
    },
    writeRecovery: async (id, path) => writeRecoverySheet(find(id), library, keys, path, options.now()),
  }
}

/** Remembers which place is being encrypted until it is a remote: a kill in between may take its only key along. */
const BEGUN = 'remotes.encrypting'

function noteBegun(catalog: Pick<Catalog, 'setSetting'>, check: string | null): void {
  catalog.setSetting(BEGUN, check)
}

function begunPlace(catalog: Pick<Catalog, 'getSetting'>): string | null {
  const check = catalog.getSetting(BEGUN)
  return typeof check === 'string' ? check : null
}

/** Why an original that is only in the bucket can't be had. */
const DISCONNECTED = 'The bucket that holds the original is not connected any more. Add it again to fetch this.'

/** Without its remote nothing is known to be anywhere but here; what is not here stays known to be elsewhere. */
function makeLocal(catalog: Catalog, remoteId: RemoteId): void {
  for (let after = 0, batch = NONE; ; ) {
    batch = catalog.remotes.unsynced(remoteId, after, 500)
    const last = batch.at(-1)
    if (last === undefined) return
    after = last.rowId
    const states = batch.map(({ id }) => {
      const isElsewhere = catalog.assets.isElsewhere(id)
      return { id, state: isElsewhere ? 'cloud-only' : 'local', reason: isElsewhere ? DISCONNECTED : null } as const
    })
    catalog.assets.setSyncState(states)
  }
}

/** Lets a policy have its say again on everything that it had stopped. */
function unblock(catalog: Catalog): void {
  for (let batch = catalog.remotes.blocked(0, 500); batch.length > 0; ) {
    catalog.assets.setSyncState(batch.map(({ id }) => ({ id, state: 'local', reason: null })))
    batch = catalog.remotes.blocked(batch.at(-1)?.rowId ?? 0, 500)
  }
}

function refuseSecond(existing: readonly RemoteRow[], draft: RemoteDraft): void {
  const other = existing.find(({ role }) => role === draft.role)
  if (draft.role === 'library' && other) {
    throw new VitrineError(
      'remote_exists',
      `This library already has its bucket, “${other.name}”. Remove that remote first; what is in it stays there.`,
    )
  }
}

function withLocation(draft: RemoteDraft, location: RemoteLocation): RemoteDraft {
  return { ...draft, location }
}

function nameOf(location: RemoteLocation): string {
  if (location.kind === 's3') return location.bucket
  return location.path.split(/[\\/]/).findLast((part) => part !== '') ?? location.path
}

const CODE_OF_PROBLEM: Readonly<Record<Extract<RemoteTest, { ok: false }>['problem'], ErrorCode>> = {
  host: 'remote_unreachable',
  tls: 'remote_tls',
  access_key: 'remote_access_key',
  secret_key: 'remote_secret_key',
  bucket: 'remote_bucket',
  region: 'remote_region',
  permission: 'remote_permission',
  clock: 'remote_clock',
  folder: 'remote_folder',
  other_library: 'remote_other_library',
  encryption: 'remote_wrong_key',
  server: 'remote_server',
}
