// Which part of the source may import which; docs/architecture.md explains the directions.
// Paths are checked after resolution, so neither a relative detour nor a re-export through a package gets around them.

const TEST_FILE = '\\.test\\.ts$'

/**
 * Source files under `folder`, without the tests beside them.
 * @param {string} folder
 * @param {string[]} except
 */
const from = (folder, except = []) => ({ path: folder, pathNot: [TEST_FILE, ...except] })

/**
 * Files of this repository outside of all `allowed` places.
 * @param {string[]} allowed
 */
const repositoryFilesOutside = (...allowed) => ({ path: '^src/', pathNot: allowed })

/**
 * Packages and Node's own modules, but not `allowed`.
 * @param {string[]} allowed
 */
const packagesExcept = (...allowed) => ({
  path: '.',
  pathNot: ['^src/', ...allowed.map((name) => `(^|node_modules/)${name}(/|$)`)],
})

/**
 * @param {string} name
 * @param {string} comment
 * @param {import('dependency-cruiser').IRegularForbiddenRuleType['from']} fromRule
 * @param {import('dependency-cruiser').IRegularForbiddenRuleType['to']} toRule
 * @returns {import('dependency-cruiser').IRegularForbiddenRuleType}
 */
const error = (name, comment, fromRule, toRule) => ({ name, comment, severity: 'error', from: fromRule, to: toRule })

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    error('no-cycles', 'A cycle means that two files are one idea, or that a port is missing.', {}, { circular: true }),
    error('resolvable', 'An import must resolve.', {}, { couldNotResolve: true }),

    error(
      'shared-is-pure',
      'shared imports only itself.',
      from('^src/shared/'),
      repositoryFilesOutside('^src/shared/'),
    ),
    error('shared-packages', 'shared imports no package but zod.', from('^src/shared/'), packagesExcept('zod')),

    error(
      'renderer-to-shared',
      'The page knows only itself and shared.',
      from('^src/renderer/'),
      repositoryFilesOutside('^src/renderer/', '^src/shared/'),
    ),
    error('renderer-without-node', 'The page has no Node.', from('^src/renderer/'), { dependencyTypes: ['core'] }),
    error(
      'features-stand-alone',
      'Features meet in app, state and ui, never in each other.',
      from('^src/renderer/features/([^/]+)/'),
      { path: '^src/renderer/features/([^/]+)/', pathNot: '^src/renderer/features/$1/' },
    ),

    error(
      'preload-to-contract',
      'The preload only exposes the contract.',
      from('^src/preload/'),
      repositoryFilesOutside('^src/preload/', '^src/shared/contract/'),
    ),
    error(
      'preload-packages',
      'A sandboxed preload can load Electron only.',
      from('^src/preload/'),
      packagesExcept('electron'),
    ),

    error(
      'shell-to-shared',
      'The shell has no database and no decoder; it talks to the engine over IPC.',
      from('^src/main/(index\\.ts$|shell/)'),
      repositoryFilesOutside('^src/main/index\\.ts$', '^src/main/shell/', '^src/shared/'),
    ),

    error(
      'catalog-inwards',
      'The catalogue knows ports and shared.',
      from('^src/main/engine/catalog/'),
      repositoryFilesOutside('^src/main/engine/(catalog/|ports\\.ts$)', '^src/shared/'),
    ),
    error(
      'library-inwards',
      'Use cases know the catalogue, ports and shared.',
      from('^src/main/engine/library/'),
      repositoryFilesOutside('^src/main/engine/(library/|catalog/|ports\\.ts$)', '^src/shared/'),
    ),
    error(
      'jobs-inwards',
      'The queue knows the catalogue, ports and shared.',
      from('^src/main/engine/jobs/'),
      repositoryFilesOutside('^src/main/engine/(jobs/|catalog/|ports\\.ts$)', '^src/shared/'),
    ),
    error(
      'sync-inwards',
      'Sync knows the catalogue, ports and shared.',
      from('^src/main/engine/sync/'),
      repositoryFilesOutside('^src/main/engine/(sync/|catalog/|ports\\.ts$)', '^src/shared/'),
    ),
    error(
      'ports-inwards',
      'Ports are described in shared terms only.',
      from('^src/main/engine/ports\\.ts$'),
      repositoryFilesOutside('^src/shared/'),
    ),
    error(
      'adapters-to-ports',
      'An adapter implements a port and knows nothing behind it.',
      from('^src/main/engine/adapters/'),
      repositoryFilesOutside('^src/main/engine/(adapters/|ports\\.ts$)', '^src/shared/'),
    ),
    error(
      'composition-roots',
      'engine.process.ts and the command line put the engine together; nothing else of main is theirs.',
      from('^src/main/(engine/[^/]+\\.ts$|cli/)', ['^src/main/engine/ports\\.ts$']),
      repositoryFilesOutside('^src/main/engine/', '^src/main/cli/', '^src/shared/'),
    ),
    error(
      'media-alone',
      'Media workers decode; they know only shared.',
      from('^src/main/media/'),
      repositoryFilesOutside('^src/main/media/', '^src/shared/'),
    ),

    error(
      'electron-in-shell-and-preload',
      'Only shell and preload run inside Electron.',
      from('^src/', ['^src/main/index\\.ts$', '^src/main/shell/', '^src/preload/']),
      { path: '(^|node_modules/)electron(/|$)' },
    ),
    error('sqlite-in-catalog', 'Only the catalogue opens the database.', from('^src/', ['^src/main/engine/catalog/']), {
      path: '(^|node_modules/)(@types/)?better-sqlite3(/|$)',
    }),
    error('sharp-in-media', 'Only the expendable media workers decode pictures.', from('^src/', ['^src/main/media/']), {
      path: '(^|node_modules/)sharp(/|$)',
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type-only imports count too: knowing a type of the wrong side is knowing the wrong side.
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
