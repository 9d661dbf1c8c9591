/** Pictures and videos, whose description image generators write into a text file of the same name. */
const PICTURE_OR_VIDEO =
  /.\.(?:png|apng|jpe?g|jpe|jfif|webp|avif|heic|heif|jxl|jp2|j2k|gif|tiff?|bmp|tga|psd|mp4|m4v|mov|webm|mkv|avi|mts|m2ts|mpe?g)$/is
/** Longest first: `a.swarm.json` is not the `json` of `a.swarm`. */
const SIDECAR = /^.+\.(swarm\.json|xmp|txt)$/is

/** What a sidecar is, by its name: metadata of any file, a prompt as A1111 writes it, or one as SwarmUI writes it. */
export type SidecarKind = 'xmp' | 'txt' | 'swarm.json'

/** The names of one folder, made by `folderNames`, by their form without case. */
export type FolderNames = ReadonlyMap<string, readonly string[]>

/**
 * The names that a sidecar of this file may have beside it. For each kind the exact name (`photo.jpg.xmp`, as darktable
 * and digiKam write it) stands before the one that all files of that stem share (`photo.xmp`, as Lightroom, Bridge and the
 * XMP specification part 3 have it). Text is looked for beside pictures and videos only; an `.xmp` or `.swarm.json` has
 * no sidecars.
 */
export function sidecarNamesFor(fileName: string): string[] {
  return candidates(fileName).flatMap(({ names }) => names)
}

/** Whether a file of this name may be a sidecar. A `.txt` is one only if `findSidecars` finds it for a file beside it. */
export function isSidecarName(name: string): boolean {
  return sidecarKind(name) !== null
}

/** What kind of sidecar a file of this name would be; null for other names. */
export function sidecarKind(name: string): SidecarKind | null {
  const kind = SIDECAR.exec(name)?.[1]?.toLowerCase()
  return kind === 'xmp' || kind === 'txt' || kind === 'swarm.json' ? kind : null
}

/** Prepares the names of one folder for `findSidecars`, once for all of its files. */
export function folderNames(names: Iterable<string>): FolderNames {
  const folded = new Map<string, string[]>()
  for (const name of names) {
    const same = folded.get(fold(name))
    if (same === undefined) folded.set(fold(name), [name])
    else same.push(name)
  }
  return folded
}

/**
 * The sidecars of a file among the names of its folder, at most one of each kind, as they are written there. Case does
 * not matter (cameras write `IMG_1.JPG`, programs `IMG_1.xmp`), but the same case is preferred.
 */
export function findSidecars(fileName: string, names: FolderNames): string[] {
  const found: string[] = []
  for (const { names: wanted } of candidates(fileName)) {
    for (const name of wanted) {
      const there = names.get(fold(name)) ?? []
      const match = there.find((candidate) => candidate === name) ?? there[0]
      if (match === undefined || match === fileName) continue
      found.push(match)
      break
    }
  }
  return found
}

/** Of each sidecar of these files among the names of their folder, the files that it describes. */
export function describedBy(fileNames: Iterable<string>, names: FolderNames): ReadonlyMap<string, readonly string[]> {
  const described = new Map<string, string[]>()
  for (const name of fileNames) {
    for (const sidecar of findSidecars(name, names)) {
      const others = described.get(sidecar)
      if (others === undefined) described.set(sidecar, [name])
      else others.push(name)
    }
  }
  return described
}

function candidates(fileName: string): readonly { readonly names: readonly string[] }[] {
  const kind = sidecarKind(fileName)
  if (kind === 'xmp' || kind === 'swarm.json') return []
  const dot = fileName.lastIndexOf('.')
  const stem = dot > 0 ? fileName.slice(0, dot) : fileName
  const both = (extension: string) => ({ names: [...new Set([`${fileName}${extension}`, `${stem}${extension}`])] })
  if (!PICTURE_OR_VIDEO.test(fileName)) return [both('.xmp')]
  return [both('.xmp'), both('.txt'), { names: [`${stem}.swarm.json`] }]
}

/** Names that differ in case or in how accents are composed (macOS takes them apart) are the same here. */
function fold(name: string): string {
  return name.normalize('NFC').toLowerCase()
}
