import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { memoryOf } from './catalog/engineSession.ts'

/** Megabytes of each process of a tree, by what it is: `shell`, `renderer`, `gpu-process`, `engine` …. */
export function memoryByProcess(
  root: number,
): Readonly<Record<string, { readonly proportional: number; readonly own: number }>> {
  const found: Record<string, { proportional: number; own: number }> = {}
  for (const pid of descendants(root)) {
    try {
      const { pss, own } = memoryOf(pid)
      const name = pid === root ? 'shell' : nameOf(pid)
      const sum = found[name] ?? { proportional: 0, own: 0 }
      found[name] = { proportional: sum.proportional + pss, own: sum.own + own }
    } catch {
      // It has just ended.
    }
  }
  return found
}

/** Chromium's processes say what they are; the others are named by their program. */
function nameOf(pid: number): string {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/)
  const type = command.find((part) => part.startsWith('--type='))?.slice('--type='.length)
  return type ?? basename(command.find((part) => /\.m?js$/.test(part)) ?? command[0] ?? String(pid))
}

/** Megabytes of a process and of all that it has started, and how many these are. */
export function memoryOfTree(root: number): {
  readonly proportional: number
  readonly own: number
  readonly processes: number
} {
  const memories = descendants(root).flatMap((pid) => {
    try {
      return [memoryOf(pid)]
    } catch {
      return [] // it has just ended
    }
  })
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  return {
    proportional: sum(memories.map(({ pss }) => pss)),
    own: sum(memories.map(({ own }) => own)),
    processes: memories.length,
  }
}

/** A process and all that it has started, and those in turn. Linux only. Source: proc(5), /proc/pid/stat. */
function descendants(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It has just ended.
    }
  }
  const found = [root]
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child)
  return found
}
