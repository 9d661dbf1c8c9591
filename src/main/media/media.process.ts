import { isMainThread, workerData } from 'node:worker_threads'
import { THREAD_ROLE } from './kinds/timeBased/thread/threadRole.ts'

// One file, several threads: a bundle has one entry for each process, and the watchdog must not load a decoder.
if (isMainThread) {
  const { serveTasks } = await import('./serveTasks.ts')
  serveTasks(import.meta.url)
} else if (workerData?.role === THREAD_ROLE) {
  const { serveThread } = await import('./kinds/timeBased/thread/serveThread.ts')
  serveThread()
} else {
  const { watchProcess } = await import('./watchProcess.ts')
  watchProcess()
}
