import {
  type LinkedIdentity,
  type LinkedPlace,
  placeKey,
  type ScannedFile,
  sameContent,
  sameIdentity,
} from './linkedFile.ts'

/** A file as it was when it was last seen. */
export interface KnownFile extends LinkedPlace, LinkedIdentity {
  /** True once a scan has not found it; it is remembered, because it may come back. */
  readonly gone: boolean
}

/** A file that was known, and what is found of it now. */
export interface Match<S extends ScannedFile, K extends KnownFile> {
  readonly known: K
  readonly found: S
}

/** What has become of every known file and of every file that was found. Each is in exactly one of the lists. */
export interface Reconciliation<S extends ScannedFile, K extends KnownFile> {
  /** The same path and the same file. */
  readonly unchanged: readonly Match<S, K>[]
  /** The same path, size and time under another inode, on a disk that gives out new numbers: the same file. */
  readonly renumbered: readonly Match<S, K>[]
  /** The same file under another path. */
  readonly moved: readonly Match<S, K>[]
  /** The same file under another path, written to since: to be read again. */
  readonly movedAndChanged: readonly Match<S, K>[]
  /** Something else under the same path: to be read again. */
  readonly changed: readonly Match<S, K>[]
  /** Was gone, and is at its place again as it was. */
  readonly returned: readonly Match<S, K>[]
  /** Not there, neither at its place nor, as far as inodes tell, elsewhere. */
  readonly missing: readonly K[]
  /** Not there because the disk that it is on is not. */
  readonly away: readonly K[]
  readonly added: readonly S[]
  /** For files among the added: known files with the same size that are not there; equal bytes would be a move or a return. */
  readonly candidates: ReadonlyMap<S, readonly K[]>
}

/** So many files with other inodes, and more than half of all, are a disk that gives out new numbers at each mount. */
const RENUMBERED_FROM = 20

/**
 * Compares what a scan found with what was known. Neither list may have two files of one path that are not gone. A file
 * that is left out of both lists together, because it is known to be unchanged, changes nothing for the others but
 * `devices`, which must have its device then.
 * @param devices on which something was found: directories, or files that were left out
 */
export function planReconciliation<S extends ScannedFile, K extends KnownFile>(
  scan: readonly S[],
  known: readonly K[],
  devices: Iterable<number> = [],
): Reconciliation<S, K> {
  const plan = {
    unchanged: [] as Match<S, K>[],
    renumbered: [] as Match<S, K>[],
    moved: [] as Match<S, K>[],
    movedAndChanged: [] as Match<S, K>[],
    changed: [] as Match<S, K>[],
    returned: [] as Match<S, K>[],
    missing: [] as K[],
    away: [] as K[],
    added: [] as S[],
    candidates: new Map<S, K[]>(),
  }
  const freeFiles = new Set<S>()
  const freeKnown = new Set(known)
  const present = new Set<number>(devices)

  const living = new Map(known.filter(({ gone }) => !gone).map((file) => [placeKey(file), file]))
  const departed = Map.groupBy(
    known.filter(({ gone }) => gone),
    placeKey,
  )
  for (const found of scan) {
    present.add(found.device)
    const key = placeKey(found)
    const alive = living.get(key)
    const back = alive === undefined ? departed.get(key)?.find((file) => sameIdentity(file, found)) : undefined
    const match = alive !== undefined && sameIdentity(alive, found) ? alive : back
    if (match === undefined) freeFiles.add(found)
    else {
      // A disk may have another number since the system was started.
      present.add(match.device)
      freeKnown.delete(match)
      ;(match === alive ? plan.unchanged : plan.returned).push({ known: match, found })
    }
  }

  // Hard links are many paths of one identity: then the same name is preferred.
  matchBy((file) => `${identityKey(file)}:${file.name}`, freeFiles, freeKnown, plan.moved)
  matchBy(identityKey, freeFiles, freeKnown, plan.moved)
  // Of several paths of one inode that was written to, each is still what it was.
  const inPlace = matchInPlace(freeFiles, living, freeKnown)
  matchBy(inodeKey, freeFiles, freeKnown, plan.movedAndChanged)
  for (const { known: row, found } of inPlace) {
    freeFiles.add(found)
    freeKnown.add(row)
  }

  const renumbers = isRenumbered(freeFiles, living, freeKnown, plan.unchanged.length)
  for (const found of freeFiles) {
    const alive = living.get(placeKey(found))
    if (alive === undefined || !freeKnown.has(alive)) continue
    freeFiles.delete(found)
    freeKnown.delete(alive)
    const isSame = sameContent(alive, found) && (alive.device !== found.device || renumbers)
    ;(isSame ? plan.renumbered : plan.changed).push({ known: alive, found })
  }

  for (const file of freeKnown) {
    if (file.gone) continue
    ;(present.has(file.device) ? plan.missing : plan.away).push(file)
  }
  plan.added.push(...freeFiles)
  const absent = Map.groupBy(
    [...freeKnown].filter(({ size }) => size > 0),
    ({ size }) => size,
  )
  for (const found of plan.added) {
    const candidates = absent.get(found.size)
    if (candidates !== undefined) plan.candidates.set(found, candidates)
  }
  return plan
}

/** Pairs files that are under another path by a key, null for none; what is not gone is preferred to what is. */
function matchBy<S extends ScannedFile, K extends KnownFile>(
  keyOf: (file: LinkedIdentity & LinkedPlace) => string | null,
  freeFiles: Set<S>,
  freeKnown: Set<K>,
  pairs: Match<S, K>[],
): void {
  const [gone, alive] = [[...freeKnown].filter((file) => file.gone), [...freeKnown].filter((file) => !file.gone)]
  const groups = Map.groupBy([...gone, ...alive], keyOf)
  groups.delete(null)
  for (const found of freeFiles) {
    const known = groups.get(keyOf(found))?.pop()
    if (known === undefined) continue
    freeFiles.delete(found)
    freeKnown.delete(known)
    pairs.push({ known, found })
  }
}

function identityKey({ device, inode, size, mtimeMs }: LinkedIdentity): string {
  return `${device}:${inode}:${size}:${mtimeMs}`
}

function inodeKey({ device, inode, bornMs }: LinkedIdentity): string | null {
  return bornMs > 0 ? `${device}:${inode}:${bornMs}` : null
}

/** Takes the files out that have the same inode as what was known under their path. */
function matchInPlace<S extends ScannedFile, K extends KnownFile>(
  freeFiles: Set<S>,
  living: ReadonlyMap<string, K>,
  freeKnown: Set<K>,
): Match<S, K>[] {
  const pairs: Match<S, K>[] = []
  for (const found of freeFiles) {
    const known = living.get(placeKey(found))
    if (known === undefined || !freeKnown.has(known) || inodeKey(known) !== inodeKey(found)) continue
    freeFiles.delete(found)
    freeKnown.delete(known)
    pairs.push({ known, found })
  }
  return pairs
}

function isRenumbered<S extends ScannedFile, K extends KnownFile>(
  freeFiles: ReadonlySet<S>,
  living: ReadonlyMap<string, K>,
  freeKnown: ReadonlySet<K>,
  unchanged: number,
): boolean {
  let others = 0
  for (const found of freeFiles) {
    const alive = living.get(placeKey(found))
    if (alive !== undefined && freeKnown.has(alive) && sameContent(alive, found)) others++
  }
  return others >= RENUMBERED_FROM && others > unchanged
}
