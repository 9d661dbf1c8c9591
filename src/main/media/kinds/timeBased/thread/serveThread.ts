import { parentPort } from 'node:worker_threads'
import { readSoundFacts } from '../audio/readSoundFacts.ts'
import { readWaveform } from '../audio/readWaveform.ts'
import { ReadBudgetError, withBoundedFile } from '../boundedFile.ts'
import { readContainer, readContainerFrame } from '../video/readContainer.ts'
import type { Finding, FromThread, ThreadJob, ToThread } from './threadJobs.ts'

/** Does jobs for the main thread, one at a time, for as long as that wants. */
export function serveThread(): void {
  const port = parentPort
  if (port === null) throw new Error('There is no main thread to work for.')
  port.on('message', ({ id, job }: ToThread) => {
    void answer(id, job).then((message) => port.postMessage(message))
  })
}

async function answer(id: number, job: ThreadJob): Promise<FromThread> {
  try {
    return { id, ok: true, finding: await work(job) }
  } catch (error) {
    if (error instanceof ReadBudgetError) return { id, ok: true, finding: null }
    const { message, code, syscall } = error as NodeJS.ErrnoException
    if (code === undefined || syscall === undefined) throw error
    return { id, ok: false, error: { message, code, syscall } }
  }
}

function work(job: ThreadJob): Promise<Finding<ThreadJob>> {
  switch (job.kind) {
    case 'film':
      return withBoundedFile(job.path, readContainer)
    case 'film-frame':
      return withBoundedFile(job.path, (file) => readContainerFrame(file, job.second))
    case 'sound':
      return readSoundFacts(job.path, job.mimeType, job.size)
    case 'waveform':
      return withBoundedFile(job.path, (file) => readWaveform(file, job.sound))
  }
}
