import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { drawnUrl, originalUrl, thumbnailUrl } from '../../src/shared/contract/bridge.ts'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'

// What a renderer that has been taken over can do: everything here runs inside of the real page.

/** Chromium's own words for what these tests provoke. */
const REFUSALS =
  /Refused to|violates the following|Not allowed to|Failed to load resource|net::ERR_|blocked|Permission|permission/i

async function launch(vitrine: VitrineUnderTest): Promise<{ page: Page; app: ElectronApplication }> {
  const running = await vitrine.launch()
  running.expectErrors(REFUSALS)
  await engineReady(running.window)
  return { page: running.window, app: running.app }
}

/** One real asset with thumbnails, so that "nothing comes back" is told from "nothing ever would". */
async function importPicture(vitrine: VitrineUnderTest, page: Page) {
  const paths = await writePictures(join(vitrine.folders.root, 'made'), 1)
  await ask(page, 'imports.start', { paths, options: {}, source: 'window' })
  const view = { kind: 'workspace' } as const
  await expect.poll(async () => (await rowsOf(page, view, 'status:available')).length, { timeout: 30_000 }).toBe(1)
  const [card] = await ask(page, 'assets.cards', { rowIds: await rowsOf(page, view) })
  if (card === undefined) throw new Error('The imported picture has no card.')
  return card
}

test('the page has no Node and reaches the program through three functions only', async ({ vitrine }) => {
  const { page } = await launch(vitrine)
  const seen = await page.evaluate(() => {
    const before = window.vitrine
    try {
      Object.assign(window, { vitrine: { request: () => 'forged' } })
    } catch {
      // Read-only, as it should be.
    }
    return {
      node: ['process', 'require', 'module', 'global', 'Buffer', '__dirname', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
      bridge: Object.entries(window.vitrine).map(([name, value]) => `${name}: ${typeof value}`),
      same: window.vitrine === before,
    }
  })
  expect(seen.node).toEqual([])
  expect(seen.bridge.sort()).toEqual(['on: function', 'pathForFile: function', 'request: function'])
  expect(seen.same).toBe(true)
})

test('forged requests and payloads get a typed refusal, and the app goes on', async ({ vitrine }) => {
  const { page } = await launch(vitrine)
  const codes = await page.evaluate(async () => {
    const request = window.vitrine.request as (name: unknown, input: unknown) => Promise<{ error?: { code: string } }>
    const code = async (name: unknown, input?: unknown) => {
      try {
        return (await request(name, input)).error?.code ?? 'answered'
      } catch (error) {
        return `thrown: ${String(error)}`
      }
    }
    return {
      unknown: [
        await code('no.such.request'),
        await code('vitrine:event'),
        await code('__proto__'),
        await code('constructor'),
        await code('shell.openLibrary\0'),
        await code(7),
        await code(null),
      ],
      invalid: [
        await code('assets.query', { view: { kind: '../../etc' } }),
        await code('assets.keep', { assets: { ids: ['../../etc/passwd'] } }),
        await code('assets.get', { id: "' OR 1=1 --" }),
        await code('library.info', { unexpected: true }),
        await code('shell.openExternal', { url: 'file:///etc/passwd' }),
        await code('shell.openExternal', { url: 'javascript:alert(1)' }),
        await code('shell.openExternal', { url: 'https://user:password@example.com/' }),
        await code('shell.openExternal', { url: 'http://example.com/' }),
      ],
      function: await code('shell.copyText', { text: () => 'no' }),
    }
  })
  expect(new Set(codes.unknown)).toEqual(new Set(['unknown_request']))
  expect(new Set(codes.invalid)).toEqual(new Set(['invalid_request']))
  expect(codes.function).toMatch(/could not be cloned|invalid_request/)
  expect((await ask(page, 'library.info')).path).toBe(vitrine.folders.library)
})

test('a window that is not ours is refused, even with our preload and our address', async ({ vitrine }) => {
  const { app } = await launch(vitrine)
  const answers = await app.evaluate(async ({ app: electron, BrowserWindow }) => {
    const preload = `${electron.getAppPath()}/out/preload/index.cjs`
    const results: unknown[] = []
    for (const url of ['app://vitrine/index.html', 'data:text/html,<p>foreign</p>']) {
      const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
      await window.loadURL(url)
      results.push(await window.webContents.executeJavaScript("window.vitrine.request('library.info', undefined)"))
      window.destroy()
    }
    return results
  })
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden_sender' } })
})

test('asset addresses lead to assets and nowhere else', async ({ vitrine }) => {
  const { page, app } = await launch(vitrine)
  const card = await importPicture(vitrine, page)
  const hostile = [
    'asset://thumb/../../../etc/passwd',
    'asset://thumb/..%2f..%2f..%2fetc%2fpasswd',
    'asset://thumb/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
    `asset://thumb/${card.sha256}/..%2f..%2f..%2f..%2fetc%2fpasswd`,
    `asset://thumb/${card.sha256}%00/300`,
    `asset://thumb/${card.sha256}/300?x`,
    `asset://thumb/${card.sha256.toUpperCase()}/300`,
    `asset://original/${card.id}/../..`,
    `asset://original/${card.id}/../../../etc/passwd`,
    'asset://original//etc/passwd',
    'asset://original/00000000-0000-0000-0000-000000000000',
    'asset://drawn/../../etc/passwd',
    `asset://drawn/${card.id}/0/300`,
    `asset://drawn/${card.id}/..%2f..%2f0/2048`,
    `asset://drawn/${card.id}/0/2048/../../../../etc/passwd`,
    'asset://drawn/00000000-0000-0000-0000-000000000000/0/2048',
    'asset://../etc/passwd',
    'file:///etc/passwd',
    'app://vitrine/../../package.json',
    'app://vitrine/..%2f..%2fpackage.json',
  ]
  const loaded = await page.evaluate(
    async ({ good, bad }) => {
      const asImage = (url: string) =>
        new Promise<number>((resolve) => {
          const image = new Image()
          image.onload = () => resolve(image.naturalWidth)
          image.onerror = () => resolve(0)
          image.src = url
        })
      const asText = async (url: string) => {
        try {
          const response = await fetch(url)
          return response.ok ? await response.text() : ''
        } catch {
          return ''
        }
      }
      const asFrame = (url: string) =>
        new Promise<string>((resolve) => {
          const frame = document.createElement('iframe')
          const end = () => {
            let text = ''
            try {
              text = frame.contentDocument?.body?.textContent ?? ''
            } catch {
              text = '' // another origin: nothing of it can be read
            }
            frame.remove()
            resolve(text)
          }
          frame.onload = end
          setTimeout(end, 1000)
          frame.src = url
          document.body.append(frame)
        })
      return {
        good: await Promise.all(good.map(asImage)),
        images: await Promise.all(bad.map(asImage)),
        texts: await Promise.all(bad.map(asText)),
        frames: await Promise.all(bad.map(asFrame)),
      }
    },
    { good: [thumbnailUrl(card.sha256, 150), originalUrl(card.id), drawnUrl(card.id, 0, 2048)], bad: hostile },
  )
  expect(Math.min(...loaded.good)).toBeGreaterThan(0)
  expect(loaded.images).toEqual(hostile.map(() => 0))
  expect(loaded.texts).toEqual(hostile.map(() => ''))
  expect(loaded.frames).toEqual(hostile.map(() => ''))

  // The protocol itself, without the page's policy in front of it.
  const answers = await app.evaluate(
    async ({ net }, urls) =>
      Promise.all(
        urls.map(async (url) => {
          const response = await net.fetch(url).catch(() => null)
          return response === null ? 'nothing' : `${response.status} ${(await response.text()).length}`
        }),
      ),
    hostile.filter((url) => !url.startsWith('file:')),
  )
  for (const answer of answers) expect(answer).toMatch(/^(nothing|400 0|404 0)$/)
})

test('originals are streamed with ranges, thumbnails may be kept for ever, and both are only read', async ({
  vitrine,
}) => {
  const { page, app } = await launch(vitrine)
  const card = await importPicture(vitrine, page)
  const get = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
    app.evaluate(
      async ({ net }, request) => {
        const response = await net.fetch(request.url, { method: request.method, headers: request.headers })
        const { length } = new Uint8Array(await response.arrayBuffer())
        return { status: response.status, headers: Object.fromEntries(response.headers), length }
      },
      { url, headers, method },
    )
  const original = originalUrl(card.id)
  const size = card.file_size_bytes
  expect(await get(original)).toMatchObject({ status: 200, length: size })
  expect(await get(original, { Range: 'bytes=10-19' })).toMatchObject({
    status: 206,
    length: 10,
    headers: { 'content-range': `bytes 10-19/${size}`, 'content-type': 'image/png' },
  })
  expect(await get(original, { Range: `bytes=${size}-` })).toMatchObject({
    status: 416,
    headers: { 'content-range': `bytes */${size}` },
  })
  expect((await get(original)).headers['content-security-policy']).toMatch(/sandbox/)
  const thumbnail = thumbnailUrl(card.sha256, 300)
  expect((await get(thumbnail)).headers).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect((await get(thumbnailUrl('0'.repeat(64), 300))).headers['cache-control']).toBe('no-store')
  expect((await get(original, {}, 'POST')).status).toBe(405)
  expect((await get(thumbnail, {}, 'DELETE')).status).toBe(405)
})

test('the page stays where it is and opens nothing', async ({ vitrine }) => {
  const { page, app } = await launch(vitrine)
  const address = page.url()
  await page.evaluate(() => Object.assign(window, { stillTheSamePage: true }))
  const opened = await page.evaluate(async () => {
    const results = ['https://example.com', 'file:///etc/passwd', 'about:blank', 'app://vitrine/index.html'].map(
      (url) => window.open(url) === null,
    )
    const link = (target: string, href: string) => {
      const anchor = document.createElement('a')
      Object.assign(anchor, { target, href })
      document.body.append(anchor)
      anchor.click()
      anchor.remove()
    }
    link('_blank', 'https://example.com/')
    link('_self', 'https://example.com/')
    const form = document.createElement('form')
    Object.assign(form, { action: 'https://example.com/', method: 'post' })
    document.body.append(form)
    form.submit()
    const refresh = document.createElement('meta')
    Object.assign(refresh, { httpEquiv: 'refresh', content: '0; url=https://example.com/' })
    document.head.append(refresh)
    for (const url of ['https://example.com', 'file:///etc/passwd', 'data:text/html,gone', 'app://vitrine/x.html']) {
      location.href = url
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return results
  })
  expect(opened).toEqual([true, true, true, true])
  expect(page.url()).toBe(address)
  expect(await page.evaluate(() => 'stillTheSamePage' in window)).toBe(true)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('only our own script files run, and they can talk to nobody', async ({ vitrine }) => {
  const { page } = await launch(vitrine)
  const result = await page.evaluate(async () => {
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
    // The developer tools lift the ban on eval for as long as the code they were given runs at a stretch.
    await pause(0)
    const violated: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective))
    const ran: string[] = []
    Object.assign(window, { ran })
    const inject = (fill: (script: HTMLScriptElement) => void) => {
      const script = document.createElement('script')
      fill(script)
      document.head.append(script)
    }
    inject((script) => {
      script.textContent = 'ran.push("inline")'
    })
    inject((script) => {
      script.src = 'data:text/javascript,ran.push("data")'
    })
    inject((script) => {
      script.src = URL.createObjectURL(new Blob(['ran.push("blob")'], { type: 'text/javascript' }))
    })
    inject((script) => {
      script.src = 'https://example.com/x.js'
    })
    const holder = document.createElement('div')
    holder.innerHTML = '<img src="data:," onerror="ran.push(\'handler\')"><a href="javascript:ran.push(\'url\')">x</a>'
    document.body.append(holder)
    holder.querySelector('a')?.click()
    const evaluated = (['eval', 'Function'] as const).map((name) => {
      try {
        return String((window[name as never] as unknown as (code: string) => unknown)('1 + 1'))
      } catch (error) {
        return error instanceof Error ? error.name : 'thrown'
      }
    })
    const talked: string[] = []
    const tried = [
      fetch('https://example.com/').then(() => talked.push('fetch')),
      new Promise((resolve, reject) => {
        const socket = new WebSocket('wss://example.com/')
        socket.onopen = () => resolve(talked.push('socket'))
        socket.onerror = reject
      }),
      new Promise((resolve, reject) => {
        const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])))
        worker.onmessage = () => resolve(talked.push('worker'))
        worker.onerror = reject
      }),
    ]
    // What is blocked need not fail aloud, so silence for a while is an answer, too.
    await Promise.race([Promise.allSettled(tried), pause(1000)])
    await pause(300)
    holder.remove()
    return { ran, evaluated, talked, violated: [...new Set(violated)] }
  })
  expect(result.ran).toEqual([])
  expect(result.evaluated).toEqual(['EvalError', 'EvalError'])
  expect(result.talked).toEqual([])
  expect(result.violated).toEqual(
    expect.arrayContaining(['script-src-elem', 'script-src-attr', 'script-src', 'connect-src', 'worker-src']),
  )
})

test('a frame inside the page has no bridge and runs nothing', async ({ vitrine }) => {
  const { page } = await launch(vitrine)
  const frames = await page.evaluate(async () => {
    const reached: string[] = []
    Object.assign(window, { reached })
    const attempt = (attributes: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const frame = document.createElement('iframe')
        for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value)
        const end = () => {
          let bridge = 'unreachable'
          try {
            bridge = typeof (frame.contentWindow as unknown as { vitrine?: unknown }).vitrine
          } catch {
            bridge = 'unreachable' // another origin
          }
          frame.remove()
          resolve(bridge)
        }
        frame.onload = end
        setTimeout(end, 1000)
        document.body.append(frame)
      })
    const script = '<script>parent.reached.push(typeof vitrine)</script>'
    const bridges = [
      await attempt({ srcdoc: script }),
      await attempt({ srcdoc: script, sandbox: 'allow-scripts allow-same-origin' }),
      await attempt({ src: `data:text/html,${script}` }),
      await attempt({ src: 'app://vitrine/index.html' }),
      await attempt({ src: 'https://example.com/' }),
    ]
    return { reached, bridges }
  })
  expect(frames.reached).toEqual([])
  for (const bridge of frames.bridges) expect(bridge).toMatch(/undefined|unreachable/)
})

test('no permission is given', async ({ vitrine }) => {
  const { page } = await launch(vitrine)
  const denied = await page.evaluate(async () => {
    const failure = (work: Promise<unknown>) =>
      work.then(
        () => 'granted',
        (error: unknown) => (error instanceof Error ? error.name : 'refused'),
      )
    const state = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state
    return {
      states: await Promise.all(['geolocation', 'notifications', 'camera', 'microphone', 'midi'].map(state)),
      notification: await Notification.requestPermission(),
      media: await failure(navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
      screen: await failure(navigator.mediaDevices.getDisplayMedia()),
      clipboard: await failure(navigator.clipboard.readText()),
      position: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          (error) => resolve(error.code),
        ),
      ),
    }
  })
  expect(denied.states).toEqual(denied.states.map(() => 'denied'))
  expect(denied.notification).toBe('denied')
  expect(denied.media).not.toBe('granted')
  expect(denied.screen).not.toBe('granted')
  expect(denied.clipboard).toBe('NotAllowedError')
  expect(denied.position).toBe(1)
})

test('a file dropped on the page is handed over and never opened in its place', async ({ vitrine }) => {
  const { page } = await launch(vitrine)
  const [picture] = await writePictures(join(vitrine.folders.root, 'made'), 1)
  const address = page.url()
  await page.evaluate(() => {
    const paths: string[] = []
    Object.assign(window, { stillTheSamePage: true, paths })
    window.addEventListener('drop', (event) => {
      for (const file of event.dataTransfer?.files ?? []) paths.push(window.vitrine.pathForFile(file))
    })
  })
  const devtools = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', {
      type,
      x: 5,
      y: 5,
      data: { items: [], files: [picture ?? ''], dragOperationsMask: 1 },
    })
  }
  const dropped = () => page.evaluate(() => (window as unknown as { paths: string[] }).paths)
  await expect.poll(dropped).toEqual([picture])
  expect(page.url()).toBe(address)
  expect(await page.evaluate(() => 'stillTheSamePage' in window)).toBe(true)
})
