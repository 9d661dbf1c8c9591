import type { GenerationJob } from '../../../shared/domain/collection.ts'
import type { WorkspaceSession } from '../../../shared/domain/lifecycle.ts'
import type { View } from '../../../shared/domain/query.ts'

export type WorkspaceView = Extract<View, { kind: 'workspace' }>

/** Sessions that have a place of their own; earlier ones share one. */
const SHOWN_SESSIONS = 3

export interface SessionParts {
  readonly shown: readonly WorkspaceSession[]
  readonly earlier: readonly WorkspaceSession[]
  /** The one that the view shows. */
  readonly current: WorkspaceSession | null
}

/** What the strip shows of the sessions: nothing while there is only one, which is the whole Workspace. */
export function sessionParts(sessions: readonly WorkspaceSession[], view: WorkspaceView): SessionParts {
  const current = sessions.find((session) => isSession(view, session)) ?? null
  if (sessions.length < 2) return { shown: [], earlier: [], current }
  return { shown: sessions.slice(0, SHOWN_SESSIONS), earlier: sessions.slice(SHOWN_SESSIONS), current }
}

export function isSession({ session }: WorkspaceView, { from, to }: WorkspaceSession): boolean {
  return session !== undefined && session.from <= to && session.to >= from
}

/** A job of the strip, with how many of its assets are in what is shown. */
export interface JobPart {
  readonly job: GenerationJob
  readonly assets: number
}

/** The jobs to offer: those of the session when one is shown, and always the one that is looked at. */
export function jobParts(
  jobs: readonly GenerationJob[],
  session: WorkspaceSession | null,
  current: string | undefined,
): readonly JobPart[] {
  const parts =
    session === null
      ? jobs.map((job) => ({ job, assets: job.asset_count }))
      : jobs.map((job) => ({ job, assets: session.jobs.find(({ id }) => id === job.id)?.assets ?? 0 }))
  return parts.filter(
    ({ job, assets }) => assets > 0 || job.id === current || (session === null && job.status === 'running'),
  )
}
