/** A file that was written to less than this ago may be written to again, milliseconds. */
const SETTLED_MS = 400

/**
 * Those of the files that are better left for a later look: written to a moment ago, or open for writing in some other
 * program as far as the system tells. A time in the future (a clock that was set back, a camera's) says nothing.
 */
export async function unsettledFiles(
  files: readonly { readonly path: string; readonly mtimeMs: number }[],
  now: number,
  openForWriting: (paths: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<ReadonlySet<string>> {
  const fresh = files.filter(({ mtimeMs }) => now >= mtimeMs && now - mtimeMs < SETTLED_MS).map(({ path }) => path)
  return new Set([...fresh, ...(await openForWriting(files.map(({ path }) => path)))])
}
