import { parentPort, workerData } from 'node:worker_threads'
import { type DumpRequest, dumpState } from './dumpState.ts'

/** The thread in which a checkpoint is put together: it reads the whole catalogue, and the engine answers meanwhile. */

parentPort?.postMessage(dumpState(workerData as DumpRequest))
