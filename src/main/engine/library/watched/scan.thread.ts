import { parentPort } from 'node:worker_threads'
import type { FolderScan, ScannedDirectory } from '../../ports.ts'
import { scanTree } from './scanTree.ts'

/** The thread in which watched folders are read: a disk that does not answer holds up nothing else. */

/** What it sends at once, about so many files. */
const BATCH_FILES = 4_000

parentPort?.on('message', (scan: FolderScan) => {
  let batch: ScannedDirectory[] = []
  let files = 0
  const send = (): void => {
    // One text is copied much faster than many; no name has this character.
    const packed = batch.map(({ names, folders, ...rest }) => ({
      ...rest,
      names: names.join('\0'),
      folders: folders.join('\0'),
    }))
    parentPort?.postMessage(
      { type: 'directories', directories: packed },
      batch.map(({ facts }) => facts.buffer as ArrayBuffer),
    )
    batch = []
    files = 0
  }
  const walk = scanTree(scan)
  let step = walk.next()
  for (; step.done !== true; step = walk.next()) {
    batch.push(step.value)
    files += step.value.names.length + 1
    if (files >= BATCH_FILES) send()
  }
  if (batch.length > 0) send()
  parentPort?.postMessage({ type: 'end', end: step.value })
})
