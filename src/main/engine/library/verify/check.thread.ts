import { parentPort, workerData } from 'node:worker_threads'
import { checkDatabase } from '../../catalog/checkDatabase.ts'

/** The thread in which a catalogue is checked: that reads the whole file, and the engine answers meanwhile. */

parentPort?.postMessage(checkDatabase(String(workerData)))
