import { spawnSync } from 'node:child_process'
import { rm, stat } from 'node:fs/promises'
import { openDatabase } from '../../../src/main/engine/catalog/database.ts'
import { libraryFolder } from '../../../src/main/engine/library/libraryFolder.ts'
import { copyLibrary } from './cachedLibrary.ts'
import { type Memory, memoryOf, openSession } from './engineSession.ts'
import { BULK, chooseTargets, type EditTiming, measureBareEdits, measureEdits } from './measureEdits.ts'
import { measureInserts } from './measureInserts.ts'
import {
  measureFacets,
  measureJumps,
  measurePatches,
  measureQueries,
  measureSidebar,
  measureWaiting,
  type QueryTiming,
} from './measureQueries.ts'
import { queryClasses } from './queryClasses.ts'
import { summarise, type Timing, timed } from './timing.ts'

/** Everything that was measured of a library of one size. Times in ms unless it says otherwise. */
export interface LibraryFigures {
  readonly assets: number
  readonly databaseBytes: number
  /** One indexed point read on the same file, by better-sqlite3 in this process. */
  readonly pointRead: Timing
  /** A request that has nothing to do, through the same door. */
  readonly waiting: Timing
  readonly open: {
    readonly cold: number
    readonly warm: number
    readonly coldQuery: number
    readonly warmQuery: number
  }
  readonly queries: readonly QueryTiming[]
  readonly jumps: { readonly first: Timing; readonly jump: Timing }
  /** A vector of everything that is brought up to date after a change. */
  readonly patches: Timing
  readonly facets: Timing
  readonly sidebar: readonly { readonly name: string; readonly timing: Timing }[]
  readonly edits: readonly EditTiming[]
  /** Of how many assets each edit was. */
  readonly edited: number
  readonly insertMicroseconds: number
  /** After queries and jumps, and after the edits as well. */
  readonly memory: { readonly afterQueries: Memory; readonly afterEdits: Memory }
}

const POINT_READS = 2_000

/** Measures on a copy of the library, at `work`, which is removed in the end. */
export async function measureLibrary(root: string, assets: number, work: string): Promise<LibraryFigures> {
  console.error(`${assets} assets`)
  await copyLibrary(root, work)
  try {
    const catalog = libraryFolder(work).catalog
    const db = openDatabase(catalog)
    const classes = queryClasses(db)
    const targets = chooseTargets(db, Math.min(BULK, Math.floor(assets / 4)))
    const pointRead = measurePointReads(db, assets)
    db.close()
    const bare = measureBareEdits(catalog, targets)
    const databaseBytes = (await stat(catalog)).size

    forgetFile(catalog)
    const cold = await openAndAsk(work)
    const warm = await openAndAsk(work)
    const engine = await openSession(work)
    try {
      const waiting = await measureWaiting(engine)
      const queries = await measureQueries(engine, classes)
      const jumps = await measureJumps(engine)
      const patches = await measurePatches(engine)
      const facets = await measureFacets(engine, classes)
      const afterQueries = memoryOf(engine.pid)
      const sidebar = await measureSidebar(engine)
      const edits = await measureEdits(engine, targets, bare)
      const afterEdits = memoryOf(engine.pid)
      await engine.close()
      return {
        assets,
        databaseBytes,
        pointRead,
        waiting,
        open: { cold: cold.opened, warm: warm.opened, coldQuery: cold.answered, warmQuery: warm.answered },
        queries,
        jumps,
        patches,
        facets,
        sidebar,
        edits,
        edited: targets.rowIds.length,
        insertMicroseconds: measureInserts(work),
        memory: { afterQueries, afterEdits },
      }
    } finally {
      await engine.close()
    }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

function measurePointReads(db: ReturnType<typeof openDatabase>, assets: number): Timing {
  const read = db.prepare('SELECT * FROM assets WHERE row_id = ?')
  const times = Array.from({ length: POINT_READS }, (_, run) => {
    const row = 1 + Math.floor(((run * 0.618_034) % 1) * assets)
    const began = performance.now()
    read.get(row)
    return performance.now() - began
  })
  return summarise(times)
}

/** Milliseconds from the start of an engine until its library is open, and until it has answered a first query. */
async function openAndAsk(root: string): Promise<{ readonly opened: number; readonly answered: number }> {
  const engine = await openSession(root)
  try {
    const query = { view: { kind: 'library' }, text: '', sort: { field: 'imported_at', direction: 'desc' } } as const
    const { ms } = await timed(() => engine.request('assets.openVector', { stream: 'bench', query, since: null }))
    return { opened: engine.openedMs, answered: engine.openedMs + ms }
  } finally {
    await engine.close()
  }
}

/** Has the system forget what it holds of a file in memory. Source: GNU coreutils manual, dd, `oflag=nocache`. */
function forgetFile(path: string): void {
  const { status } = spawnSync('dd', [`of=${path}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0'], {
    stdio: 'ignore',
  })
  if (status !== 0) console.error('The file could not be dropped from memory; the cold opening is a warm one.')
}
