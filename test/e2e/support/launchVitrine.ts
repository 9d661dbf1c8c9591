import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, errors, type Page } from '@playwright/test'
import { nodeRuntimePath } from '../../../scripts/node-runtime.mjs'

/** Set by the global setup: the Electron that all tests run. */
export const ELECTRON_VARIABLE = 'VITRINE_TEST_ELECTRON'

const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url))
/** An app that is still there this long after it was asked to close is killed (milliseconds). */
const CLOSE_LIMIT = 15_000
/** Playwright kills an app that it isn't attached to after this long (milliseconds). */
const ATTACH_LIMIT = 20_000

/** What a test may choose about the app it starts. */
export interface LaunchOptions {
  /** More variables for the app's environment; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** More command line switches. */
  readonly args?: readonly string[]
  /** A packaged app to start instead of the checkout's build. */
  readonly packagedExecutable?: string
}

/** The folders of one person's Vitrine; they outlive the app, so that a test can start it again. */
export interface VitrineFolders {
  /** Holds the others. */
  readonly root: string
  /** The library that the app opens. */
  readonly library: string
  /** Chromium's and the shell's own data: window place, settings, log. */
  readonly userData: string
}

/** Fresh temporary folders; the library's doesn't exist yet. */
export function makeFolders(): VitrineFolders {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-e2e-'))
  return { root, library: join(root, 'library'), userData: join(root, 'user-data') }
}

/** Removes the folders and everything in them. */
export function removeFolders(folders: VitrineFolders): void {
  rmSync(folders.root, { recursive: true, force: true, maxRetries: 5 })
}

/** A real app with its first window, and everything it complained about. */
export class RunningVitrine {
  readonly app: ElectronApplication
  readonly window: Page
  /** The shell. Playwright itself forgets it once the app has closed. */
  readonly process: ChildProcess
  /** Output of the shell and of what it started since Playwright is connected; what came before is in its own errors. */
  readonly output: readonly string[]
  readonly #complaints: string[] = []
  readonly #expected: RegExp[] = []

  private constructor(app: ElectronApplication, window: Page, output: readonly string[]) {
    this.app = app
    this.window = window
    this.process = app.process()
    this.output = output
    window.on('pageerror', (error) => this.#complaints.push(`page error: ${error.stack ?? error.message}`))
    window.on('crash', () => this.#complaints.push('the page crashed'))
    window.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(`console: ${message.text()} (${message.location().url})`)
    })
  }

  /** Starts the app and waits for its first window. */
  static async launch(folders: VitrineFolders, options: LaunchOptions = {}): Promise<RunningVitrine> {
    const executablePath = options.packagedExecutable ?? process.env[ELECTRON_VARIABLE]
    if (!executablePath) throw new Error('The global setup did not resolve Electron.')
    const app = await attach({
      executablePath,
      args: [
        // Tests may run as root, and Chromium's sandbox may not.
        '--no-sandbox',
        // On a virtual display the GPU process fails and is started anew; in one start of forty the page waits for it for ever.
        '--disable-gpu',
        ...(options.packagedExecutable ? [] : [CHECKOUT]),
        `--user-data-dir=${folders.userData}`,
        ...(options.args ?? []),
      ],
      env: environment(folders, options),
    })
    const output: string[] = []
    const listen = (stream: NodeJS.ReadableStream | null) => stream?.on('data', (chunk) => output.push(String(chunk)))
    listen(app.process().stdout)
    listen(app.process().stderr)
    try {
      return new RunningVitrine(app, await app.firstWindow(), output)
    } catch (error) {
      app.process().kill('SIGKILL')
      throw new Error(`The app opened no window. It said:\n${output.join('')}`, { cause: error })
    }
  }

  /** Tells that errors in the page's console that match are part of what the test does. */
  expectErrors(pattern: RegExp): void {
    this.#expected.push(pattern)
  }

  /** Errors of the page that no test announced. */
  get unexpectedErrors(): readonly string[] {
    return this.#complaints.filter((complaint) => !this.#expected.some((pattern) => pattern.test(complaint)))
  }

  /** Closes the app as a person would, and kills it when it doesn't go. */
  async close(): Promise<void> {
    const child = this.process
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    const limit = setTimeout(() => child.kill('SIGKILL'), CLOSE_LIMIT)
    // Playwright rejects when the app was faster than its question; all that matters is that it's gone.
    await this.app.close().catch(() => undefined)
    await gone
    clearTimeout(limit)
  }
}

/** Launches, again if Playwright and the app missed each other, which happens to packages: nothing holds these back. */
async function attach(options: Parameters<typeof _electron.launch>[0], tries = 3): Promise<ElectronApplication> {
  try {
    return await _electron.launch({ ...options, timeout: ATTACH_LIMIT })
  } catch (error) {
    if (tries === 1 || !(error instanceof errors.TimeoutError)) throw error
    return attach(options, tries - 1)
  }
}

function environment(folders: VitrineFolders, options: LaunchOptions): Record<string, string> {
  const all: Record<string, string | undefined> = {
    ...process.env,
    VITRINE_LIBRARY: folders.library,
    // A package has to find its own Node.
    VITRINE_NODE: options.packagedExecutable ? undefined : nodeRuntimePath(),
    ELECTRON_RUN_AS_NODE: undefined,
    ...options.env,
  }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
