import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { type CloneMemory, type ReadFile, readAndCopy } from './copyFile.ts'
import { type IdentifiedType, identifyType } from './identifyType.ts'
import type { SourceAccess } from './sourceAccess.ts'

/** One file to be read. */
export interface IntakeTask {
  readonly path: string
  /** Where its copy goes, null for none. */
  readonly target: string | null
  /** How long ago its last write must be, milliseconds. */
  readonly settledMs: number
  /** What the file is called, if its path does not say. */
  readonly name?: string
}

/** What is known of a file once it has been read. */
export interface TakenIn {
  readonly read: ReadFile
  readonly type: IdentifiedType
}

/** Which devices can't share blocks is found out once a thread. */
const clones: CloneMemory = new Set()

/** Reads, hashes, copies and identifies a file. Throws what `readAndCopy` throws, and then leaves nothing at the target. */
export async function takeIn(
  { path, target, settledMs, name }: IntakeTask,
  signal: AbortSignal,
  access: SourceAccess,
): Promise<TakenIn> {
  const { head, ...read } = await readAndCopy(path, target, clones, signal, settledMs, access)
  try {
    return { read, type: await identifyType(head, read.size, target ?? path, name ?? basename(path)) }
  } catch (error) {
    if (target !== null) await rm(target, { force: true })
    throw error
  }
}
