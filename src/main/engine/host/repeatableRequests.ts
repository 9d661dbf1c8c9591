import { VitrineError } from '../../../shared/contract/errors.ts'
import type { EngineRequestName } from '../../../shared/contract/requests.ts'

/**
 * Whether a request may be made again when the answer to a first attempt was lost with the process that should have
 * given it. Where this is false, doing it twice would show: a second history entry, a second import, a second undo.
 */
const repeatable: { readonly [N in EngineRequestName]: boolean } = {
  'library.info': true,
  'library.counts': true,
  'library.stats': true,
  'library.recover': true,
  'versions.list': true,
  'versions.add': false,
  'versions.replace': false,
  'versions.restore': false,
  'versions.describe': true,
  'export.metadata': true,
  'verify.start': true,
  'verify.state': true,
  'verify.cancel': true,
  'assets.query': true,
  'search.complete': true,
  'assets.openVector': true,
  'assets.moreVector': true,
  'assets.closeVector': true,
  'assets.facets': true,
  'assets.cards': true,
  'assets.get': true,
  'assets.find': true,
  'assets.read': true,
  'assets.edit': false,
  'assets.keep': false,
  'assets.discard': false,
  'assets.trash': false,
  'assets.restore': false,
  'assets.retry': false,

  'duplicates.find': true,
  'duplicates.resolve': false,
  'duplicates.dismiss': true,
  'history.undo': false,
  'history.redo': false,
  'history.list': true,
  'collections.list': true,
  'collections.create': false,
  'collections.rename': false,
  'collections.delete': false,
  'collections.add': false,
  'collections.remove': false,
  'collections.edit': false,
  'collections.move': false,
  'collections.archive': false,
  'collections.duplicate': false,
  'collections.freeze': false,
  'collections.arrange': false,
  'collections.counts': true,
  'assets.summary': true,
  'tags.list': true,
  'tags.create': false,
  'tags.rename': false,
  'tags.color': false,
  'tags.aliases': false,
  'tags.move': false,
  'tags.merge': false,
  'tags.delete': false,
  'tags.suggest': true,
  'jobs.list': true,
  'imports.preview': true,
  'imports.start': false,
  'imports.list': true,
  'imports.get': true,
  'imports.failures': true,
  'imports.report': true,
  'imports.cancel': true,
  'imports.retry': false,
  'imports.dismiss': true,
  'imports.settings': true,
  'imports.configure': true,
  'imports.testScanner': true,
  'imports.drained': true,
  'watchedFolders.list': true,
  'watchedFolders.add': false,
  'watchedFolders.remove': false,
  'watchedFolders.rescan': true,
  'lifecycle.policy': true,
  'lifecycle.configure': false,
  'lifecycle.status': true,
  'workspace.expire': true,
  'workspace.keepLonger': false,
  'workspace.sessions': true,
  'workspace.discardRest': false,
  'trash.empty': false,
  'trash.purge': false,
  'storage.usage': true,
  'storage.quotas': true,
  'remotes.configure': true,
  'remotes.list': true,
  'remotes.test': true,
  'remotes.probe': true,
  'remotes.add': false,
  'remotes.remove': false,
  'remotes.setCredentials': true,
  'sync.status': true,
  'sync.now': true,
  'sync.pause': true,
  'sync.retry': true,
  'sync.once': true,
}

/** @throws {VitrineError} `unknown_request` when an engine answers to no such name. */
export function engineRequestName(name: string): EngineRequestName {
  if (isEngineRequestName(name)) return name
  throw new VitrineError('unknown_request', `There is no request "${name.slice(0, 100)}".`)
}

function isEngineRequestName(name: string): name is EngineRequestName {
  return Object.hasOwn(repeatable, name)
}

export function isRepeatable(name: EngineRequestName): boolean {
  return repeatable[name]
}
