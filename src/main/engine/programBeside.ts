import { fileURLToPath } from 'node:url'

/**
 * Absolute path of another program of this application: its TypeScript source when the caller runs from source, its
 * bundle when the caller is one. Only for the files that are themselves programs: bundles of these lie side by side.
 * @param caller the program's own `import.meta.url`
 * @param name of the program, without extension
 * @param sourceFolder where its source is, relative to the caller's, with a slash at the end
 */
export function programBeside(caller: string, name: string, sourceFolder: string): string {
  return fileURLToPath(new URL(caller.endsWith('.ts') ? `${sourceFolder}${name}.ts` : `./${name}.js`, caller))
}
