import { ListMultipartUploadsCommand, ListPartsCommand } from '@aws-sdk/client-s3'
import type { UnfinishedUpload } from '../ports.ts'
import { errorNameOf, unquote } from './remoteErrors.ts'
import type { S3Requests } from './s3Requests.ts'

/** Parts by number; `size` in bytes. */
export type ListedParts = ReadonlyMap<number, { readonly etag: string; readonly size: number }>

/** What the store has of an upload, null when it no longer knows it. */
export async function listParts(
  s3: S3Requests,
  key: string,
  uploadId: string,
  signal: AbortSignal | undefined,
): Promise<ListedParts | null> {
  const parts = new Map<number, { etag: string; size: number }>()
  let marker: string | undefined
  do {
    try {
      const page = await s3.send(
        (client, abortSignal) =>
          client.send(
            new ListPartsCommand({
              Bucket: s3.bucket,
              Key: s3.fullKey(key),
              UploadId: uploadId,
              ...(marker === undefined ? {} : { PartNumberMarker: marker }),
            }),
            { abortSignal },
          ),
        signal,
      )
      for (const { PartNumber, ETag, Size } of page.Parts ?? []) {
        if (PartNumber !== undefined && ETag !== undefined && Size !== undefined) {
          parts.set(PartNumber, { etag: unquote(ETag), size: Size })
        }
      }
      const next = page.IsTruncated ? page.NextPartNumberMarker : undefined
      // A server that names the same place again would be asked for ever.
      marker = next === marker ? undefined : next
    } catch (error) {
      if (errorNameOf(error) === 'NoSuchUpload') return null
      throw error
    }
  } while (marker !== undefined)
  return parts
}

/** Uploads in parts below a prefix that nobody has ended; none where the server has no such list. */
export async function* listUploads(s3: S3Requests, prefix: string): AsyncGenerator<UnfinishedUpload> {
  let from: { readonly KeyMarker: string; readonly UploadIdMarker: string } | null = null
  for (;;) {
    const markers: object = from ?? {}
    const page = await s3
      .send((client, abortSignal) =>
        client.send(new ListMultipartUploadsCommand({ Bucket: s3.bucket, Prefix: s3.fullKey(prefix), ...markers }), {
          abortSignal,
        }),
      )
      .catch((error: unknown) => {
        if (/^(NotImplemented|MethodNotAllowed|XNotImplemented)$/.test(errorNameOf(error))) return null
        throw error
      })
    for (const { Key, UploadId, Initiated } of page?.Uploads ?? []) {
      if (Key === undefined || UploadId === undefined) continue
      yield { key: s3.relativeKey(Key), uploadId: UploadId, startedAt: Initiated?.getTime() ?? null }
    }
    const next =
      page?.IsTruncated && page.NextKeyMarker !== undefined
        ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker ?? '' }
        : null
    if (next === null || (next.KeyMarker === from?.KeyMarker && next.UploadIdMarker === from.UploadIdMarker)) return
    from = next
  }
}
