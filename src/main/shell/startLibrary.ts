import { resolve } from 'node:path'

interface StartLibrary {
  readonly path: string
  readonly create: boolean
}

/**
 * The library to open at the start: `VITRINE_LIBRARY` (made if missing: tests and the demonstration), the argument
 * `--library=DIR`, the one that was open last; and where there was none, with `--default-library` (which `npm start`
 * gives) the default place, made if missing. Null on the first run.
 */
export function startLibrary(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  last: string | null,
  defaultPlace: () => string,
): StartLibrary | null {
  if (env.VITRINE_LIBRARY) return { path: resolve(env.VITRINE_LIBRARY), create: true }
  const named = args.findLast((argument) => argument.startsWith('--library='))?.slice('--library='.length)
  if (named) return { path: resolve(named), create: false }
  if (last !== null) return { path: last, create: false }
  return args.includes('--default-library') ? { path: defaultPlace(), create: true } : null
}
