import type { AssetId, RemoteId } from '../../../shared/domain/ids.ts'
import { type Db, inTransaction } from './database.ts'
import type { Operation } from './journal/operation.ts'
import { releasableAssets } from './releasableAssets.ts'
import type { LogPosition } from './sync/remoteLog.ts'

/** A line of this device's journal that concerns an asset which others do not know yet. */
export interface HeldLine {
  readonly assetId: string
  /** Sequence of the segment, and place of the line in it from 0. */
  readonly segment: number
  readonly line: number
}

export interface OutgoingSegment {
  readonly seq: number
  readonly sha256: string
  readonly bytes: Uint8Array
}

/** The next segment of the published log, with what it changes in what is held. */
export interface StagedSegment extends OutgoingSegment {
  readonly hold: readonly HeldLine[]
  /** Assets of which nothing is held any more: others learn of them now, or never. */
  readonly release: readonly string[]
  /** What it tells of them that was made before: from now on, writes of this place in the outbox. */
  readonly told: { readonly place: number; readonly operations: readonly Operation[] }
  /** Those of them that are gone for good and were never told of. */
  readonly untold: readonly string[]
}

/** What this device has told other devices through a remote. */
export interface PublicationRepository {
  /** Last sequence of this device's own journal that is in a file, 0 for none. */
  sealedSeq(): number
  /** The end of the log in the bucket, as far as it was confirmed; null when nothing is known of it. */
  position(remote: RemoteId): LogPosition | null
  /** Takes the log up at a position, with what is held there. */
  begin(remote: RemoteId, position: LogPosition, hold: readonly HeldLine[]): void
  /** A segment that was composed and not yet confirmed. */
  outgoing(remote: RemoteId): OutgoingSegment | null
  stage(remote: RemoteId, segment: StagedSegment): void
  /** The bucket holds the outgoing segment. */
  confirmed(remote: RemoteId): void
  isHeld(remote: RemoteId, assetId: string): boolean
  /**
   * Assets that are held although they are kept and the bucket holds their content, up to a limit; and first, all those that
   * another device has told of: the next segment is the last one that knew nothing of that.
   */
  releasable(remote: RemoteId, limit: number): readonly AssetId[]
  heldLines(remote: RemoteId, assetId: string): readonly HeldLine[]
  assetOfVersion(versionId: string): string | null
  /** Whether another device has told of an asset that was made here, too. */
  isToldElsewhere(assetId: string): boolean
  /** Forgets what was published; what is held is put together anew by `begin`. */
  forget(remote: RemoteId): void
}

export function publicationRepository(db: Db, device: string): PublicationRepository {
  const sealed = db.prepare('SELECT coalesce(max(seq), 0) FROM journal_segments WHERE device_id = ?').pluck()
  const position = db.prepare('SELECT seq, sha256 FROM publications WHERE remote_id = ?')
  const setPosition = db.prepare('INSERT OR REPLACE INTO publications(remote_id, seq, sha256) VALUES (?, ?, ?)')
  const outgoing = db.prepare('SELECT seq, sha256, bytes FROM outgoing_segments WHERE remote_id = ?')
  const setOutgoing = db.prepare(
    'INSERT OR REPLACE INTO outgoing_segments(remote_id, seq, sha256, bytes) VALUES (?, ?, ?, ?)',
  )
  const dropOutgoing = db.prepare('DELETE FROM outgoing_segments WHERE remote_id = ?')
  const hold = db.prepare(
    'INSERT OR IGNORE INTO held_operations(remote_id, asset_id, segment, line) VALUES (?, ?, ?, ?)',
  )
  const release = db.prepare('DELETE FROM held_operations WHERE remote_id = ? AND asset_id = ?')
  const neverTold = db.prepare('UPDATE tombstones SET told = 0 WHERE asset_id = ?')
  const releaseAll = db.prepare('DELETE FROM held_operations WHERE remote_id = ?')
  const moves = ['stamps', 'unshown_writes'].map((table) =>
    db.prepare(`UPDATE ${table} SET place = ? WHERE entity = ? AND entity_id = ? AND field = ? AND stamp = ?`),
  )
  // One that waits for its asset to come back.
  moves.push(
    db.prepare(
      `UPDATE OR IGNORE parked_operations SET seq = ?
       WHERE ? = 'asset' AND waits_for = ? AND operation ->> 'field' = ? AND operation ->> 'stamp' = ?`,
    ),
  )
  const held = db.prepare('SELECT 1 FROM held_operations WHERE remote_id = ? AND asset_id = ? LIMIT 1').pluck()
  const lines = db.prepare(
    'SELECT asset_id AS assetId, segment, line FROM held_operations WHERE remote_id = ? AND asset_id = ?',
  )
  const releasable = releasableAssets(db)
  const due = db
    .prepare(
      `SELECT DISTINCT h.asset_id FROM told_elsewhere t CROSS JOIN held_operations h
         ON h.remote_id = ? AND h.asset_id = t.asset_id`,
    )
    .pluck()
  const elsewhere = db.prepare('SELECT 1 FROM told_elsewhere WHERE asset_id = ?').pluck()
  const ofVersion = db
    .prepare('SELECT a.id FROM asset_versions v JOIN assets a ON a.row_id = v.asset_row WHERE v.id = ?')
    .pluck()
  const clear = (remote: RemoteId): void => {
    db.prepare('DELETE FROM publications WHERE remote_id = ?').run(remote)
    dropOutgoing.run(remote)
    releaseAll.run(remote)
    releasable.reset()
  }

  return {
    sealedSeq: () => Number(sealed.get(device)),
    position: (remote) => (position.get(remote) as LogPosition | undefined) ?? null,
    begin(remote, { seq, sha256 }, lines) {
      inTransaction(db, () => {
        clear(remote)
        setPosition.run(remote, seq, sha256)
        for (const { assetId, segment, line } of lines) hold.run(remote, assetId, segment, line)
      })
    },
    outgoing: (remote) => (outgoing.get(remote) as OutgoingSegment | undefined) ?? null,
    stage(remote, segment) {
      inTransaction(db, () => {
        setOutgoing.run(remote, segment.seq, segment.sha256, segment.bytes)
        for (const { assetId, segment: seq, line } of segment.hold) hold.run(remote, assetId, seq, line)
        for (const assetId of segment.release) release.run(remote, assetId)
        // Whoever knows the segment that they were made in knows nothing of them yet.
        for (const { entity, id, field, stamp } of segment.told.operations)
          for (const move of moves) move.run(segment.told.place, entity, id, field, stamp)
        for (const assetId of segment.untold) neverTold.run(assetId)
      })
    },
    confirmed(remote) {
      inTransaction(db, () => {
        const { seq, sha256 } = outgoing.get(remote) as OutgoingSegment
        setPosition.run(remote, seq, sha256)
        dropOutgoing.run(remote)
      })
    },
    isHeld: (remote, assetId) => held.get(remote, assetId) !== undefined,
    releasable(remote, limit) {
      const first = due.all(remote) as AssetId[]
      return first.length > 0 ? first : releasable.find(remote, limit)
    },
    isToldElsewhere: (assetId) => elsewhere.get(assetId) !== undefined,
    heldLines: (remote, assetId) => lines.all(remote, assetId) as HeldLine[],
    assetOfVersion: (id) => (ofVersion.get(id) as string | undefined) ?? null,
    forget: (remote) => inTransaction(db, () => clear(remote)),
  }
}
