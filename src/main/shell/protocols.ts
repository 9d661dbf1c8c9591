import { protocol, type Session } from 'electron'
import { developmentPolicy } from './contentPolicy.ts'
import { APP_SCHEME, ASSET_SCHEME, type PageOrigin } from './pageOrigin.ts'

type Answer = (request: Request) => Promise<Response>

/** Must be called before the app is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
    { scheme: ASSET_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** Serves both schemes to the pages of a session; Vite's pages get their policy as a header, too. */
export function serveSchemes(session: Session, page: PageOrigin, answers: { app: Answer; asset: Answer }): void {
  session.protocol.handle(APP_SCHEME, answers.app)
  session.protocol.handle(ASSET_SCHEME, answers.asset)
  if (!page.development) return
  session.webRequest.onHeadersReceived({ urls: [`${page.origin}/*`] }, ({ responseHeaders }, respond) => {
    respond({ responseHeaders: { ...responseHeaders, 'Content-Security-Policy': [developmentPolicy(page.origin)] } })
  })
}
