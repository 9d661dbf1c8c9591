/** Which directories a watched folder has, as far as scans have told. Relative paths with forward slashes, '' for itself. */
export interface KnownDirectories {
  readonly all: ReadonlySet<string>
  has(directory: string): boolean
  /** Takes up what was read: for each directory the names of the folders in it. `whole`: nothing else is there. */
  update(read: ReadonlyMap<string, ReadonlySet<string>>, whole: boolean): void
}

export function knownDirectories(): KnownDirectories {
  let all = new Set<string>()
  return {
    get all() {
      return all
    },
    has: (directory) => all.has(directory),
    update(read, whole) {
      if (whole) {
        all = new Set(read.keys())
        return
      }
      for (const directory of read.keys()) all.add(directory)
      // Parents come before what is in them.
      const kept = new Set<string>()
      for (const directory of [...all].sort((a, b) => a.length - b.length)) {
        const slash = directory.lastIndexOf('/')
        const parent = directory.slice(0, Math.max(0, slash))
        const siblings = directory === '' ? undefined : read.get(parent)
        const isGone = siblings !== undefined && !siblings.has(directory.slice(slash + 1))
        if (directory === '' || (!isGone && (kept.has(parent) || !all.has(parent)))) kept.add(directory)
      }
      all = kept
    },
  }
}
