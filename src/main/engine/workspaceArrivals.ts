import { basename, dirname } from 'node:path'
import type { Catalog } from './catalog/catalog.ts'
import type { Importer } from './library/import/importer.ts'
import { skipCode } from './library/import/skipList.ts'
import type { Arrivals, Clock } from './ports.ts'

export interface WorkspaceArrivalsOptions {
  readonly catalog: Pick<Catalog, 'imports' | 'jobs' | 'purgedOrigins'>
  readonly clock: Clock
  readonly importer: Pick<Importer, 'takeIn' | 'read' | 'list' | 'whenCopied' | 'whenSettled'>
  /** Goes on with the imports of an earlier process, once. */
  readonly resumeImports: () => void
}

/** The import pipeline as the way into the Workspace for what sync brings. */
export function workspaceArrivals({ catalog, clock, importer, resumeImports }: WorkspaceArrivalsOptions): Arrivals {
  const underWay = () =>
    importer.list().filter(({ source, finishedAt }) => source === 'workspace-bucket' && finishedAt === null)
  return {
    async resume() {
      resumeImports()
      await Promise.all(underWay().map(({ id }) => importer.whenCopied(id)))
    },
    async identify(path, signal) {
      const { read, type } = await importer.read(path, signal)
      return { sha256: read.sha256, mimeType: type.mimeType }
    },
    takeIn: importer.takeIn,
    async settled() {
      await Promise.all(underWay().map(({ id }) => importer.whenSettled(id)))
    },
    takenAs: (path) => catalog.imports.takenAs(path) ?? catalog.purgedOrigins.ofArrival(basename(dirname(path))),
    begin: (job) => void catalog.jobs.ensure(job, clock.now()),
    leavesOut: (fileName) => skipCode(fileName) !== null,
  }
}
