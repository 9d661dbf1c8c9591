import { type WriteCheckpointContext, writeCheckpoint } from './checkpoints/writeCheckpoint.ts'

/** What is done with a bucket beside files and logs, after each exchange: checkpoints for new devices. */
export async function tendBucket(context: Omit<WriteCheckpointContext, 'isDoomed'>): Promise<void> {
  await writeCheckpoint({ ...context, isDoomed: () => false })
}
