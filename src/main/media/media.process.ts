import { isMainThread } from 'node:worker_threads'

// One file, two threads: a bundle has one entry for each process, and the watchdog must not load a decoder.
if (isMainThread) {
  const { serveTasks } = await import('./serveTasks.ts')
  serveTasks(import.meta.url)
} else {
  const { watchProcess } = await import('./watchProcess.ts')
  watchProcess()
}
