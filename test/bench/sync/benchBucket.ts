import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import type { Credentials } from '../../../src/shared/domain/remote.ts'

export interface Place {
  readonly endpoint: string
  readonly credentials: Credentials
}

/** The bucket of the benchmarks on a server that has just been started. */
export const BUCKET = 'bench'

export async function makeBenchBucket({ endpoint, credentials }: Place): Promise<void> {
  const { accessKeyId, secretAccessKey } = credentials
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  })
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }))
  client.destroy()
}
