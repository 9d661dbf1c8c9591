/**
 * The policy of every page of ours. Styles are files and CSSOM writes (React's `style` prop), so neither inline style
 * elements nor style attributes in markup are needed.
 */
export const PAGE_POLICY = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' asset: blob: data:",
  'media-src': 'asset: blob:',
  'font-src': "'self'",
  'connect-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
})

/** The policy of the page that draws posters: its own script, and the film that it is given. */
export const POSTER_POLICY = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'media-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
})

/** The same page from Vite's server: its preamble is an inline script, its styles are injected, its updates a socket. */
export function developmentPolicy(origin: string): string {
  const socket = origin.replace(/^http/, 'ws')
  return policy({
    'default-src': "'none'",
    'script-src': "'self' 'unsafe-inline'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' asset: blob: data:",
    'media-src': 'asset: blob:',
    'font-src': "'self'",
    'connect-src': `'self' ${socket}`,
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  })
}

/**
 * The policy of an original when it is opened as a document: it may show itself and do nothing else, because an SVG or
 * HTML file came from anywhere.
 */
export const ORIGINAL_POLICY = `${policy({
  'default-src': "'none'",
  'img-src': 'data:',
  'style-src': "'unsafe-inline'",
})}; sandbox`

function policy(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}
