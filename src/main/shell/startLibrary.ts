import { resolve } from 'node:path'

interface StartLibrary {
  readonly path: string
  readonly create: boolean
}

/**
 * The library to open at the start: `VITRINE_LIBRARY` (made if missing: tests and the demonstration), the argument
 * `--library=DIR`, the one that was open last; null on the first run.
 */
export function startLibrary(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  last: string | null,
): StartLibrary | null {
  if (env.VITRINE_LIBRARY) return { path: resolve(env.VITRINE_LIBRARY), create: true }
  const named = args.findLast((argument) => argument.startsWith('--library='))?.slice('--library='.length)
  if (named) return { path: resolve(named), create: false }
  return last === null ? null : { path: last, create: false }
}
