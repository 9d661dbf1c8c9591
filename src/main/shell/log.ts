import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { VitrineError } from '../../shared/contract/errors.ts'
import { redact } from './redact.ts'

export type LogLevel = 'info' | 'warn' | 'error'

/** Where the shell and, through it, the engine write what happened. Never receives secrets in clear. */
export interface Log {
  /** Absolute path of the file that is written now. */
  readonly path: string
  info(source: string, message: string, details?: unknown): void
  warn(source: string, message: string, details?: unknown): void
  error(source: string, message: string, details?: unknown): void
  /** A value that must never be written, from now on. */
  hide(secret: string): void
  /** The last lines that were written, oldest first. */
  tail(lines: number): string[]
  /** Writes what is still in memory; call before the process ends. */
  flush(): void
}

interface LogOptions {
  /** Size at which the file becomes `vitrine.1.log` and a new one begins. */
  readonly maxBytes?: number
  readonly now?: () => Date
}

const MAX_BYTES = 5 * 1024 * 1024
const FLUSH_AFTER_MS = 200
/** Flush sooner when this much waits, so that a talkative engine can't fill the memory. */
const FLUSH_AT_CHARS = 64 * 1024

/**
 * A log in `folder` of at most two files. Lines are gathered and written together, so that a burst costs one write;
 * an error is written at once, because it may be the last thing that happens.
 */
export function openLog(folder: string, { maxBytes = MAX_BYTES, now = () => new Date() }: LogOptions = {}): Log {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'vitrine.log')
  const previous = join(folder, 'vitrine.1.log')
  const secrets = new Set<string>()
  let size = sizeOf(path)
  let waiting = ''
  let timer: NodeJS.Timeout | undefined
  let broken = false

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting === '') return
    const text = waiting
    waiting = ''
    try {
      if (size > 0 && size + Buffer.byteLength(text) > maxBytes) {
        renameSync(path, previous)
        size = 0
      }
      appendFileSync(path, text, { mode: 0o600 })
      size += Buffer.byteLength(text)
      broken = false
    } catch (error) {
      // A full disk must not stop the program; once is enough to say so.
      if (!broken) console.error(`The log ${path} can't be written:`, error)
      broken = true
    }
  }

  const write = (level: LogLevel, source: string, message: string, details: unknown) => {
    const extra = details === undefined ? '' : ` ${describe(details)}`
    const line = `${message}${extra}`.replaceAll(/\r?\n/g, '\n    ')
    waiting += `${now().toISOString()} ${level.toUpperCase().padEnd(5)} ${source}: ${redact(line, secrets)}\n`
    if (level === 'error' || waiting.length > FLUSH_AT_CHARS) flush()
    else timer ??= setTimeout(flush, FLUSH_AFTER_MS)
  }

  return {
    path,
    info: (source, message, details) => write('info', source, message, details),
    warn: (source, message, details) => write('warn', source, message, details),
    error: (source, message, details) => write('error', source, message, details),
    hide: (secret) => {
      // Short values would blank ordinary words out of every line.
      if (secret.length >= 6) secrets.add(secret)
    },
    tail: (lines) => {
      flush()
      const text = [previous, path].map(textOf).join('')
      return text.trimEnd().split('\n').slice(-lines)
    },
    flush,
  }
}

/** Errors as text, everything else as JSON. An error of ours is expected somewhere, so its code says more than its stack. */
function describe(details: unknown): string {
  if (details instanceof Error) {
    const text =
      details instanceof VitrineError ? `${details.code}: ${details.message}` : (details.stack ?? details.message)
    return details.cause === undefined ? text : `${text}\ncaused by ${describe(details.cause)}`
  }
  try {
    return JSON.stringify(details) ?? String(details)
  } catch {
    return String(details) // a cycle or a bigint: its type is better than no line
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function textOf(path: string): string {
  return sizeOf(path) === 0 ? '' : readFileSync(path, 'utf8')
}
