import { compileIgnore } from './ignorePatterns.ts'
import { walkSources } from './walkSources.ts'

/** How many files an import would find; `bytes` of all of them, with those that describe others. */
export interface ImportPreview {
  readonly files: number
  readonly bytes: number
  readonly skipped: number
  readonly sidecars: number
}

/**
 * Walks what an import of these paths would walk. Throws `invalid_request` for a pattern that means nothing.
 * @param exclude the library's own folder
 * @param ignore patterns of the settings
 */
export async function previewImport(
  paths: readonly string[],
  exclude: string,
  ignore: readonly string[],
): Promise<ImportPreview> {
  const found = { files: 0, bytes: 0, skipped: 0, sidecars: 0 }
  for await (const entry of walkSources(paths, { exclude, ignore: compileIgnore(ignore) })) {
    if (entry.kind === 'skipped') found.skipped++
    else if (entry.kind === 'file' && entry.sidecarOf !== null) found.sidecars++
    else found.files++
    if (entry.kind === 'file') found.bytes += entry.bytes
  }
  return found
}
