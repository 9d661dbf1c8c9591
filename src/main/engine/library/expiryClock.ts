/**
 * Which times count as really over. A clock can jump ahead by years, and a machine can have been off for weeks: in both
 * cases everything in the Workspace would be due the moment the program looks. So what fell due while nobody could see
 * it is held for a day, in which the clock can be put right and the person can keep things.
 */
export interface ExpiryClock {
  /** When the program looked last, ms. */
  readonly seenAt: number
  /** What fell due until then may go, ms. */
  readonly confirmedUntil: number
  /** Set while a jump waits to be believed: from when to when, ms. */
  readonly jump: { readonly from: number; readonly to: number } | null
}

const HOUR_MS = 3_600_000
/** Longer than this without a look is a jump: a night, or a day off, is none. */
export const JUMP_MS = 48 * HOUR_MS
/** How long the time after a jump must go on until it is believed. */
export const BELIEVE_MS = 24 * HOUR_MS

/** What is known after a look at `now`; `before` is null for the first look ever. Pure; times in ms. */
export function lookAtClock(before: ExpiryClock | null, now: number): ExpiryClock {
  if (before === null) return { seenAt: now, confirmedUntil: now, jump: null }
  const { jump } = before
  // The clock went back, so what it said before was wrong, or is now. What is due by both may go.
  if (now < before.seenAt) {
    const open = jump !== null && jump.to <= now ? jump : null
    return { seenAt: now, confirmedUntil: Math.min(before.confirmedUntil, now), jump: open }
  }
  const believed = jump !== null && now - jump.to >= BELIEVE_MS
  if (now - before.seenAt > JUMP_MS) {
    const confirmedUntil = believed ? Math.max(before.confirmedUntil, jump.to) : before.confirmedUntil
    return { seenAt: now, confirmedUntil, jump: { from: before.seenAt, to: now } }
  }
  if (jump !== null && !believed) return { ...before, seenAt: now }
  return { seenAt: now, confirmedUntil: now, jump: null }
}
