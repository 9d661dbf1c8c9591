// A real process that speaks the engine's wire contract and misbehaves on demand; run by engineSupervisor.test.ts.
// The first argument to every behaviour is the name of the request, or the library path that is opened.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FromEngine, ToEngine } from '../../../shared/contract/wire.ts'

const send = (message: unknown) => process.send?.(message as FromEngine)

let folder = ''

function open(path: string, create: boolean): void {
  folder = path
  appendFileSync(join(path, 'opens.txt'), `${create}\n`)
  if (path.endsWith('crash-loop')) process.exit(7)
  if (path.endsWith('newer')) {
    send({ type: 'open-failed', error: { code: 'library_newer', message: 'Made by a newer Vitrine.' } })
    return
  }
  if (path.endsWith('gone')) {
    send({ type: 'open-failed', error: { code: 'library_not_found', message: 'There is no library.' } })
    return
  }
  if (path.endsWith('slow')) {
    send({ type: 'opening', work: { stage: 'checking', done: 0, total: null } })
    send({ type: 'opening', work: { stage: 'rebuilding', done: 3, total: 7 } })
  }
  send({
    type: 'opened',
    library: {
      id: '01890a5d-ac96-774b-bcce-b302099a8057',
      name: 'Fake',
      path,
      dropFolder: join(path, 'drop'),
      dropFolderProblem: null,
      revision: 1,
      expiryDays: 7,
      recovered: null,
    },
  })
}

function answer(id: number, name: string, input: unknown): void {
  switch (name) {
    case 'echo':
      send({ type: 'answer', id, ok: true, value: input })
      return
    case 'vector':
      send({ type: 'answer', id, ok: true, value: new Int32Array([3, 1, 2]) })
      return
    case 'refuse':
      send({ type: 'refusal', id, error: { code: 'nothing_to_undo', message: 'Nothing to undo.', details: { a: 1 } } })
      return
    case 'crash':
      process.exit(1)
      return
    case 'disconnect':
      process.disconnect?.()
      return
    case 'silent':
      return
    case 'busy': {
      // Milliseconds in which nothing else is done, as in a long transaction.
      const end = Date.now() + Number(input)
      while (Date.now() < end);
      send({ type: 'answer', id, ok: true, value: undefined })
      return
    }
    case 'pid':
      send({ type: 'answer', id, ok: true, value: process.pid })
      return
    case 'capture':
      // Answered with what the shell answers; ids of both directions have nothing to do with each other.
      process.once('message', (message: ToEngine) => {
        if (message.type === 'captured') send({ type: 'answer', id, ok: true, value: message.frame })
      })
      send({ type: 'capture', id: 77, assetId: input })
      return
    case 'nonsense':
      send({ type: 'nonsense' })
      send('hello')
      send({ type: 'event', name: 'no.such.event', payload: 1 })
      send({ type: 'event', name: 'catalog.changed', payload: { revision: 'x' } })
      send({ type: 'event', name: 'catalog.changed', payload: { revision: 2, rowIds: null, membership: true } })
      send({ type: 'answer', id: 999_999, ok: true, value: 'for nobody' })
      console.log('a line on stdout')
      console.error('a line on stderr')
      send({ type: 'answer', id, ok: true, value: 'still here' })
      return
    case 'environment':
      send({ type: 'answer', id, ok: true, value: process.env[String(input)] ?? null })
      return
    case 'hang':
      process.removeAllListeners('message')
      process.on('message', () => undefined)
      send({ type: 'answer', id, ok: true, value: undefined })
  }
}

process.on('message', (message: ToEngine) => {
  if (message.type === 'open') open(message.path, message.create)
  else if (message.type === 'request') answer(message.id, message.name, message.input)
  else if (message.type === 'ping') send({ type: 'pong' })
  else if (message.type === 'close') {
    appendFileSync(join(folder, 'closed.txt'), 'cleanly\n')
    process.exit(0)
  }
})
