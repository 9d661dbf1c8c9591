import { join } from 'node:path'

/** Where everything of a library is on disk. All paths are absolute. */
export interface LibraryFolder {
  readonly root: string
  readonly manifest: string
  readonly device: string
  readonly catalog: string
  readonly lock: string
  readonly remotes: string
  readonly originals: string
  readonly incoming: string
  readonly journal: string
  readonly thumbnails: string
  readonly posters: string
  readonly drawn: string
  readonly staged: string
  readonly drop: string
  readonly quarantine: string
}

/** The layout of a library below its root, as `docs/architecture.md` describes it. */
export function libraryFolder(root: string): LibraryFolder {
  return {
    root,
    manifest: join(root, 'library.json'),
    device: join(root, 'device.json'),
    catalog: join(root, 'catalog.sqlite'),
    lock: join(root, 'engine.lock'),
    /** A copy of the remotes beside the catalogue, so that a rebuild brings them back. Without keys. */
    remotes: join(root, 'remotes.json'),
    originals: join(root, 'originals'),
    /** Half-made copies; on the same filesystem as `originals` so that a rename is enough to accept one. */
    incoming: join(root, 'cache', 'incoming'),
    journal: join(root, 'journal'),
    thumbnails: join(root, 'cache', 'thumbs'),
    /** Frames of films that a window drew, which their thumbnails are made of. */
    posters: join(root, 'cache', 'posters'),
    /** Originals as somebody looked at them closely. */
    drawn: join(root, 'cache', 'drawn'),
    /** Files without a path of their own, until an import has taken them in. */
    staged: join(root, 'cache', 'staged'),
    drop: join(root, 'drop'),
    quarantine: join(root, 'quarantine'),
  }
}
