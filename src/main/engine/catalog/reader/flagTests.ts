import type { FieldNode, SearchNode } from '../../../../shared/domain/search/searchNode.ts'
import type { NumberRange } from '../../../../shared/domain/search/values/range.ts'
import { readFieldValue } from '../../../../shared/domain/search/values/readFieldValue.ts'
import { FLAGS_END, type FlagPattern, said } from './rowFlags.ts'

/** For each possible flags 1 where rows that have them are meant, else 0. */
export type FlagTest = Uint8Array

/** The test of a pattern. */
export function testOf({ mask, value }: FlagPattern): FlagTest {
  return tabulated((flags) => (flags & mask) === value)
}

/** What both tests let pass. */
export function bothOf(one: FlagTest, other: FlagTest): FlagTest {
  return one.map((passes, flags) => passes & (other[flags] ?? 0))
}

/**
 * The test of a search, or a part of one, that flags alone can answer, as `compileSearch` means it; null where they can't
 * and where nothing is narrowed.
 */
export function flagTest(node: SearchNode): FlagTest | null {
  switch (node.kind) {
    case 'all':
      return combined(node.nodes, (one, other) => one & other)
    case 'any':
      return combined(node.nodes, (one, other) => one | other)
    case 'not':
      return flagTest(node.node)?.map((passes) => 1 - passes) ?? null
    case 'field': {
      const meant = fieldTest(node)
      return meant === null ? null : tabulated(meant)
    }
    default:
      return null
  }
}

function combined(nodes: readonly SearchNode[], join: (one: number, other: number) => number): FlagTest | null {
  const tests = nodes.map(flagTest)
  if (tests.includes(null)) return null
  const [first = null, ...others] = tests.filter((test) => test !== null)
  return others.reduce((all, test) => all?.map((passes, flags) => join(passes, test[flags] ?? 0)) ?? null, first)
}

function tabulated(meant: (flags: number) => boolean): FlagTest {
  const test = new Uint8Array(FLAGS_END)
  for (let flags = 0; flags < FLAGS_END; flags++) if (meant(flags)) test[flags] = 1
  return test
}

function fieldTest(node: FieldNode): ((flags: number) => boolean) | null {
  const value = readFieldValue(node)
  if (value?.kind === 'range' && node.field === 'rating') return (flags) => isWithin(said.rating(flags), value)
  if (value?.kind !== 'choice') return null
  const { choice } = value
  if (node.field === 'type') return (flags) => said.ofType(flags, choice)
  return node.field === 'is' ? stateTest(choice) : null
}

function stateTest(state: string): ((flags: number) => boolean) | null {
  switch (state) {
    case 'favorite':
      return said.favorite
    case 'tagged':
      return (flags) => !said.untagged(flags)
    case 'untagged':
      return said.untagged
    case 'unsorted':
      return (flags) => said.library(flags) && said.uncollected(flags)
    case 'rated':
      return (flags) => said.rating(flags) > 0
    case 'unrated':
      return (flags) => said.rating(flags) === 0
    case 'kept':
      return said.library
    case 'workspace':
      return (flags) => !said.library(flags)
    default:
      return null
  }
}

/** Whether a number lies in a range. */
function isWithin(value: number, { min, minOpen, max, maxOpen }: NumberRange): boolean {
  if (min !== null && (minOpen ? value <= min : value < min)) return false
  return max === null || (maxOpen ? value < max : value <= max)
}
