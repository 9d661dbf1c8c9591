import { request } from '../api/client.ts'
import { frame } from '../strings/frame.ts'
import { reportError } from './mutate.ts'

/** Lets a person choose the folder of another library and opens it. */
export async function chooseLibrary(): Promise<void> {
  try {
    const path = await request('shell.chooseFolder', { title: frame.chooseLibrary })
    if (path !== null) await request('shell.openLibrary', { path, create: false })
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Opens the system's file manager on the drop folder. */
export async function openDropFolder(): Promise<void> {
  await request('shell.openDropFolder').catch(reportError)
}

/** Starts the engine again after it gave up. */
export async function retryEngine(): Promise<void> {
  await request('shell.retryEngine').catch(reportError)
}

/** Opens the log in the system's file manager. */
export async function showLog(): Promise<void> {
  await request('shell.showLog').catch(reportError)
}

/** Wakes the sync loop. */
export async function syncNow(): Promise<void> {
  await request('sync.now').catch(reportError)
}
