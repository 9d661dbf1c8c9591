import { request } from '../api/client.ts'
import { useLibrary } from '../queries/library.ts'
import { frame } from '../strings/frame.ts'
import { libraries } from '../strings/libraries.ts'
import { settings } from '../strings/settings.ts'
import { copyText } from './assets.ts'
import { reportError } from './mutate.ts'

/** Opens the library in a folder, in place of the one that is open. @returns false when it could not be opened */
export async function openLibrary(path: string, create = false): Promise<boolean> {
  try {
    await request('shell.openLibrary', { path, create })
    return true
  } catch (thrown) {
    reportError(thrown)
    return false
  }
}

/** Lets a person choose the folder of another library and opens it. */
export async function chooseLibrary(): Promise<boolean> {
  return chooseAndOpen(frame.chooseLibrary, false)
}

/** Lets a person choose a folder and makes a library there. */
export async function createLibrary(): Promise<boolean> {
  return chooseAndOpen(libraries.chooseNew, true)
}

async function chooseAndOpen(title: string, create: boolean): Promise<boolean> {
  try {
    const path = await request('shell.chooseFolder', { title })
    return path !== null && (await openLibrary(path, create))
  } catch (thrown) {
    reportError(thrown)
    return false
  }
}

/** Opens another window of the library. */
export async function newWindow(): Promise<void> {
  await request('shell.newWindow').catch(reportError)
}

/** Ends an engine that does not answer, and starts it again. */
export async function restartEngine(): Promise<void> {
  await request('shell.restartEngine').catch(reportError)
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

/** Puts what a report needs on the clipboard: versions, state and the end of the log, without secrets. */
export async function copyDiagnostics(): Promise<void> {
  try {
    await copyText(await request('shell.diagnostics'), settings.diagnosticsName)
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Wakes the sync loop. */
export async function syncNow(): Promise<void> {
  await request('sync.now').catch(reportError)
}

/** Stops sending, or goes on with it. */
export async function pauseSync(paused: boolean): Promise<void> {
  try {
    const sync = await request('sync.pause', { paused })
    useLibrary.setState({ sync })
  } catch (thrown) {
    reportError(thrown)
  }
}
