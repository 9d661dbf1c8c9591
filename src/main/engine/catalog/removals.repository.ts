import type { RemoteId } from '../../../shared/domain/ids.ts'
import { type Db, inTransaction, statementCache } from './database.ts'

/** An object that may go; `sha256` is of the file that it holds, or is a picture of; null for parts of checkpoints. */
export interface Candidate {
  readonly key: string
  readonly sha256: string | null
}

/** A round of removals, as `gc/<id>.json` describes it and as it stands here. */
export interface RemovalRound {
  readonly id: string
  /** Whose it is. */
  readonly device: string
  /** Up to where logs were applied when it was decided on. */
  readonly frontier: Readonly<Record<string, number>>
  /** By the clock of the store, ms; null while the store is not known to hold it. */
  readonly createdAt: number | null
  readonly state: 'open' | 'deleting'
  /** Whether this device has applied all of the frontier, and says so. */
  readonly agreed: boolean
  readonly candidates: readonly Candidate[]
  /** Places of the candidates that this device refers to; `untold` are those of which whoever removes may not know it. */
  readonly kept: readonly number[]
  readonly untold: readonly number[]
}

/** What waits to be removed from buckets, and the rounds in which that is done. See `removal_rounds`. */
export interface RemovalsRepository {
  /** Objects of assets that are gone for good, as far as they are in no round. */
  waiting(remote: RemoteId, limit: number): readonly Candidate[]
  /** Strikes objects off what waits. */
  strike(remote: RemoteId, keys: readonly string[]): void
  /** Puts objects among those that wait. */
  wait(remote: RemoteId, candidates: readonly Candidate[], now: number): void
  /** Those of some hashes that an asset or a version has, in whatever state. */
  files(hashes: readonly string[]): ReadonlySet<string>
  /** Those that a sidecar of an asset has. Looks at every asset. */
  sidecars(hashes: readonly string[]): ReadonlySet<string>
  /** Whether there is something here that only a newer version of this program understands. */
  hasUnknown(): boolean
  rounds(remote: RemoteId): readonly RemovalRound[]
  /** Of the same rounds only whose they are, and what they were decided on. */
  frontiers(remote: RemoteId): readonly Pick<RemovalRound, 'id' | 'device' | 'frontier'>[]
  /** Takes up a round. From this moment nothing new may rely on its objects. */
  add(remote: RemoteId, round: Omit<RemovalRound, 'kept' | 'untold' | 'state' | 'agreed'>): void
  created(remote: RemoteId, id: string, at: number): void
  setState(remote: RemoteId, id: string, state: RemovalRound['state']): void
  /** Agrees to a round but for what this device refers to. Nothing of it is removed before whoever removes knows these. */
  agree(remote: RemoteId, id: string, kept: readonly number[]): void
  /** Whoever removes is shown to know that this device keeps these places. */
  told(remote: RemoteId, id: string, places: readonly number[]): void
  /** Ends a round. */
  drop(remote: RemoteId, id: string): void
  /** `free`: nobody removes it. `kept`: nobody will, as this device refers to it. `doomed`: nothing may rely on it. */
  fate(remote: RemoteId, key: string): 'free' | 'kept' | 'doomed'
  /** Asks that objects of open rounds be kept, as this device is about to refer to them. */
  want(remote: RemoteId, key: string): void
}

interface RoundRow {
  readonly id: string
  readonly device_id: string
  readonly frontier: string
  readonly created_at: number | null
  readonly state: RemovalRound['state']
  readonly agreed: 0 | 1
}

export function removalsRepository(db: Db): RemovalsRepository {
  const get = statementCache(db)
  const objects = (remote: RemoteId, id: string) =>
    get(
      'SELECT place, key, sha256, kept, told FROM doomed_objects WHERE remote_id = ? AND round_id = ? ORDER BY place',
    ).all(remote, id) as { place: number; key: string; sha256: string | null; kept: 0 | 1; told: 0 | 1 }[]
  return {
    waiting: (remote, limit) =>
      get(
        `SELECT key, nullif(sha256, '') AS sha256 FROM remote_removals r WHERE remote_id = :remote
         AND NOT EXISTS (SELECT 1 FROM doomed_objects d WHERE d.remote_id = r.remote_id AND d.key = r.key)
         ORDER BY key LIMIT :limit`,
      ).all({ remote, limit }) as Candidate[],
    strike(remote, keys) {
      inTransaction(db, () => {
        for (const key of keys) get('DELETE FROM remote_removals WHERE remote_id = ? AND key = ?').run(remote, key)
      })
    },
    wait(remote, candidates, now) {
      inTransaction(db, () => {
        for (const { key, sha256 } of candidates)
          get('INSERT OR IGNORE INTO remote_removals(remote_id, key, sha256, at) VALUES (?, ?, ?, ?)').run(
            remote,
            key,
            sha256 ?? '',
            now,
          )
      })
    },
    files: (hashes) =>
      new Set(
        get(
          `WITH wanted(sha256) AS (SELECT value FROM json_each(?))
           SELECT sha256 FROM wanted w WHERE EXISTS (SELECT 1 FROM assets a WHERE a.sha256 = w.sha256)
             OR EXISTS (SELECT 1 FROM asset_versions v WHERE v.sha256 = w.sha256)`,
        )
          .pluck()
          .all(JSON.stringify(hashes)) as string[],
      ),
    sidecars: (hashes) =>
      new Set(
        get(
          `SELECT j.value ->> 'sha256' FROM assets a CROSS JOIN json_each(a.sidecars) j
           WHERE a.sidecars IS NOT NULL AND j.value ->> 'sha256' IN (SELECT value FROM json_each(?))`,
        )
          .pluck()
          .all(JSON.stringify(hashes)) as string[],
      ),
    hasUnknown: () => get("SELECT 1 FROM parked_operations WHERE reason = 'unknown' LIMIT 1").get() !== undefined,
    rounds(remote) {
      const rows = get(
        'SELECT id, device_id, frontier, created_at, state, agreed FROM removal_rounds WHERE remote_id = ? ORDER BY id',
      ).all(remote) as RoundRow[]
      return rows.map(({ id, device_id: device, frontier, created_at: createdAt, state, agreed }) => {
        const found = objects(remote, id)
        return {
          id,
          device,
          frontier: JSON.parse(frontier) as Record<string, number>,
          createdAt,
          state,
          agreed: agreed === 1,
          candidates: found.map(({ key, sha256 }) => ({ key, sha256 })),
          kept: found.filter(({ kept }) => kept === 1).map(({ place }) => place),
          untold: found.filter(({ kept, told }) => kept === 1 && told === 0).map(({ place }) => place),
        }
      })
    },
    frontiers: (remote) =>
      (get('SELECT id, device_id, frontier FROM removal_rounds WHERE remote_id = ?').all(remote) as RoundRow[]).map(
        ({ id, device_id: device, frontier }) => ({
          id,
          device,
          frontier: JSON.parse(frontier) as Record<string, number>,
        }),
      ),
    add(remote, { id, device, frontier, createdAt, candidates }) {
      inTransaction(db, () => {
        get(
          "INSERT INTO removal_rounds(remote_id, id, device_id, frontier, created_at, state) VALUES (?, ?, ?, ?, ?, 'open')",
        ).run(remote, id, device, JSON.stringify(frontier), createdAt)
        for (const [place, { key, sha256 }] of candidates.entries())
          get('INSERT INTO doomed_objects(remote_id, round_id, place, key, sha256) VALUES (?, ?, ?, ?, ?)').run(
            remote,
            id,
            place,
            key,
            sha256,
          )
      })
    },
    created: (remote, id, at) =>
      void get('UPDATE removal_rounds SET created_at = ? WHERE remote_id = ? AND id = ?').run(at, remote, id),
    setState: (remote, id, state) =>
      void get('UPDATE removal_rounds SET state = ? WHERE remote_id = ? AND id = ?').run(state, remote, id),
    agree(remote, id, kept) {
      inTransaction(db, () => {
        get('UPDATE removal_rounds SET agreed = 1 WHERE remote_id = ? AND id = ?').run(remote, id)
        for (const place of kept)
          get('UPDATE doomed_objects SET kept = 1, told = 1 WHERE remote_id = ? AND round_id = ? AND place = ?').run(
            remote,
            id,
            place,
          )
      })
    },
    told(remote, id, places) {
      inTransaction(db, () => {
        for (const place of places)
          get('UPDATE doomed_objects SET told = 1 WHERE remote_id = ? AND round_id = ? AND place = ?').run(
            remote,
            id,
            place,
          )
      })
    },
    drop: (remote, id) => void get('DELETE FROM removal_rounds WHERE remote_id = ? AND id = ?').run(remote, id),
    fate(remote, key) {
      const rows = get('SELECT kept, told FROM doomed_objects WHERE remote_id = ? AND key = ?').all(remote, key) as {
        kept: 0 | 1
        told: 0 | 1
      }[]
      if (rows.length === 0) return 'free'
      return rows.every(({ kept, told }) => kept === 1 && told === 1) ? 'kept' : 'doomed'
    },
    want: (remote, key) =>
      void get('UPDATE doomed_objects SET kept = 1 WHERE remote_id = ? AND key = ? AND kept = 0').run(remote, key),
  }
}
