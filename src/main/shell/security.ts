import { app, type Session, shell, type WebContents } from 'electron'
import { VitrineError } from '../../shared/contract/errors.ts'
import type { Log } from './log.ts'
import { APP_SCHEME, ASSET_SCHEME, type PageOrigin, parseUrl } from './pageOrigin.ts'

/** Schemes that a page of ours may load from; the page's policy narrows them further. */
const LOADED_FROM = new Set([`${APP_SCHEME}:`, `${ASSET_SCHEME}:`, 'blob:', 'data:', 'devtools:'])

/** A page gets no permission, no device, no download, and nothing that is not ours over any protocol. */
export function secureSession(session: Session, page: PageOrigin, log: Log): void {
  session.setPermissionCheckHandler(() => false)
  session.setPermissionRequestHandler((_, permission, decide, details) => {
    // The viewer's full screen; every way out of it is Chromium's own.
    const granted = permission === 'fullscreen' && details.isMainFrame && page.owns(details.requestingUrl)
    if (!granted) log.warn('security', `Denied permission ${permission}`)
    decide(granted)
  })
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event, item) => {
    event.preventDefault()
    log.warn('security', `Denied a download from ${shorten(item.getURL())}`)
  })
  session.webRequest.onBeforeRequest((details, decide) => {
    const allowed = mayLoad(details.url, page)
    if (!allowed) log.warn('security', `Blocked a request for ${shorten(details.url)}`)
    decide({ cancel: !allowed })
  })
}

/** Every page stays where it is, opens nothing and holds nothing foreign. */
export function secureAllContents(page: PageOrigin, log: Log): void {
  app.on('web-contents-created', (_, contents) => secureContents(contents, page, log))
}

function secureContents(contents: WebContents, page: PageOrigin, log: Log): void {
  const stay = (event: { preventDefault(): void; readonly url: string; readonly isMainFrame: boolean }) => {
    // Loading our page again is no departure: Vite's server asks for it after a change, and so may a person.
    if (event.isMainFrame && withoutFragment(event.url) === withoutFragment(page.url)) return
    event.preventDefault()
    log.warn('security', `Denied navigation to ${shorten(event.url)}`)
  }
  contents.on('will-frame-navigate', stay)
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('security', `Denied a window for ${shorten(url)}`)
    return { action: 'deny' }
  })
}

function mayLoad(url: string, page: PageOrigin): boolean {
  const parsed = parseUrl(url)
  if (parsed === null) return false
  if (LOADED_FROM.has(parsed.protocol)) return true
  return page.development && parsed.host === parseUrl(page.origin)?.host
}

/**
 * Opens a web page in the person's browser.
 *
 * @throws {VitrineError} `invalid_request` for anything but an https address without a user and password.
 */
export async function openExternal(url: string): Promise<void> {
  const parsed = url.length <= 2000 ? parseUrl(url) : null
  if (parsed?.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '') {
    throw new VitrineError('invalid_request', 'Only https addresses can be opened in the browser.', { field: 'url' })
  }
  await shell.openExternal(parsed.href)
}

function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '')
}

function shorten(url: string): string {
  return url.slice(0, 200)
}
