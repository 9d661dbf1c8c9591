import { BrowserWindow, type Session, session } from 'electron'
import type { AssetId } from '../../shared/domain/ids.ts'
import { type PosterFrame, posterFrameSchema } from '../../shared/domain/posterFrame.ts'
import { POSTER_POLICY } from './contentPolicy.ts'
import type { Log } from './log.ts'
import { APP_HOST, APP_SCHEME, type PageOrigin } from './pageOrigin.ts'
import { secureSession } from './security.ts'

type Answer = (request: Request) => Promise<Response>

interface PosterWindowOptions {
  readonly page: PageOrigin
  /** Serves the built pages. */
  readonly app: Answer
  /** Serves `asset://` addresses. */
  readonly asset: Answer
  readonly log: Log
}

/** Makes posters with Chromium's decoders, in a window that nobody sees. */
export interface PosterWindow {
  /** A frame of a film in the open library. Never rejects; one at a time, the others wait. */
  capture(assetId: AssetId): Promise<PosterFrame>
  /** Closes the window; what is under way is answered with `unavailable`. Another capture opens it again. */
  close(): void
}

const PAGE = `${APP_SCHEME}://${APP_HOST}/poster.html`
/** Side of the largest thumbnail. */
const SIDE = 600
/** A film that takes longer has sent the decoder around in circles: the window is thrown away. */
const LIMIT_MS = 30_000
/** A window without work is closed after this long. */
const IDLE_MS = 15_000
/** Larger than any frame of that size can be. */
const LARGEST_PICTURE = 8 * 1024 ** 2

const ORIGINAL = new RegExp(`^${APP_SCHEME}://${APP_HOST}/original/([0-9a-f-]{36})$`)

/**
 * The window has a session of its own, in which there is nothing but its page and the originals, at one origin: frames of a
 * film from another origin could not be read out of a canvas. It has no preload and no way to ask anything of anybody.
 */
export function createPosterWindow(options: PosterWindowOptions): PosterWindow {
  const { log } = options
  let own: PosterSession | null = null
  let window: BrowserWindow | null = null
  let abandon: (() => void) | null = null
  let idle: NodeJS.Timeout | undefined
  let last: Promise<unknown> = Promise.resolve()

  const close = () => {
    clearTimeout(idle)
    window?.destroy()
    window = null
    abandon?.()
  }
  const open = async (posters: PosterSession): Promise<BrowserWindow> => {
    if (window !== null && !window.isDestroyed()) return window
    const opened = new BrowserWindow({
      show: false,
      skipTaskbar: true,
      focusable: false,
      width: SIDE,
      height: SIDE,
      webPreferences: {
        session: posters.session,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        devTools: false,
        // Nobody ever sees it, and it has work to do.
        backgroundThrottling: false,
      },
    })
    window = opened
    opened.webContents.on('render-process-gone', (_, { reason }) => {
      if (window !== opened) return
      log.warn('posters', `The page that draws posters is gone: ${reason}`)
      close()
    })
    await opened.loadURL(PAGE)
    return opened
  }
  const capture = async (assetId: AssetId): Promise<PosterFrame> => {
    clearTimeout(idle)
    own ??= openSession(options)
    const posters = own
    posters.failed = false
    const given = Promise.withResolvers<PosterFrame>()
    abandon = () => given.resolve(unavailable('The window was closed.'))
    const limit = setTimeout(() => {
      log.warn('posters', `No frame of ${assetId} within ${LIMIT_MS / 1000} s`)
      close()
    }, LIMIT_MS)
    try {
      const frame = open(posters).then((opened) => askPage(opened, assetId))
      const found = await Promise.race([given.promise, frame])
      // What Chromium takes for a film that it can't play may be one that could not be read just now.
      return !found.ok && posters.failed ? unavailable('The original could not be read.') : found
    } catch (error) {
      log.warn('posters', `No frame of ${assetId}`, error)
      close()
      return unavailable('The page that draws posters failed.')
    } finally {
      clearTimeout(limit)
      abandon = null
      idle = setTimeout(close, IDLE_MS)
    }
  }

  return {
    capture(assetId) {
      const next = last.then(() => capture(assetId))
      last = next
      return next
    },
    close,
  }
}

/** What the page answers comes from a process that has just decoded an untrusted file. */
async function askPage(window: BrowserWindow, assetId: AssetId): Promise<PosterFrame> {
  const url = `${APP_SCHEME}://${APP_HOST}/original/${assetId}`
  const call = `window.captureFrame(${JSON.stringify(url)}, ${SIDE})`
  const frame = posterFrameSchema.parse(await window.webContents.executeJavaScript(call))
  if (frame.ok && frame.picture.length > LARGEST_PICTURE) return unavailable('The frame is too large.')
  return frame.ok ? frame : { ...frame, message: frame.message.slice(0, 300) }
}

interface PosterSession {
  readonly session: Session
  /** Whether an original could not be served since this was last set to false. */
  failed: boolean
}

function openSession({ page, app, asset, log }: PosterWindowOptions): PosterSession {
  // Without `persist:` in its name it is in memory only.
  const posters: PosterSession = { session: session.fromPartition('posters'), failed: false }
  secureSession(posters.session, page, log)
  posters.session.protocol.handle(APP_SCHEME, async (request) => {
    const id = ORIGINAL.exec(request.url)?.[1]
    if (id === undefined) return withPolicy(await app(request))
    const { method, headers } = request
    const answer = await asset(new Request(`asset://original/${id}`, { method, headers }))
    if (answer.status >= 400 && answer.status !== 416) posters.failed = true
    return answer
  })
  return posters
}

function withPolicy(answer: Response): Response {
  const headers = new Headers(answer.headers)
  headers.set('Content-Security-Policy', POSTER_POLICY)
  return new Response(answer.body, { status: answer.status, headers })
}

function unavailable(message: string): PosterFrame {
  return { ok: false, reason: 'unavailable', message }
}
