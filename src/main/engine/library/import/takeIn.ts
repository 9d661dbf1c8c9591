import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { type CloneMemory, readAndCopy } from './copyFile.ts'
import { identifyType } from './identifyType.ts'
import type { TakenIn } from './intake.ts'

/** One file to be read. */
export interface IntakeTask {
  readonly path: string
  /** Where its copy goes, null for none. */
  readonly target: string | null
  /** How long ago its last write must be, milliseconds. */
  readonly settledMs: number
}

/** Which devices can't share blocks is found out once a thread. */
const clones: CloneMemory = new Set()

/** Reads, hashes, copies and identifies a file. Throws what `readAndCopy` throws, and then leaves nothing at the target. */
export async function takeIn({ path, target, settledMs }: IntakeTask, signal: AbortSignal): Promise<TakenIn> {
  const { head, ...read } = await readAndCopy(path, target, clones, signal, settledMs)
  try {
    return { read, type: await identifyType(head, read.size, target ?? path, basename(path)) }
  } catch (error) {
    if (target !== null) await rm(target, { force: true })
    throw error
  }
}
