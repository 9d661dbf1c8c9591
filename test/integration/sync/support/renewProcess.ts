// Opens a library, as a program does, and is killed just before its n-th step on the disk: renewProcess.ts <root> <n>
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { openLibrary } from '../../../../src/main/engine/library/openLibrary.ts'

const [root = '', step = ''] = process.argv.slice(2)
let left = Number(step)
for (const name of ['renameSync', 'rmSync', 'mkdirSync', 'fsyncSync'] as const) {
  const real = fs[name] as (...parameters: unknown[]) => unknown
  Object.assign(fs, {
    [name]: (...parameters: unknown[]) => {
      if (--left < 0) process.kill(process.pid, 'SIGKILL')
      return real(...parameters)
    },
  })
}
syncBuiltinESMExports()
openLibrary(root, () => Date.now()).catalog.close()
