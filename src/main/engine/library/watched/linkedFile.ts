/** Where a file is: names only. */
export interface LinkedPlace {
  readonly folderId: number
  /** Relative to the watched folder, with forward slashes; '' for the folder itself. */
  readonly directory: string
  readonly name: string
}

/**
 * What a file system says of a file without reading it. Numbers as Node gives them: an inode beyond 2^53 is rounded, always
 * to the same number.
 */
export interface LinkedIdentity {
  /** Of the directory that the file is in, because an overlay shows other numbers for its files. */
  readonly device: number
  readonly inode: number
  readonly size: number
  readonly mtimeMs: number
  /** When the inode came to be, 0 where the file system does not tell: a number that was given to another file was born later. */
  readonly bornMs: number
}

/** A file as a scan finds it. */
export interface ScannedFile extends LinkedPlace, LinkedIdentity {}

/** The same path. */
export function placeKey({ folderId, directory, name }: LinkedPlace): string {
  return `${folderId}/${directory}/${name}`
}

/** Very probably the same bytes: nobody wrote to the file since, by all that the file system tells. */
export function sameIdentity(a: Pick<LinkedIdentity, 'inode' | 'size' | 'mtimeMs'>, b: typeof a): boolean {
  return a.inode === b.inode && sameContent(a, b)
}

/** Size and time of the last write alone. */
export function sameContent(a: Pick<LinkedIdentity, 'size' | 'mtimeMs'>, b: typeof a): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs
}
