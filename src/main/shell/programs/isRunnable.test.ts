import { expect, it } from 'vitest'
import { isRunnable } from './isRunnable.ts'

it('tells what would be run from what is looked at', () => {
  for (const name of ['setup.exe', 'A.DESKTOP', 'run.sh', 'x.tar.command', 'trick.bat. ', 'a.lnk']) {
    expect(isRunnable(name), name).toBe(true)
  }
  for (const name of ['pier.png', 'film.mp4', 'exe', 'notes.md', 'a.exe.png', '.sh.jpg', '']) {
    expect(isRunnable(name), name).toBe(false)
  }
})
