import { join } from 'node:path'
import { test as base, type TestInfo } from '@playwright/test'
import { type LaunchOptions, makeFolders, RunningVitrine, removeFolders, type VitrineFolders } from './launchVitrine.ts'

export { expect } from '@playwright/test'

/** One person's Vitrine: their folders, and the app whenever it runs. */
export class VitrineUnderTest {
  readonly folders: VitrineFolders
  readonly #testInfo: TestInfo
  readonly #runs: RunningVitrine[] = []

  constructor(folders: VitrineFolders, testInfo: TestInfo) {
    this.folders = folders
    this.#testInfo = testInfo
  }

  /** Starts the app on these folders; one that still runs is closed first. */
  async launch(options?: LaunchOptions): Promise<RunningVitrine> {
    await this.close()
    const running = await RunningVitrine.launch(this.folders, options)
    this.#runs.push(running)
    return running
  }

  /** Closes the app if it runs. */
  async close(): Promise<void> {
    await this.#runs.at(-1)?.close()
  }

  /** Keeps a picture of the window among the results, `<name>.png`. */
  async screenshot(name: string): Promise<string> {
    const running = this.#runs.at(-1)
    if (!running) throw new Error('There is no app to take a picture of.')
    const path = join(this.#testInfo.outputDir, `${name}.png`)
    await running.window.screenshot({ path })
    await this.#testInfo.attach(name, { path, contentType: 'image/png' })
    return path
  }

  /** Closes the app, keeps its output when the test failed, and reports errors nobody expected. */
  async finish(): Promise<void> {
    await this.close()
    const output = this.#runs.map((run) => run.output.join('')).join('\n── started again ──\n')
    const complaints = this.#runs.flatMap((run) => run.unexpectedErrors)
    const failed = complaints.length > 0 || this.#testInfo.status !== this.#testInfo.expectedStatus
    if (failed) await this.#testInfo.attach('output of the app', { body: output, contentType: 'text/plain' })
    if (complaints.length > 0) throw new Error(`Errors in the page:\n${complaints.join('\n')}`)
  }
}

/** Playwright's test with a Vitrine of its own for each test. */
export const test = base.extend<{ vitrine: VitrineUnderTest }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from this pattern
  vitrine: async ({}, use, testInfo) => {
    const folders = makeFolders()
    const vitrine = new VitrineUnderTest(folders, testInfo)
    try {
      await use(vitrine)
      await vitrine.finish()
    } finally {
      await vitrine.close()
      removeFolders(folders)
    }
  },
})
