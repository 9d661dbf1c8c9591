import { hasDisplay } from './system-packages.ts'

/** Larger than any window the tests and the demonstration open, so that nothing is cut off. */
const SCREEN = '1920x1200x24'

/** The command line that runs `command` with a screen: the real one, or a virtual one where there is none. */
export function withDisplay(command: string, args: readonly string[]): [command: string, args: string[]] {
  if (hasDisplay) return [command, [...args]]
  return ['xvfb-run', ['--auto-servernum', `--server-args=-screen 0 ${SCREEN} -nolisten tcp`, command, ...args]]
}
