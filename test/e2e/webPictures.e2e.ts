import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { startFileTarget } from './support/fileTarget.ts'
import { mouseObstacle, realMouse } from './support/realMouse.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

const obstacle = mouseObstacle()
test.skip(obstacle !== null, obstacle ?? '')

let server: Server
let home = ''
/** Paths that anybody asked for, of the test that runs. */
const asked: string[] = []
test.beforeEach(() => {
  asked.length = 0
})
test.beforeAll(async () => {
  const picture = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#c96' } })
    .png()
    .toBuffer()
  server = createServer(({ url }, response) => {
    asked.push(url ?? '')
    if (url === '/pier.png') response.writeHead(200, { 'content-type': 'image/png' }).end(picture)
    else if (url === '/moved.png') response.writeHead(302, { location: 'file:///etc/passwd' }).end()
    else response.writeHead(200, { 'content-type': 'image/png' }).end('<!doctype html>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => void server.close())

test('a picture dragged from a page of another program comes in, and where it is from is kept', async ({ vitrine }) => {
  const { app, window } = await vitrine.launch()
  await engineReady(window)
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 900, height: 600 }),
  )
  await window.getByRole('button', { name: /^All assets/ }).click()
  const page = `<!doctype html><body style="margin:0"><a href="${home}/page.html"><img src="${home}/pier.png"></a></body>`
  const browser = await startFileTarget(
    join(vitrine.folders.root, 'browser'),
    { x: 940, y: 40, width: 400, height: 300 },
    page,
  )
  try {
    await expect.poll(() => browser.isDrawn()).toBe(true)
    await realMouse.move(1080, 160)
    realMouse.down()
    const overlay = window.getByText(/^Add .* to Library/)
    await expect
      .poll(async () => {
        await realMouse.move(500, 400)
        await realMouse.move(480, 380, 3)
        return overlay.isVisible()
      })
      .toBe(true)
    await vitrine.screenshot('picture-over-window')
    realMouse.up()
    await expect.poll(() => rowsOf(window, { kind: 'library' }, 'status:available')).toHaveLength(1)
    const [rowId = 0] = await rowsOf(window, { kind: 'library' })
    const asset = await ask(window, 'assets.get', { rowId })
    expect(asset).toMatchObject({ file_name: 'pier.png', width: 320, height: 240, source_url: `${home}/pier.png` })
  } finally {
    realMouse.up()
    await browser.close()
  }
})

test('an address pasted as text is fetched once somebody says so', async ({ vitrine }) => {
  const { window } = await vitrine.launch()
  await engineReady(window)
  await expect(window.getByRole('combobox', { name: /^Search/ })).toBeVisible()
  await window.getByRole('button', { name: /^All assets/ }).click()
  const paste = (text: string, html = '') =>
    window.evaluate(
      ([plain, markup]) => {
        const clipboardData = new DataTransfer()
        if (plain) clipboardData.setData('text/plain', plain)
        if (markup) clipboardData.setData('text/html', markup)
        document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }))
      },
      [text, html],
    )
  const question = window.getByRole('dialog', { name: /^Fetch what is at/ })

  await paste('a harbour at dusk')
  await expect(question).toHaveCount(0)
  await paste(`${home}/pier.png`)
  await expect(question).toContainText(`${home}/pier.png`)
  expect(await violationsOf(window)).toEqual([])
  await vitrine.screenshot('paste-address')
  expect(asked).toEqual([])
  await window.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  expect(asked).toEqual([])

  await paste(`${home}/pier.png\n${home}/page.html`)
  await expect(question).toHaveAccessibleName('Fetch what is at these 2 addresses?')
  await window.keyboard.press('Enter')
  await expect(window.getByText(/^1 of 2 addresses gave nothing that can be added/)).toBeVisible()
  await expect.poll(() => rowsOf(window, { kind: 'library' }, 'status:available')).toHaveLength(1)
  const [rowId = 0] = await rowsOf(window, { kind: 'library' })
  expect(await ask(window, 'assets.get', { rowId })).toMatchObject({ source_url: `${home}/pier.png` })

  // Markup that is a picture and nothing else was meant as one.
  await paste('', `<img src="${home}/page.html">`)
  await expect(window.getByText(/127\.0\.0\.1 gave something else than a picture/)).toBeVisible()
  await expect(question).toHaveCount(0)
})

test('what a page gives instead of a picture is refused, and said', async ({ vitrine }) => {
  const { window } = await vitrine.launch()
  await engineReady(window)
  await expect(window.getByRole('combobox', { name: /^Search/ })).toBeVisible()
  const drop = (address: string) =>
    window.evaluate((uri) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.setData('text/uri-list', uri)
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
    }, address)
  await drop(`${home}/page.png`)
  await expect(window.getByText(/127\.0\.0\.1 gave something else than a picture/)).toBeVisible()
  await drop(`${home}/moved.png`)
  await expect(window.getByText(/Only http and https addresses can be fetched/)).toBeVisible()
  expect(await rowsOf(window, { kind: 'workspace' })).toEqual([])
})
