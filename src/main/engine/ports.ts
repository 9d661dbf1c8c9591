import type { Readable } from 'node:stream'
import type { ErrorCode } from '../../shared/contract/errors.ts'
import type { RenderOutcomeMessage, RenderTaskMessage } from '../../shared/contract/mediaWire.ts'
import type { GenerationRecord } from '../../shared/domain/generation.ts'
import type { AssetId, RemoteId, Sha256 } from '../../shared/domain/ids.ts'
import type { SkipCode } from '../../shared/domain/import.ts'
import type { PosterFrame } from '../../shared/domain/posterFrame.ts'
import type { RemoteLocation } from '../../shared/domain/remote.ts'
import type { RemoteAbilities } from '../../shared/domain/remoteAbilities.ts'

/** Time as the engine sees it; tests and the simulator bring their own. */
export interface Clock {
  /** Milliseconds since the Unix epoch. May jump in either direction. */
  now(): number
  /** Calls back once after at least `ms` milliseconds; the returned function cancels. */
  after(ms: number, callback: () => void): () => void
}

/** One file for the media workers: what it is, and where its thumbnails go. */
export interface MediaTask {
  /** Absolute path of the original. */
  readonly path: string
  readonly sha256: Sha256
  readonly mimeType: string
  /** Absolute folder that receives `<sha256>-<size>.webp`. */
  readonly thumbnailFolder: string
  /** Pixels; each thumbnail fits inside a square of this side and is never enlarged. */
  readonly sizes: readonly number[]
  /** Files that describe this one (`.xmp`, `.txt`, `.swarm.json`), absolute paths. */
  readonly sidecars: readonly string[]
  /** A picture that was made of the file elsewhere (a frame that a window drew) and stands for it, absolute path. */
  readonly poster?: string | undefined
  /**
   * Left out: facts and thumbnails. Else only a closer look: a page (from 0) drawn at the one size into
   * `<sha256>-<size>.<format>`, or the text in `metadata.text`, with `metadata.truncated` if there is more.
   */
  readonly wanted?:
    | { readonly kind: 'drawing'; readonly page: number; readonly format: 'webp' | 'png' }
    | { readonly kind: 'text' }
    | undefined
}

/** What was read from a file that could be decoded. Fields that do not apply are null. */
export interface MediaFacts {
  /** After orientation. */
  readonly width: number | null
  readonly height: number | null
  readonly durationSeconds: number | null
  readonly frames: number | null
  /** Base64 of the thumbhash bytes. */
  readonly thumbhash: string | null
  /** `#rrggbb`, most common first. */
  readonly dominantColors: readonly string[]
  /** 64-bit perceptual hash as 16 hexadecimal digits; alike pictures differ in few bits. */
  readonly perceptualHash: string | null
  /** Milliseconds since the Unix epoch. */
  readonly capturedAt: number | null
  readonly gps: { readonly latitude: number; readonly longitude: number } | null
  /** Plain JSON: `format`, `exif` and whatever else was found. */
  readonly metadata: Readonly<Record<string, unknown>>
  /** How it was made, null unless the file says so. */
  readonly generation: GenerationRecord | null
  /** Sizes whose thumbnail was written, ascending. */
  readonly thumbnails: readonly number[]
  /**
   * Why there is no thumbnail although the file is sound (no decoder for its kind here), or, beside thumbnails, that
   * they show only a part of a damaged picture (`decode_failed`).
   */
  readonly noThumbnail: { readonly code: ErrorCode; readonly message: string } | null
}

export type MediaOutcome =
  | { readonly ok: true; readonly facts: MediaFacts }
  | {
      readonly ok: false
      readonly code: Extract<
        ErrorCode,
        | 'decode_failed'
        | 'decoder_crashed'
        | 'decoder_timeout'
        | 'decoder_memory'
        | 'pixel_limit'
        | 'file_vanished'
        | 'io_error'
        | 'disk_full'
      >
      readonly message: string
      /** What could be read although the file can't be drawn, null when nothing could. */
      readonly facts: MediaFacts | null
    }

/** Resolves when the original of an asset is on this computer. Rejects with why one in the bucket can't be had now. */
export type BringHere = (id: AssetId) => Promise<void>

/** The pool of expendable decoder processes. Never rejects for what a file does; only that file gets the blame. */
export interface MediaDecoder {
  process(task: MediaTask): Promise<MediaOutcome>
  /** How many files it works on at once. */
  readonly concurrency: number
  close(): Promise<void>
}

/** Other files to be made of a picture. */
export type RenderTask = RenderTaskMessage
export type RenderOutcome = RenderOutcomeMessage | Extract<MediaOutcome, { ok: false }>

/** Makes other files of pictures, in the same processes. */
export interface PictureRenderer {
  /** Of outputs that were made before one failed, some may stand. */
  render(task: RenderTask): Promise<RenderOutcome>
  /** How many files it works on at once. */
  readonly concurrency: number
}

/** What a scanner says of a file. */
export type ScanVerdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'found'; readonly signature: string }
  /** Larger than the scanner is set to take. */
  | { readonly kind: 'too-large' }
  | { readonly kind: 'failed'; readonly reason: string }

/** Looks at files for malware. */
export interface Scanner {
  /** Program and database, as the scanner itself says it. Rejects with `scanner_unreachable`. */
  version(): Promise<string>
  /** Rejects with `scanner_unreachable`, `cancelled`, or `io_error` for a file that can't be read. */
  scan(path: string, signal: AbortSignal): Promise<ScanVerdict>
}

/** Draws frames of films that only a window can decode. Only whoever hosts the window has one. */
export interface PosterFrames {
  /** Never rejects: what is wrong is in the answer. */
  capture(assetId: AssetId): Promise<PosterFrame>
}

export interface WatchedFile {
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
}

/** Watches one folder tree for files that have stopped changing. */
export interface Watcher {
  /** Reports every stable file that is there now and every one that appears later, each at least once. */
  start(folder: string, listener: WatcherListener): Promise<WatchHandle>
}
export interface WatcherListener {
  onStable(file: WatchedFile): void
  /** The folder itself is gone, unreadable, or back (null). */
  onProblem(problem: { readonly code: ErrorCode; readonly message: string } | null): void
}
export interface WatchHandle {
  /** True while some file is known that has not been reported yet. */
  readonly settling: boolean
  close(): Promise<void>
}

/** Which directories of a watched folder are to be read. */
export interface FolderScan {
  /** Absolute. */
  readonly root: string
  /** Relative to the root, with forward slashes, '' for the root itself. */
  readonly directories: readonly { readonly path: string; readonly deep: boolean }[]
  /** Absolute paths of folders that are not entered. */
  readonly exclude: readonly string[]
  /** Patterns of what is left out. */
  readonly ignore: readonly string[]
}
export interface ScannedDirectory {
  /** Relative to the root, with forward slashes. */
  readonly path: string
  readonly device: number
  /** Files, without what is left out. */
  readonly names: readonly string[]
  /** Inode, size in bytes, time of the last write and of the birth in ms, for each of `names`; 0 where it is not known. */
  readonly facts: Float64Array
  /** Names of the folders in it, without what is left out. */
  readonly folders: readonly string[]
}
export type FolderScanEnd =
  | {
      readonly problem: null
      /** Of the root. */
      readonly device: number
      readonly inode: number
      /** Relative paths of directories and files that are there but could not be looked at. */
      readonly unreadable: readonly string[]
      /** Directories that were asked for or listed, and are not there any more. */
      readonly absent: readonly string[]
    }
  | { readonly problem: 'absent' | 'unreadable' | 'not-a-folder' }

/** Reads directories off the main thread, so that a disk that does not answer holds up nothing else. */
export interface FolderScanner {
  /** Rejects with `io_error` when the disk does not answer, `cancelled` when it was closed. */
  scan(scan: FolderScan, onDirectory: (directory: ScannedDirectory) => void): Promise<FolderScanEnd>
  close(): Promise<void>
}

/** Tells that something changed in a directory of one folder tree. */
export interface FolderEvents {
  /** Listens to these directories and no others; returns those that it begins to listen to. Paths as in `FolderScan`. */
  listenTo(directories: ReadonlySet<string>): readonly string[]
  close(): void
}
export interface FolderEventsListener {
  onChanged(directory: string): void
  /** The system tells nothing, or no longer everything. */
  onDeaf(): void
}

/** A file that came from elsewhere and is to become an asset of the Workspace. */
export interface ArrivedFile {
  /** Absolute; the file is taken from there. */
  readonly path: string
  readonly bytes: number
  /** Name of its generation job, null when it is of none. */
  readonly job: string | null
}

/** The way into the Workspace for files that sync has brought. */
export interface Arrivals {
  /** Goes on with what an earlier process had begun; resolves when that is over. */
  resume(): Promise<void>
  /** Bytes and type of a file. Rejects with a `VitrineError`. */
  identify(path: string, signal: AbortSignal): Promise<{ readonly sha256: Sha256; readonly mimeType: string }>
  /** Takes a file in: it is moved. Resolves with its asset once that has a row; rejects with why it has none. */
  takeIn(file: ArrivedFile): Promise<AssetId>
  /** Resolves when decoders have looked at everything that was taken in. */
  settled(): Promise<void>
  /** The asset that the file at this path became, if it was taken in before. */
  takenAs(path: string): AssetId | undefined
  /** A generation job has got files; it runs from now on. */
  begin(job: string): void
  /** Whether a file of this name is left out of every import: a system's own, or half a download. */
  leavesOut(fileName: string): boolean
}

/** What an import finds in a bucket that other programs write to. */
export interface ForeignObject {
  readonly key: string
  readonly size: number
  readonly etag: string | null
  /** Milliseconds since the Unix epoch. */
  readonly modifiedAt: number | null
  /** Why it is left out on purpose, null if it is not. */
  readonly skip: SkipCode | null
}

/** Buckets and folders whose files become assets where they are. */
export interface ForeignObjects {
  /**
   * What is new there or has other content than what was taken in, behind a key, in the order of keys. Throws what the
   * store says.
   */
  list(remote: RemoteId, after: string, signal: AbortSignal): AsyncIterable<ForeignObject>
  /**
   * Brings an object to a durable file with the object's time, once there is room for it. Throws `name_invalid`, `not_found`,
   * `remote_checksum` for one that is not as it was listed, `cancelled`, what the store or the disk says.
   */
  fetch(
    remote: RemoteId,
    object: Pick<ForeignObject, 'key' | 'size' | 'modifiedAt'>,
    target: string,
    signal: AbortSignal,
  ): Promise<void>
}

/** What a store says about one object. */
export interface ObjectInfo {
  readonly key: string
  readonly size: number
  /** As the store gives it, without quotes. Not a content hash in general. */
  readonly etag: string | null
  /** From our own metadata on the object, when there is any. */
  readonly sha256: Sha256 | null
  readonly modifiedAt: number | null
}

/** Limits how fast bytes go in one direction. */
export interface Pace {
  /** Resolves when this many bytes may go, at once without a limit. Rejects with `cancelled`. */
  take(bytes: number, signal?: AbortSignal | undefined): Promise<void>
}

/** How a stored object was shown to hold the right bytes. */
export type Verification = 'checksum-header' | 'etag-md5' | 'multipart-etag' | 'read-back'

/** A bucket (below its prefix) or a folder. All keys are relative, slash-separated, already checked by the caller. */
export interface ObjectStore {
  head(key: string): Promise<ObjectInfo | null>
  /** `range` counts bytes from 0, both ends included. A store that can't send a part is read from its start, unseen. */
  get(
    key: string,
    range?: { readonly start: number; readonly end: number },
    signal?: AbortSignal | undefined,
  ): Promise<Readable>
  /**
   * Stores a local file and does not resolve before the store has confirmed the checksum of what it holds.
   * Throws a `VitrineError` with a `remote_*`, `file_vanished`, `cancelled` or `io_error` code.
   */
  putFile(key: string, file: PutFile): Promise<{ readonly info: ObjectInfo; readonly verified: Verification }>
  /**
   * Whether the store already holds exactly these bytes under the key, shown as for `putFile`; null when it does not.
   * Makes a second upload unnecessary after an answer was lost.
   */
  confirm(key: string, file: PutFile): Promise<{ readonly info: ObjectInfo; readonly verified: Verification } | null>
  /** Frees the parts of an upload that will not be gone on with. One that is gone already is no error. */
  abandon(key: string, uploadId: string): Promise<void>
  /** Uploads in parts that somebody began below a prefix and did not end; nothing where there are none or none are told. */
  unfinished(prefix: string): AsyncIterable<UnfinishedUpload>
  /** The store's clock minus ours in milliseconds, as of its last answer; null when it has not told. */
  readonly clockOffsetMs: number | null
  /** A small object, e.g. `library.json`. */
  putBytes(key: string, bytes: Uint8Array, contentType: string): Promise<ObjectInfo>
  /**
   * A small object that must not replace another: false, and nothing written, when there is one under the key. Where the
   * store can't say so in one request, it is asked first.
   */
  createBytes(key: string, bytes: Uint8Array, contentType: string): Promise<boolean>
  list(prefix: string, startAfter?: string): AsyncIterable<ObjectInfo>
  /** Copies an object within the store, without a detour over this computer. Throws `not_found`. */
  copy(from: string, to: string): Promise<void>
  /**
   * Copies an object of another place that the same keys open, without a detour over this computer, and says of the copy
   * what it is. False where the service can't or won't. Absent where what is stored is not what it was there. Throws `not_found`.
   */
  copyFrom?(
    place: RemoteLocation,
    from: string,
    to: string,
    copy: Pick<PutFile, 'sha256' | 'contentType'>,
  ): Promise<boolean>
  /** Finds out what the store can do, with small objects under this key and others that begin with it; all are removed. */
  probe(key: string): Promise<Abilities>
  /** An address under which anybody can read an object for so long, at most a week; null where there are none. */
  link(key: string, expiresSeconds: number): string | null
  delete(key: string): Promise<void>
  close(): void
}
export type Abilities = Omit<RemoteAbilities, 'clockOffsetMs' | 'checkedAt'>
export interface PutFile {
  readonly path: string
  readonly size: number
  readonly sha256: Sha256
  readonly contentType: string
  readonly signal?: AbortSignal
  /** Bytes sent or found on the store so far. */
  readonly onProgress?: (bytes: number) => void
  readonly pace?: Pace | undefined
  /** Room for its requests; without it they go one at a time. */
  readonly lanes?: Lanes | undefined
  /** What is written down so that an upload in parts goes on after a kill; without it the next attempt begins afresh. */
  readonly notes?: UploadNotes | undefined
  /** Whether a part that failed is to be sent again now; resolves after the pause before that. `attempt` counts from 1. */
  readonly again?: ((error: unknown, attempt: number) => Promise<boolean>) | undefined
}

/** Room for requests that all transfers share. */
export interface Lanes {
  /** Resolves when there is room for one more. Rejects with `cancelled`. The room is taken until `end` is called, once. */
  take(signal?: AbortSignal | undefined): Promise<Lane>
}
export interface Lane {
  /** `bytes` is what went through; `failure` is what the request threw, if it did. */
  end(bytes: number, failure?: unknown): void
}

/** What is written down of one upload in parts. */
export interface UploadNotes {
  /** What an earlier attempt wrote down, null if nothing. */
  read(): BegunUpload | null
  begin(upload: Omit<BegunUpload, 'parts'>): void
  /** A part that the store has confirmed. */
  part(part: ConfirmedPart): void
  /** There is nothing to go on with any more. */
  end(): void
}
export interface BegunUpload {
  readonly uploadId: string
  readonly size: number
  readonly sha256: string
  readonly partSize: number
  readonly parts: ReadonlyMap<number, ConfirmedPart>
}
export interface ConfirmedPart {
  /** From 1, as S3 counts. */
  readonly number: number
  /** Of its bytes, hexadecimal. */
  readonly md5: string
  /** As the store gave it; in encrypted buckets not the MD5. */
  readonly etag: string
}
export interface UnfinishedUpload {
  readonly key: string
  readonly uploadId: string
  readonly startedAt: number | null
}
