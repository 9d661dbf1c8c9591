import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { type DeviceId, deviceIdSchema, type LibraryId } from '../../../../shared/domain/ids.ts'
import { fileError } from '../../disk/fileError.ts'
import { syncFolder, writeFileDurably } from '../../disk/writeFileDurably.ts'
import { type Db, databaseError, inTransaction, openDatabase } from '../database.ts'
import { followLog } from '../journal/followLog.ts'
import { openJournal } from '../journal/journal.ts'
import type { SegmentHeader } from '../journal/operation.ts'
import { parseOperations } from '../journal/operationSet.ts'
import { encodeSegment, segmentHash, segmentName } from '../journal/segment.ts'
import { segmentLines } from '../journal/segmentLines.ts'
import { Mutations } from '../mutations.ts'
import { publicationRepository } from '../publication.repository.ts'
import {
  discardRenewal,
  type RenewalPlan,
  type RenewalReason,
  readPlan,
  renewalFolder,
  writePlan,
} from './renewalPlan.ts'
import { type LogSegment, renewedLog } from './renewedLog.ts'
import { type RenewedSegment, restampCatalog } from './restampCatalog.ts'

export interface RenewalPlace {
  /** The library's folder, and what is in it. */
  readonly root: string
  readonly catalog: string
  readonly journal: string
  readonly device: string
  readonly quarantine: string
}

/** Set in the catalogue by the transaction that makes it that of another device. */
const RENEWED = 'renewed'

/**
 * Carries out a renewal that is prepared, before the catalogue is opened: this copy of the library becomes a device of its
 * own. Up to the moment when all of the new log is on disk nothing is changed and a kill leaves everything as it was; from then
 * on each step can be done again, and is, until the last one. Returns why, or null if there was none. `id` and `name` are those of
 * `device.json`, `now` in ms. Throws `disk_full` and its like.
 */
export function renewDevice(
  place: RenewalPlace,
  library: LibraryId,
  present: { readonly id: DeviceId; readonly name: string },
  now: number,
): RenewalReason | null {
  const plan = readPlan(place.root)
  if (plan === null) {
    discardRenewal(place.root)
    return null
  }
  try {
    if (plan.stage === 'fetched') {
      // Prepared for another device than this copy is, or without a catalogue that could tell what is only here.
      const fits = plan.from === present.id && existsSync(place.catalog) && !existsSync(`${place.catalog}.damaged`)
      if (!fits || !writeOwnLog(place, plan, library, now)) {
        discardRenewal(place.root)
        return null
      }
    }
    carryOut(place, plan, present.name, now)
    return plan.why
  } catch (error) {
    throw databaseError(fileError(error, place.root))
  }
}

/** Puts the log of the new device together. False if the catalogue is damaged, which comes first. */
function writeOwnLog(place: RenewalPlace, plan: RenewalPlan, library: LibraryId, now: number): boolean {
  const { own, told } = renewalFolder(place.root)
  const db = openIfSound(place.catalog)
  if (db === null) return false
  try {
    openJournal(db, place.journal, library, plan.from, () => now).seal()
    const { assetOfVersion } = publicationRepository(db, plan.from)
    const before = (seq: number) => readSegment(join(place.journal, plan.from), seq)
    const log = followLog(assetOfVersion)
    for (let seq = 1; seq <= plan.seq; seq++) log.add(seq, before(seq).lines, readSegment(told, seq).lines)
    rmSync(own, { recursive: true, force: true })
    mkdirSync(own)
    let prevSha: string | null = null
    const input = {
      ...plan,
      last: plan.seq === 0 ? null : before(plan.seq).header,
      held: log.held(),
      lineAt: lineReader(before),
      later: segmentsAfter(join(place.journal, plan.from), plan.seq),
      assetOfVersion,
    }
    for (const { header, lines } of renewedLog(input)) {
      const bytes = encodeSegment({ ...header, prevSha }, lines)
      writeFileDurably(join(own, segmentName(header.seq)), bytes)
      prevSha = segmentHash(bytes)
    }
  } finally {
    db.close()
  }
  writePlan(place.root, { ...plan, stage: 'written' })
  return true
}

function openIfSound(file: string): Db | null {
  try {
    return openDatabase(file)
  } catch (error) {
    if (error instanceof VitrineError && error.code === 'catalog_damaged') return null
    throw error
  }
}

/** All that is left to do once the new log is on disk. */
function carryOut(place: RenewalPlace, plan: RenewalPlan, name: string, now: number): void {
  const { own, told } = renewalFolder(place.root)
  const newLog = join(place.journal, plan.to)
  const oldLog = join(place.journal, plan.from)
  restamp(place, plan, name, existsSync(own) ? own : newLog, existsSync(told) ? told : oldLog, now)
  if (existsSync(own)) renameSync(own, newLog)
  if (existsSync(told)) {
    // What was written under the old name stays for whoever wants to look at it.
    const aside = join(place.quarantine, `journal-${plan.from}-${plan.seq}`)
    if (existsSync(oldLog)) renameSync(oldLog, freeName(aside))
    renameSync(told, oldLog)
  }
  syncFolder(place.journal)
  // Of two copies the other one keeps the name that a person knows.
  const called = plan.why === 'retired' ? name : hostname()
  const device = { id: deviceIdSchema.parse(plan.to), name: called, created_at: new Date(now).toISOString() }
  writeFileDurably(place.device, `${JSON.stringify(device, null, 2)}\n`)
  discardRenewal(place.root)
}

function restamp(place: RenewalPlace, plan: RenewalPlan, name: string, own: string, told: string, now: number): void {
  // A catalogue that is gone or damaged meanwhile is made anew of the journal, which is that of the new device soon.
  const db = existsSync(place.catalog) && !existsSync(`${place.catalog}.damaged`) ? openIfSound(place.catalog) : null
  if (db === null) return
  try {
    const done = db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(RENEWED)
    if (done === plan.to) return
    const mutations = new Mutations(db, plan.to)
    inTransaction(db, () => {
      const last = plan.seq === 0 ? null : readSegment(told, plan.seq).header
      restampCatalog(db, plan, renewedSegments(own), { last, name })
      tellOwnPaths(db, mutations, now)
      db.prepare('INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)').run(RENEWED, plan.to)
    })
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

/**
 * Files that are linked in place: the log that the bucket has of the old device names other paths, and a rebuild reads that
 * one from now on.
 */
function tellOwnPaths(db: Db, mutations: Mutations, now: number): void {
  const linked = db
    .prepare("SELECT id, storage_path AS path FROM assets WHERE storage_path NOT LIKE 'originals/%'")
    .all()
  if (linked.length === 0) return
  mutations.run({ kind: 'renew', label: () => 'Took a new name', undoable: false, now }, (writer) => {
    for (const { id, path } of linked as { id: string; path: string }[]) {
      writer.confirm('asset', id, 'storage_path', path)
    }
  })
}

function* renewedSegments(folder: string): Generator<RenewedSegment> {
  for (const name of segmentNames(folder)) {
    const bytes = readFileSync(join(folder, name))
    const { header, lines } = segmentLines(bytes)
    const operations = lines.flatMap((line) => parseOperations(line) ?? [])
    yield { header, operations, lines: lines.length, sha256: segmentHash(bytes) }
  }
}

function* segmentsAfter(folder: string, seq: number): Generator<LogSegment> {
  for (const name of segmentNames(folder)) {
    if (name > segmentName(seq)) yield segmentLines(readFileSync(join(folder, name)))
  }
}

function segmentNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl.gz'))
    .sort()
}

function readSegment(
  folder: string,
  seq: number,
): { readonly header: SegmentHeader; readonly lines: readonly string[] } {
  return segmentLines(readFileSync(join(folder, segmentName(seq))))
}

/** Reads lines, keeping the segment that was read last: they are asked for in their order. */
function lineReader(read: (seq: number) => LogSegment): (segment: number, line: number) => string {
  let last: { readonly seq: number; readonly lines: readonly string[] } = { seq: 0, lines: [] }
  return (seq, line) => {
    if (last.seq !== seq) last = { seq, lines: read(seq).lines }
    return last.lines[line] ?? ''
  }
}

function freeName(path: string): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? path : `${path}-${count}`
    if (!existsSync(name)) return name
  }
}
