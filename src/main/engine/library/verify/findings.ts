import { NAMED_PROBLEMS, type VerificationReport } from '../../../../shared/domain/verification.ts'

type Lists = Pick<VerificationReport, 'missing' | 'damaged' | 'unreadable' | 'orphaned' | 'remote' | 'repaired'>
type Kind = keyof Lists

/** What a check has found so far: everything is counted, and only so much of it named, however much is wrong. */
export interface Findings {
  add<K extends Kind>(kind: K, finding: Lists[K][number]): void
  undrawn(): void
  file(bytes: number): void
  catalog(problems: readonly string[]): void
  journal(problems: readonly string[]): void
  readonly problems: number
  report(seconds: number): VerificationReport
}

export function createFindings(): Findings {
  const lists: { [K in Kind]: Lists[K][number][] } = {
    missing: [],
    damaged: [],
    unreadable: [],
    orphaned: [],
    remote: [],
    repaired: [],
  }
  const counts = { missing: 0, damaged: 0, unreadable: 0, orphaned: 0, undrawn: 0, remote: 0, repaired: 0 }
  let checked = 0
  let bytes = 0
  let catalog: readonly string[] = []
  let journal: readonly string[] = []
  return {
    add(kind, finding) {
      counts[kind]++
      if (counts[kind] <= NAMED_PROBLEMS) (lists[kind] as Lists[typeof kind][number][]).push(finding)
    },
    undrawn: () => void counts.undrawn++,
    file(size) {
      checked++
      bytes += size
    },
    catalog: (problems) => {
      catalog = problems
    },
    journal: (problems) => {
      journal = problems
    },
    get problems() {
      const { repaired: _, ...found } = counts
      return Object.values(found).reduce((sum, count) => sum + count, 0) + catalog.length + journal.length
    },
    report: (seconds) => ({
      checked,
      bytes,
      counts: { ...counts },
      ...lists,
      catalog: [...catalog],
      journal: [...journal],
      seconds,
    }),
  }
}
