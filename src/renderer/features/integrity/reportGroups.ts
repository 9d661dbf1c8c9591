import type { VerificationReport } from '../../../shared/domain/verification.ts'
import { integrity as strings } from '../../strings/integrity.ts'

export type GroupName = keyof typeof strings.groups

/** What the check found of one kind. */
export interface ReportGroup {
  readonly name: GroupName
  /** All of them; no more than a thousand are named. */
  readonly count: number
  readonly lines: readonly { readonly text: string; readonly detail: string | null }[]
}

/** What is wrong, the worst first, and what was mended last. Kinds of which there is nothing are left out. */
export function reportGroups(report: VerificationReport): readonly ReportGroup[] {
  const { counts } = report
  const paths = (files: readonly { readonly path: string }[]) => files.map(({ path }) => ({ text: path, detail: null }))
  const texts = (list: readonly string[]) => list.map((text) => ({ text, detail: null }))
  const groups: readonly ReportGroup[] = [
    { name: 'catalog', count: report.catalog.length, lines: texts(report.catalog) },
    { name: 'journal', count: report.journal.length, lines: texts(report.journal) },
    { name: 'missing', count: counts.missing, lines: paths(report.missing) },
    { name: 'damaged', count: counts.damaged, lines: paths(report.damaged) },
    {
      name: 'unreadable',
      count: counts.unreadable,
      lines: report.unreadable.map(({ path, message }) => ({ text: path, detail: message })),
    },
    { name: 'orphaned', count: counts.orphaned, lines: texts(report.orphaned) },
    {
      name: 'remote',
      count: counts.remote,
      lines: report.remote.map(({ key, problem }) => ({ text: key, detail: strings.remoteProblems[problem] })),
    },
    {
      name: 'repaired',
      count: counts.repaired,
      lines: report.repaired.map(({ path, how }) => ({ text: path, detail: how })),
    },
  ]
  return groups.filter(({ count }) => count > 0)
}
