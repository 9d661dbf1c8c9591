/** One write to a cell, of which it can be told whether another one knew it. */
export interface Write<Value> {
  readonly value: Value
  /** Orders writes of which neither knew the other. */
  readonly stamp: string
  /** Who wrote it. */
  readonly device: string
  /** Where it stands in the log of that device. */
  readonly place: number
}

/** What a write knew: whether the log of a device had been applied up to a place when it was made. */
export type Knows = (device: string, place: number) => boolean

/** Which values a cell rather shows, when none of its writes knew another; among equals the latest stamp decides. */
export type Favours = (value: unknown) => boolean

/** The latest stamp alone decides. */
export const theLatest: Favours = () => true
/** Something before nothing, as for tags and memberships: taking out takes out what it has seen. */
export const whatStands: Favours = (value) => value !== null
/** Nothing before something, as for the time of a deletion: it deletes what it has seen. */
export const whatIsNotDeleted: Favours = (value) => value === null
/** What somebody kept stays kept. */
export const whatIsKept: Favours = (value) => value === 'library'

/**
 * Takes one more write into what is kept of a cell. Writes have to come in an order in which none comes before one that it
 * knew; beyond that the order makes no difference. What is kept are the writes that no other one knew, the one that the
 * cell shows first: a multi-value register (Shapiro et al., A comprehensive study of CRDTs, 2011), with `whatStands` an
 * observed-remove set. The same write again changes nothing.
 */
export function mergeWrite<W extends Write<unknown>>(
  kept: readonly W[],
  incoming: W,
  knows: Knows,
  favours: Favours,
): readonly W[] {
  if (kept.some((write) => isSame(write, incoming))) return kept
  const unknown = kept.filter((write) => !knows(write.device, write.place))
  return inOrder([...unknown, incoming], favours)
}

/** The write that a cell shows first. */
export function inOrder<W extends Write<unknown>>(kept: readonly W[], favours: Favours): readonly W[] {
  return [...kept].sort((a, b) => compareWrites(a, b, favours))
}

/** Negative if a cell shows `a` rather than `b`. */
function compareWrites(a: Write<unknown>, b: Write<unknown>, favours: Favours): number {
  return Number(favours(b.value)) - Number(favours(a.value)) || (a.stamp > b.stamp ? -1 : a.stamp < b.stamp ? 1 : 0)
}

function isSame(a: Write<unknown>, b: Write<unknown>): boolean {
  return a.stamp === b.stamp && a.device === b.device
}
