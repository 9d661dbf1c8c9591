// Which part of the source may import which; docs/architecture.md explains the directions.
// Paths are checked after resolution, so no detour gets around them, and a type-only import counts like any other:
// knowing a type of the wrong side is knowing the wrong side.
import type { IRegularForbiddenRuleType as Rule } from 'dependency-cruiser'

/** Source files under `folder` except the tests beside them and files that match `except`. */
function from(folder: string, ...except: string[]): Rule['from'] {
  return { path: folder, pathNot: ['\\.test\\.ts$', ...except] }
}

/** Files of this repository outside of all `allowed` places. */
function repositoryFilesOutside(...allowed: string[]): Rule['to'] {
  return { path: '^src/', pathNot: allowed }
}

/** Packages and Node's own modules, but not `allowed`. */
function packagesExcept(...allowed: string[]): Rule['to'] {
  return { path: '.', pathNot: ['^src/', ...allowed.map(packagePath)] }
}

/** Matches the resolved path of a package, and its bare name when it isn't installed. */
function packagePath(name: string): string {
  return `(^|node_modules/)(@types/)?${name}(/|$)`
}

function forbid(name: string, comment: string, fromRule: Rule['from'], toRule: Rule['to']): Rule {
  return { name, comment, severity: 'error', from: fromRule, to: toRule }
}

/** Every rule; `comment` tells whoever breaks it why. */
export const importRules: readonly Rule[] = [
  forbid('no-cycles', 'A cycle means that two files are one idea, or that a port is missing.', {}, { circular: true }),
  forbid('resolvable', 'An import must resolve.', {}, { couldNotResolve: true }),

  forbid('shared-is-pure', 'shared imports only itself.', from('^src/shared/'), repositoryFilesOutside('^src/shared/')),
  forbid('shared-packages', 'shared imports no package but zod.', from('^src/shared/'), packagesExcept('zod')),

  forbid(
    'renderer-to-shared',
    'The page knows only itself and shared.',
    from('^src/renderer/'),
    repositoryFilesOutside('^src/renderer/', '^src/shared/'),
  ),
  forbid('renderer-without-node', 'The page has no Node.', from('^src/renderer/'), { dependencyTypes: ['core'] }),
  forbid(
    'features-stand-alone',
    'Features meet in app, state and ui, never in each other.',
    from('^src/renderer/features/([^/]+)/'),
    { path: '^src/renderer/features/([^/]+)/', pathNot: '^src/renderer/features/$1/' },
  ),

  forbid(
    'preload-to-contract',
    'The preload only exposes the contract.',
    from('^src/preload/'),
    repositoryFilesOutside('^src/preload/', '^src/shared/contract/'),
  ),
  forbid(
    'preload-packages',
    'A sandboxed preload can load Electron only.',
    from('^src/preload/'),
    packagesExcept('electron'),
  ),

  forbid(
    'shell-to-shared',
    'The shell has no database and no decoder; it talks to the engine over IPC.',
    from('^src/main/(index\\.ts$|shell/)'),
    repositoryFilesOutside('^src/main/index\\.ts$', '^src/main/shell/', '^src/shared/'),
  ),

  forbid(
    'catalog-inwards',
    'The catalogue knows the disk, ports and shared.',
    from('^src/main/engine/catalog/'),
    repositoryFilesOutside('^src/main/engine/(catalog/|disk/|ports\\.ts$)', '^src/shared/'),
  ),
  forbid(
    'disk-inwards',
    'What the disk says and how to write to it safely is known without anything of the engine.',
    from('^src/main/engine/disk/'),
    repositoryFilesOutside('^src/main/engine/disk/', '^src/shared/'),
  ),
  forbid(
    'library-inwards',
    'Use cases know the catalogue, the disk, ports and shared.',
    from('^src/main/engine/library/'),
    repositoryFilesOutside('^src/main/engine/(library/|catalog/|disk/|ports\\.ts$)', '^src/shared/'),
  ),
  forbid(
    'jobs-inwards',
    'The queue knows the catalogue, ports and shared.',
    from('^src/main/engine/jobs/'),
    repositoryFilesOutside('^src/main/engine/(jobs/|catalog/|ports\\.ts$)', '^src/shared/'),
  ),
  forbid(
    'sync-inwards',
    'Sync knows the catalogue, the disk, ports and shared.',
    from('^src/main/engine/sync/'),
    repositoryFilesOutside('^src/main/engine/(sync/|catalog/|disk/|ports\\.ts$)', '^src/shared/'),
  ),
  forbid(
    'ports-inwards',
    'Ports are described in shared terms only.',
    from('^src/main/engine/ports\\.ts$'),
    repositoryFilesOutside('^src/shared/'),
  ),
  forbid(
    'adapters-to-ports',
    'An adapter implements a port and knows nothing behind it.',
    from('^src/main/engine/adapters/'),
    repositoryFilesOutside('^src/main/engine/(adapters/|ports\\.ts$)', '^src/shared/'),
  ),
  forbid(
    'engine-by-itself',
    'The engine and the command line over it know no shell, and media workers only as processes behind a port.',
    from('^src/main/(engine|cli)/'),
    repositoryFilesOutside('^src/main/engine/', '^src/main/cli/', '^src/shared/'),
  ),
  forbid(
    'engine-without-cli',
    'The command line is built over the engine, not the other way round.',
    from('^src/main/engine/'),
    { path: '^src/main/cli/' },
  ),
  forbid(
    'media-alone',
    'Media workers decode; they know only shared.',
    from('^src/main/media/'),
    repositoryFilesOutside('^src/main/media/', '^src/shared/'),
  ),

  forbid(
    'electron-in-shell-and-preload',
    'Only shell and preload run inside Electron.',
    from('^src/', '^src/main/index\\.ts$', '^src/main/shell/', '^src/preload/'),
    { path: packagePath('electron') },
  ),
  forbid('sqlite-in-catalog', 'Only the catalogue opens the database.', from('^src/', '^src/main/engine/catalog/'), {
    path: '(^|node_modules/)(@types/)?better-sqlite3(/|$)',
  }),
  forbid('sharp-in-media', 'Only the expendable media workers decode pictures.', from('^src/', '^src/main/media/'), {
    path: '(^|node_modules/)sharp(/|$)',
  }),
]
