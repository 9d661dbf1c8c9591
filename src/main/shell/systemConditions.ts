import { execFile } from 'node:child_process'
import { net, powerMonitor } from 'electron'
import type { TransferConditions } from '../../shared/domain/transfer.ts'

/** How often it is looked whether there is a network: Electron tells of no change. The look is a look into memory. */
const ONLINE_EVERY_MS = 3_000
/** How often NetworkManager is asked whether the connection is paid by volume. */
const METERED_EVERY_MS = 60_000
const BUSCTL_MS = 2_000

/**
 * Watches the network and the power supply. `onConditions` hears of each change, and of what holds now when it begins;
 * `onWoken` when the computer comes back from sleep, because connections of before are dead then. Returns how to stop.
 */
export function watchSystemConditions(
  onConditions: (conditions: TransferConditions) => void,
  onWoken: () => void,
): () => void {
  let metered: boolean | null = null
  let told = ''
  const tell = (): void => {
    const conditions = { online: net.isOnline(), onBattery: powerMonitor.isOnBatteryPower(), metered }
    const text = JSON.stringify(conditions)
    if (text === told) return
    told = text
    onConditions(conditions)
  }
  const lookAtCost = async (): Promise<void> => {
    metered = await isMetered()
    tell()
  }
  powerMonitor.on('on-battery', tell).on('on-ac', tell).on('resume', onWoken)
  const timers = [setInterval(tell, ONLINE_EVERY_MS), setInterval(() => void lookAtCost(), METERED_EVERY_MS)]
  tell()
  void lookAtCost()
  return () => {
    for (const timer of timers) clearInterval(timer)
    powerMonitor.off('on-battery', tell).off('on-ac', tell).off('resume', onWoken)
  }
}

/**
 * Whether the connection is paid by volume, null where nobody tells: only NetworkManager on Linux does. Its values are 1
 * (yes), 2 (no), 3 (yes, as far as it can guess), 4 (no, likewise), 0 (unknown). Source: NetworkManager D-Bus API, `NMMetered`.
 */
function isMetered(): Promise<boolean | null> {
  if (process.platform !== 'linux') return Promise.resolve(null)
  const manager = 'org.freedesktop.NetworkManager'
  const args = ['get-property', manager, '/org/freedesktop/NetworkManager', manager, 'Metered']
  return new Promise((resolve) => {
    execFile('busctl', args, { timeout: BUSCTL_MS, encoding: 'utf8' }, (error, answer) => {
      resolve(error ? null : meteredOf(answer))
    })
  })
}

function meteredOf(answer: string): boolean | null {
  const value = /^u ([0-4])$/.exec(answer.trim())?.[1]
  if (value === undefined || value === '0') return null
  return value === '1' || value === '3'
}
