import type { Writable } from 'node:stream'
import { styleText } from 'node:util'
import { printable } from './text.ts'

/** Where a command's words go: results to stdout, everything else to stderr. */
export interface Terminal {
  /** One line of the result. */
  line(text: string): void
  /** The whole result of a command that was asked for JSON. */
  json(value: unknown): void
  /** A piece of a result that is written bit by bit. */
  write(text: string): void
  /** A line for the person, kept out of the result. */
  note(text: string): void
  warn(text: string): void
  error(text: string): void
  /** Replaces the line of progress on a terminal; shown nowhere else. An empty text removes it. */
  progress(text: string): void
  bold(text: string): string
  /** Resolves when what was written has been taken by whoever reads. */
  flush(): Promise<void>
}

interface Stream extends Writable {
  readonly isTTY?: boolean
  readonly columns?: number
}

export function terminal(stdout: Stream, stderr: Stream, env: NodeJS.ProcessEnv): Terminal {
  const coloured = (stream: Stream) => stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
  const paint = (stream: Stream, style: 'bold' | 'red' | 'yellow', text: string) =>
    coloured(stream) ? styleText(style, text, { validateStream: false }) : text
  let shown = false

  function clear(): void {
    if (shown) stderr.write('\r\u001b[K')
    shown = false
  }
  function note(text: string): void {
    clear()
    stderr.write(`${text}\n`)
  }

  return {
    line(text) {
      clear()
      stdout.write(`${text}\n`)
    },
    json(value) {
      clear()
      stdout.write(`${JSON.stringify(value, null, 2)}\n`)
    },
    write(text) {
      stdout.write(text)
    },
    note,
    warn: (text) => note(`${paint(stderr, 'yellow', 'warning:')} ${printable(text)}`),
    error: (text) => note(`${paint(stderr, 'red', 'error:')} ${printable(text)}`),
    progress(text) {
      if (stderr.isTTY !== true) return
      clear()
      if (text === '') return
      stderr.write(printable(text).slice(0, (stderr.columns ?? 80) - 1))
      shown = true
    },
    bold: (text) => paint(stdout, 'bold', text),
    async flush() {
      for (const stream of [stdout, stderr]) {
        if (stream.writableLength > 0) await new Promise((resolve) => stream.write('', resolve))
      }
    },
  }
}
