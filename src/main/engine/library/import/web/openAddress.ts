import { lookup as lookUp } from 'node:dns'
import * as http from 'node:http'
import * as https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { VitrineError } from '../../../../../shared/contract/errors.ts'
import { isLocalAddress } from './localAddress.ts'

const MOST_REDIRECTS = 5
/** A server that says nothing for this long is given up (milliseconds). */
const SILENCE_MS = 20_000

type IsLocal = (address: string) => boolean

export interface OpenedAddress {
  readonly body: http.IncomingMessage
  /** Where the redirects led. */
  readonly url: URL
}

/**
 * Asks a web server for what is at an address, following redirects. The address itself may be of the person's own network: they
 * chose it (a generator's page on this computer, say). From the open internet no redirect leads there, or a page could reach what
 * only this computer can.
 *
 * @param isLocal which IP addresses are of the person's own network
 * @throws {VitrineError} `invalid_request` for what is no web address, `download_failed` with what went wrong
 */
export async function openAddress(
  address: string,
  signal: AbortSignal,
  isLocal: IsLocal = isLocalAddress,
): Promise<OpenedAddress> {
  let url = webAddress(URL.parse(address))
  let mayBeLocal = true
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answer = await ask(url, mayBeLocal ? null : isLocal, signal)
    mayBeLocal &&= isLocal(answer.socket.remoteAddress ?? '')
    const status = answer.statusCode ?? 0
    if (status === 200) return { body: answer, url }
    answer.destroy()
    const { location } = answer.headers
    if (status < 301 || status > 308 || location === undefined || status === 304)
      throw failed(url, `answered ${status} instead of a picture`)
    url = webAddress(URL.parse(location, url))
  }
  throw failed(url, 'sends from one address to the next and never arrives')
}

/** What went wrong with a server, for a person. */
export function failed(url: URL, what: string): VitrineError {
  return new VitrineError('download_failed', `${url.hostname} ${what}.`, { host: url.hostname })
}

function webAddress(url: URL | null): URL {
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new VitrineError('invalid_request', 'Only http and https addresses can be fetched.', { field: 'address' })
  if (url.username !== '' || url.password !== '')
    throw new VitrineError('invalid_request', 'An address with a password in it is not fetched.', { field: 'address' })
  return url
}

/** @param barred which addresses may not be asked; null for none */
function ask(url: URL, barred: IsLocal | null, signal: AbortSignal): Promise<http.IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (barred !== null && isIP(host) !== 0 && barred(host))
    throw failed(url, 'is of your own network, where no page may lead')
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http
    const asked = request(url, {
      signal,
      // One connection for each, so that nothing stays open behind a person's back.
      agent: false,
      maxHeaderSize: 32 * 1024,
      timeout: SILENCE_MS,
      headers: {
        accept: 'image/*,video/*,audio/*;q=0.8,*/*;q=0.5',
        'accept-encoding': 'identity',
        'user-agent': 'Vitrine',
      },
      ...(barred === null ? {} : { lookup: lookupWithout(barred) }),
    })
    asked.once('timeout', () => asked.destroy(failed(url, 'does not answer')))
    asked.once('error', (error) => reject(error instanceof VitrineError ? error : explained(url, error)))
    asked.once('response', resolve)
    asked.end()
  })
}

/** Finds the addresses of a name and leaves out those that may not be asked. */
function lookupWithout(barred: IsLocal): LookupFunction {
  return (hostname, options, answer) => {
    lookUp(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return answer(error, '')
      const [first, ...others] = found.filter(({ address }) => !barred(address))
      if (first === undefined) answer(new LocalAddress(), '')
      else if (options.all === true) answer(null, [first, ...others])
      else answer(null, first.address, first.family)
    })
  }
}

class LocalAddress extends Error {}

/** Node's words for what became of a connection, as a person can use them. */
export function explained(url: URL, error: Error): VitrineError {
  const { code } = error as NodeJS.ErrnoException
  if (error instanceof LocalAddress) return failed(url, 'is of your own network, where no page may lead')
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return failed(url, 'took too long')
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return failed(url, 'is not known; is this computer online?')
  if (code?.startsWith('ERR_TLS') || code?.includes('CERT') || code?.includes('SELF_SIGNED'))
    return failed(url, 'does not show who it is (its certificate is not valid)')
  return failed(url, 'could not be reached, or broke off')
}
