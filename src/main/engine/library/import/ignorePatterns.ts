import { sep } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { fold, type GlobPattern, parseGlob } from './globPattern.ts'

/**
 * Whether a file or folder is left out. The path is relative to what is imported, or to the drop folder.
 */
export type IgnoreFilter = (relativePath: string, isDirectory: boolean) => boolean

/**
 * Makes one filter of all patterns. One without a slash is about the names of files and folders at any depth, one with a
 * slash about the path from the top; one that ends with a slash is about folders only.
 * Throws `invalid_request` that names the pattern.
 */
export function compileIgnore(patterns: readonly string[]): IgnoreFilter {
  const parsed = patterns.map(parse)
  if (parsed.length === 0) return () => false
  return (relativePath, isDirectory) => {
    const path = relativePath
      .split(sep)
      .filter((name) => name !== '')
      .map(fold)
    const name = path.slice(-1)
    return parsed.some(
      (pattern) => (isDirectory || !pattern.foldersOnly) && pattern.matches(pattern.isPath ? path : name),
    )
  }
}

const compiled = new WeakMap<readonly string[], IgnoreFilter>()

/** The same, made once for each list. */
export function ignoreFilter(patterns: readonly string[]): IgnoreFilter {
  let filter = compiled.get(patterns)
  if (filter === undefined) {
    filter = compileIgnore(patterns)
    compiled.set(patterns, filter)
  }
  return filter
}

function parse(text: string): GlobPattern {
  const pattern = parseGlob(text)
  if (typeof pattern !== 'string') return pattern
  throw new VitrineError('invalid_request', `The pattern “${text}” can’t be used. ${pattern}`, { pattern: text })
}
