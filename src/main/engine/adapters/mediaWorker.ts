import { type ChildProcess, spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import {
  type FromMedia,
  fromMediaSchema,
  type MediaAnswer,
  type MediaJob,
  mediaEnvironment,
  memoryLimitMarker,
  type ToMedia,
} from '../../../shared/contract/mediaWire.ts'

export interface MediaWorkerOptions {
  /** Absolute path of our Node binary. */
  readonly nodePath: string
  /** `media.process.js` of a build, or the TypeScript file itself. */
  readonly workerPath: string
  readonly timeoutMs: number
  readonly memoryLimitBytes: number
  readonly env: Readonly<Record<string, string>>
  /** Gets what a process said before it broke down; for the log. */
  readonly onBreakdown: (text: string) => void
}

/** How a group of jobs ended. After anything but `answered` the worker is gone. */
export type GroupEnd =
  /** One answer for each job. */
  | { readonly kind: 'answered'; readonly answers: readonly MediaAnswer[]; readonly rss: number }
  | { readonly kind: 'crashed'; readonly detail: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'memory' }
  /** It ended before it could take any: no file is to blame. */
  | { readonly kind: 'not-started'; readonly detail: string }
  /** It ended over the group before. */
  | { readonly kind: 'not-reached' }

export interface MediaWorker {
  /** Hands over jobs, to be done after those it has already. Never rejects. */
  run(jobs: readonly MediaJob[]): Promise<GroupEnd>
  /** False once the process has ended or was told to. */
  readonly usable: boolean
  /** Ends the process at once, and resolves when it is gone. */
  kill(): Promise<void>
}

interface Group {
  readonly id: number
  readonly jobs: number
  readonly end: (end: GroupEnd) => void
}

const STDERR_KEPT = 4096

/** Starts one decoder process. */
export function startMediaWorker(options: MediaWorkerOptions): MediaWorker {
  const child = spawn(options.nodePath, [options.workerPath], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: workerEnvironment(options),
    windowsHide: true,
  })
  yieldToOthers(child.pid)
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT)
  })

  let usable = true
  let ready = false
  let nextId = 1
  /** The first is being worked on. */
  const groups: Group[] = []
  let timer: NodeJS.Timeout | null = null
  let endedBy: 'timeout' | 'garbage' | 'caller' | null = null

  /** The first group has come to its end. */
  const finish = (end: GroupEnd): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    groups.shift()?.end(end)
  }
  const startTimer = (): void => {
    timer = setTimeout(() => {
      endedBy = 'timeout'
      child.kill('SIGKILL')
    }, options.timeoutMs)
  }
  const endForGarbage = (): void => {
    endedBy = 'garbage'
    child.kill('SIGKILL')
  }
  const onMessage = (message: FromMedia): void => {
    if (message.type === 'ready') {
      ready = true
      // The time limit is the file's, not the start of the process's.
      if (groups.length > 0) startTimer()
      return
    }
    const [first] = groups
    if (first?.id !== message.id) return
    if (message.answers.length === first.jobs) {
      finish({ kind: 'answered', answers: message.answers, rss: message.rss })
      if (groups.length > 0) startTimer()
    } else endForGarbage()
  }
  child.on('message', (raw) => {
    const parsed = fromMediaSchema.safeParse(raw)
    if (parsed.success) onMessage(parsed.data)
    else endForGarbage()
  })

  const gone = new Promise<void>((resolve) => {
    const end = (detail: string): void => {
      usable = false
      if (endedBy === 'timeout') finish({ kind: 'timeout' })
      else if (stderr.includes(memoryLimitMarker)) finish({ kind: 'memory' })
      else if (!ready) finish({ kind: 'not-started', detail: `${detail} ${stderr.trim()}`.trim() })
      else {
        if (groups.length > 0 && endedBy !== 'caller')
          options.onBreakdown(`A decoder process ${detail}. ${stderr.trim()}`)
        finish({ kind: 'crashed', detail: endedBy === 'garbage' ? 'gave an answer that makes no sense' : detail })
      }
      while (groups.length > 0) finish({ kind: 'not-reached' })
      resolve()
    }
    child.on('error', (error) => {
      // Also emitted when a signal or a message could not be sent; then 'close' follows.
      if (child.pid === undefined) end(error.message)
    })
    // 'close', not 'exit': what it wrote to stderr last must have been read.
    child.on('close', (code, signal) => end(signal === null ? `ended with status ${code}` : `was ended by ${signal}`))
  })

  return {
    get usable() {
      return usable
    },
    run(jobs) {
      if (!usable) return Promise.resolve({ kind: 'not-started', detail: 'The process is gone.' })
      const id = nextId++
      return new Promise((end) => {
        groups.push({ id, jobs: jobs.length, end })
        if (ready && groups.length === 1) startTimer()
        sendJobs(child, { id, jobs })
      })
    },
    kill() {
      usable = false
      endedBy = 'caller'
      child.kill('SIGKILL')
      return gone
    },
  }
}

/** Decoding takes all cores for minutes; the window and the engine come first. */
function yieldToOthers(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It has ended already, or the system doesn't let us; then it is as important as everything else.
  }
}

/** A message to a process that is about to be seen as ended fails; its end is what counts. */
function sendJobs(child: ChildProcess, message: ToMedia): void {
  child.send(message, () => {})
}

function workerEnvironment(options: MediaWorkerOptions): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _inherited, ...inherited } = process.env
  return {
    ...inherited,
    // glibc's arenas keep freed image buffers for each thread; two are enough and keep the memory flat.
    MALLOC_ARENA_MAX: '2',
    [mediaEnvironment.memoryLimitBytes]: String(options.memoryLimitBytes),
    [mediaEnvironment.timeoutMs]: String(options.timeoutMs),
    ...options.env,
  }
}
