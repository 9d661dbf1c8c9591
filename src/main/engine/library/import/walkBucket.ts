import type { AssetId } from '../../../../shared/domain/ids.ts'
import { describedBy, findSidecars, folderNames, isSidecarName } from '../../../../shared/domain/sidecarNames.ts'
import type { ForeignObject } from '../../ports.ts'
import type { IgnoreFilter } from './ignorePatterns.ts'
import type { FoundEntry } from './walkSources.ts'

/** More objects of one stem are paired some at a time; these many are looked at once more with the next ones. */
const MOST_OF_A_STEM = 2000
const CARRIED_OVER = 10

export interface WalkBucket {
  /** What is new or changed behind a key, in the order of keys. */
  readonly list: (after: string) => AsyncIterable<ForeignObject>
  /** Key of what was found last before a kill, '' for none. */
  readonly lastKey: string
  readonly isIgnored: IgnoreFilter
  /** Files that were taken in earlier whose keys begin so. */
  readonly known: (start: string) => readonly { readonly key: string; readonly assetId: AssetId }[]
}

/**
 * What an adopting import finds, with files and their sidecars paired by the rules of `sidecarNames.ts`, but that they have to
 * have the same stem also in case. Keys that begin alike come one after the other, so only those of one stem are in memory. Goes
 * on behind what was found before a kill. Throws what the store says.
 */
export async function* walkBucket({ list, lastKey, isIgnored, known }: WalkBucket): AsyncGenerator<FoundEntry> {
  let stem = ''
  let group: ForeignObject[] = []
  for await (const object of list(beforeStem(lastKey))) {
    const next = stemOf(object.key)
    if (next !== stem) {
      yield* pair(group, stem, isIgnored, known)
      group = []
      stem = next
    } else if (group.length >= MOST_OF_A_STEM) {
      const carried = group.slice(-CARRIED_OVER)
      const again = new Set(carried.map(({ key }) => key))
      for (const entry of pair(group, stem, isIgnored, known)) if (!again.has(entry.path)) yield entry
      group = carried
    }
    group.push(object)
  }
  yield* pair(group, stem, isIgnored, known)
}

/** What the keys of a file and of its sidecars begin with: the folder and the name up to its first dot, that included. */
function stemOf(key: string): string {
  const name = key.lastIndexOf('/') + 1
  const dot = key.indexOf('.', name + 1)
  return dot < 0 ? key : key.slice(0, dot + 1)
}

/** A key behind which all of the stem of a key come. */
function beforeStem(key: string): string {
  const stem = stemOf(key)
  return stem.endsWith('.') ? stem.slice(0, -1) : key
}

function* pair(
  group: readonly ForeignObject[],
  stem: string,
  isIgnored: IgnoreFilter,
  known: WalkBucket['known'],
): Generator<FoundEntry> {
  const folder = stem.slice(0, stem.lastIndexOf('/') + 1)
  const nameOf = ({ key }: Pick<ForeignObject, 'key'>): string => key.slice(folder.length)
  const codeOf = ({ key, skip }: ForeignObject) => skip ?? (isIgnored(key, false) ? ('ignored' as const) : null)
  const files = group.filter((object) => codeOf(object) === null)
  const names = folderNames(files.map(nameOf))
  const describes = describedBy(files.map(nameOf), names)
  const earlier = files.some((file) => isSidecarName(nameOf(file))) ? known(stem) : []
  for (const object of group) {
    const { key: path, size: bytes, etag, modifiedAt } = object
    const code = codeOf(object)
    if (code !== null) {
      yield { kind: 'skipped', path, bytes, code }
      continue
    }
    const name = nameOf(object)
    const described = describes.get(name)
    const assetId = described === undefined ? ownerAmong(earlier, name, folder) : null
    yield {
      kind: 'file',
      path,
      bytes,
      sidecars: findSidecars(name, names).map((found) => folder + found),
      sidecarOf: described?.map((found) => folder + found) ?? null,
      object: { etag, modifiedAt },
      ...(assetId === null ? {} : { assetId }),
    }
  }
}

/** The asset of an earlier look that a file of this name describes. */
function ownerAmong(earlier: ReturnType<WalkBucket['known']>, name: string, folder: string): AssetId | null {
  if (!isSidecarName(name)) return null
  const alone = folderNames([name])
  const owner = earlier.find(({ key }) => findSidecars(key.slice(folder.length), alone).includes(name))
  return owner?.assetId ?? null
}
