export const APP_SCHEME = 'app'
export const ASSET_SCHEME = 'asset'
export const APP_HOST = 'vitrine'

/** Where our page comes from. */
export interface PageOrigin {
  /** What the window loads. */
  readonly url: string
  /** As the browser writes it: `app://vitrine`, or that of Vite's server. */
  readonly origin: string
  /** True when Vite's server serves the page. */
  readonly development: boolean
  /** Whether a frame at this URL is our page. */
  owns(url: string): boolean
}

/**
 * @param developmentUrl Vite's server, as electron-vite names it; undefined in a package and wherever the built page is
 * used. Only this machine is accepted, so that a variable left in the environment can't load a page from elsewhere.
 */
export function pageOrigin(developmentUrl: string | undefined): PageOrigin {
  const server = developmentUrl === undefined ? null : parseUrl(developmentUrl)
  if (server !== null && server.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(server.hostname)) {
    return {
      url: server.href,
      origin: server.origin,
      development: true,
      owns: (url) => parseUrl(url)?.origin === server.origin,
    }
  }
  return {
    url: `${APP_SCHEME}://${APP_HOST}/index.html`,
    origin: `${APP_SCHEME}://${APP_HOST}`,
    development: false,
    owns: (url) => {
      const parsed = parseUrl(url)
      return parsed?.protocol === `${APP_SCHEME}:` && parsed.host === APP_HOST && parsed.username === ''
    },
  }
}

/** Null for what is not a URL. (`URL.parse` is newer than the oldest Electron.) */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}
