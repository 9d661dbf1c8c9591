import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { deviceIdSchema } from '../../../../shared/domain/ids.ts'
import { fileError } from '../../disk/fileError.ts'
import { syncFolder, writeFileDurably } from '../../disk/writeFileDurably.ts'

/** Why: another copy writes under the name of this one, or a person has retired this device. */
const reasonSchema = z.enum(['copied', 'retired'])
export type RenewalReason = z.infer<typeof reasonSchema>

const planSchema = z.object({
  format: z.literal(1),
  /** The device that this copy was, and the one that it will be. */
  from: deviceIdSchema,
  to: deviceIdSchema,
  /** The last segment of the log of `from` that both this copy and the bucket have. */
  seq: z.number().int().nonnegative(),
  sha256: z.string().nullable(),
  why: reasonSchema.default('copied'),
  /** `fetched`: nothing is changed yet. `written`: the new log is on disk, and all that is left is done, however often it is begun. */
  stage: z.enum(['fetched', 'written']),
})

/** How a copy of a library becomes a device of its own, when another copy has gone on under its name. */
export type RenewalPlan = z.infer<typeof planSchema>

/** Where a renewal is prepared, below the library's folder. */
export interface RenewalFolder {
  readonly folder: string
  readonly plan: string
  /** The log of the old device as the bucket has it, up to where this copy and the bucket agree. */
  readonly told: string
  /** What only this copy has, as the log of the new device. */
  readonly own: string
}

export function renewalFolder(root: string): RenewalFolder {
  const folder = join(root, 'renewal')
  return { folder, plan: join(folder, 'plan.json'), told: join(folder, 'told'), own: join(folder, 'own') }
}

/** Null when none is prepared. One that can't be read counts as none: nothing was begun, or everything is as it was. */
export function readPlan(root: string): RenewalPlan | null {
  const { plan } = renewalFolder(root)
  if (!existsSync(plan)) return null
  try {
    return planSchema.safeParse(JSON.parse(readFileSync(plan, 'utf8'))).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw fileError(error, plan)
  }
}

export function writePlan(root: string, plan: RenewalPlan): void {
  const { plan: path } = renewalFolder(root)
  writeFileDurably(path, `${JSON.stringify(plan, null, 2)}\n`)
}

/** Makes the empty place in which a renewal is prepared, without what an earlier attempt has left. */
export function beginRenewal(root: string): RenewalFolder {
  const paths = renewalFolder(root)
  discardRenewal(root)
  mkdirSync(paths.told, { recursive: true })
  return paths
}

/** The plan goes first: without one, the rest means nothing. */
export function discardRenewal(root: string): void {
  const { folder, plan } = renewalFolder(root)
  if (!existsSync(folder)) return
  rmSync(plan, { force: true })
  syncFolder(folder)
  rmSync(folder, { recursive: true, force: true })
}
