import type { CountingProxy, Fault, ProxiedRequest } from '../integration/sync/support/countingProxy.ts'
import type { Chance } from '../simulation/chance.ts'

/** What can be wrong between a device and its bucket for a while. */
export const weathers = ['clear', 'offline', 'cutting', 'losing', 'throttled', 'stalling', 'full'] as const
export type Weather = (typeof weathers)[number]

/** Lets a weather begin on the way of one device. */
export function setWeather(proxy: CountingProxy, weather: Weather, chance: Chance): void {
  proxy.fault = weather === 'clear' ? null : (seen) => faultOf(weather, seen, chance)
  if (weather === 'offline') proxy.cutAll()
}

function faultOf(weather: Exclude<Weather, 'clear'>, seen: ProxiedRequest, chance: Chance): Fault | null {
  switch (weather) {
    case 'offline':
      return { kind: 'cut' }
    case 'cutting':
      if (!chance.happens(0.4)) return null
      return { kind: 'cut-after', of: chance.pick(['request', 'answer'] as const), bytes: 1 + chance.below(20_000) }
    case 'losing':
      return chance.happens(0.4) ? { kind: 'lose-answer' } : null
    case 'throttled':
      return chance.happens(0.5) ? refusal(503, 'SlowDown', { 'retry-after': '1' }) : null
    case 'stalling':
      return chance.happens(0.05) ? { kind: 'stall' } : null
    case 'full':
      return seen.method === 'PUT' ? refusal(403, 'QuotaExceeded') : null
  }
}

function refusal(status: number, code: string, headers: Record<string, string> = {}): Fault {
  return { kind: 'answer', status, headers, body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>` }
}
