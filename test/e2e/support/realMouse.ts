import { execFileSync } from 'node:child_process'
import { pointerObstacle } from '../../../scripts/system-packages.ts'

/** Why the real mouse can't be moved here, null when it can. */
export const mouseObstacle = pointerObstacle

/** The mouse as the system has it, which Playwright's is not: only that one takes part in drags between programs. */
export const realMouse = {
  /** Moves in steps, as a hand does. Screen coordinates. */
  async move(x: number, y: number, steps = 8): Promise<void> {
    const [fromX = 0, fromY = 0] = xdotool('getmouselocation').match(/\d+/g)?.map(Number) ?? []
    for (let step = 1; step <= steps; step++) {
      const at = (from: number, to: number) => String(Math.round(from + ((to - from) * step) / steps))
      xdotool('mousemove', at(fromX, x), at(fromY, y))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  },
  down: () => void xdotool('mousedown', '1'),
  up: () => void xdotool('mouseup', '1'),
}

function xdotool(...args: string[]): string {
  return execFileSync('xdotool', args, { encoding: 'utf8', timeout: 10_000 })
}
