import { expect, type Page } from '@playwright/test'
import type { VitrineBridge } from '../../../src/shared/contract/bridge.ts'
import type { RequestInput, RequestName, RequestOutput } from '../../../src/shared/contract/requests.ts'
import type { View } from '../../../src/shared/domain/query.ts'

declare global {
  interface Window {
    readonly vitrine: VitrineBridge
  }
}

/** Asks the app what its own window can ask; throws with the typed error's code and message when it is refused. */
export async function ask<N extends RequestName>(
  page: Page,
  name: N,
  input?: RequestInput<N>,
): Promise<RequestOutput<N>> {
  const answer = await page.evaluate(
    async ([requestName, requestInput]) => {
      const result = await window.vitrine.request(requestName as never, requestInput as never)
      if (!result.ok) return { error: result.error }
      const value = result.value as unknown
      // Typed arrays cross Playwright's own wire as objects, so vectors are handed over as plain lists.
      const plain = JSON.parse(
        JSON.stringify(value ?? null, (_, inner) => (ArrayBuffer.isView(inner) ? [...(inner as Int32Array)] : inner)),
      )
      return { value: plain }
    },
    [name as string, input as unknown] as const,
  )
  if ('error' in answer && answer.error) throw new Error(`${name}: ${answer.error.code}: ${answer.error.message}`)
  return (answer as { value: RequestOutput<N> }).value
}

/** Row ids of a view, oldest first. */
export async function rowsOf(page: Page, view: View, text = ''): Promise<number[]> {
  const vector = await ask(page, 'assets.query', { view, text, sort: { field: 'imported_at', direction: 'asc' } })
  return [...vector.rowIds]
}

/** Waits until the engine has a library that can be asked. */
export async function engineReady(page: Page): Promise<void> {
  // Asked from here by the clock: a wait inside of the page goes by its frames, and a window that isn't shown has none.
  await expect
    .poll(() => ask(page, 'shell.engine'), { timeout: 30_000, intervals: [50] })
    .toMatchObject({
      state: 'ready',
    })
}
