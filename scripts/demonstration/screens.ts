import type { Page } from '@playwright/test'

/** One screen or mode as a portrait of the app shows it. */
export interface Screen {
  /** Of the file: `<name>-dark`, `<name>-light`, `<name>-small`. */
  readonly name: string
  /** What the library must be like. */
  readonly when: 'empty' | 'dropped' | 'organised'
  /** Also in a small window. */
  readonly small?: boolean
  readonly show: (page: Page) => Promise<void>
  /** Back to where the next one can begin. */
  readonly leave?: (page: Page) => Promise<void>
}

const place = (page: Page, name: RegExp) => page.getByRole('button', { name }).first().click()
const cells = (page: Page) => page.getByTestId('asset-cell')
const close = (page: Page) => page.keyboard.press('Escape')

async function library(page: Page): Promise<void> {
  await place(page, /^All assets/)
  await cells(page).first().waitFor()
}

/** Runs a command by its name, as a person does who does not know its keys. */
async function command(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const field = page.getByRole('dialog').getByRole('combobox')
  await field.fill(title)
  await page.getByRole('option', { name: title }).first().waitFor()
  await page.keyboard.press('Enter')
}

/** Selects the first few. */
async function select(page: Page, count: number): Promise<void> {
  await cells(page).first().click()
  await cells(page)
    .nth(count - 1)
    .click({ modifiers: ['Shift'] })
}

const layout = (name: string) => async (page: Page) => {
  await library(page)
  await page.getByRole('radio', { name }).click()
}
const justified = (page: Page) => page.getByRole('radio', { name: 'Justified rows' }).click()

export const screens: readonly Screen[] = [
  { name: 'empty', when: 'empty', small: true, show: (page) => place(page, /^Workspace/) },
  {
    name: 'empty-library',
    when: 'empty',
    show: (page) => place(page, /^All assets/),
    leave: (page) => place(page, /^Workspace/),
  },
  { name: 'workspace', when: 'dropped', small: true, show: (page) => place(page, /^Workspace/) },
  {
    name: 'triage',
    when: 'dropped',
    small: true,
    async show(page) {
      await place(page, /^Workspace/)
      await cells(page).first().click()
      await page.keyboard.press('t')
    },
    leave: close,
  },
  {
    name: 'library',
    when: 'organised',
    small: true,
    async show(page) {
      await library(page)
      await cells(page).nth(3).click()
    },
  },
  { name: 'squares', when: 'organised', show: layout('Square grid'), leave: justified },
  { name: 'list', when: 'organised', small: true, show: layout('List'), leave: justified },
  {
    name: 'selection',
    when: 'organised',
    async show(page) {
      await library(page)
      await select(page, 5)
    },
    leave: close,
  },
  {
    name: 'viewer',
    when: 'organised',
    small: true,
    async show(page) {
      await library(page)
      await cells(page).nth(2).click()
      await page.keyboard.press('Enter')
    },
    leave: close,
  },
  {
    name: 'compare',
    when: 'organised',
    small: true,
    async show(page) {
      await library(page)
      await select(page, 3)
      await page.keyboard.press('c')
    },
    leave: close,
  },
  {
    name: 'search',
    when: 'organised',
    async show(page) {
      await library(page)
      await page.keyboard.press('/')
      await page.keyboard.type('tag:dusk rating>=4')
      await page.keyboard.press('Enter')
    },
    async leave(page) {
      await page.keyboard.press('/')
      await page.keyboard.press('Control+a')
      await page.keyboard.press('Delete')
      await page.keyboard.press('Escape')
    },
  },
  {
    name: 'palette',
    when: 'organised',
    async show(page) {
      await library(page)
      await page.keyboard.press('Control+k')
    },
    leave: close,
  },
  {
    name: 'export',
    when: 'organised',
    small: true,
    async show(page) {
      await library(page)
      await select(page, 5)
      await page.keyboard.press('Control+Shift+E')
      await page.getByRole('radio', { name: 'My own' }).click()
    },
    leave: close,
  },
  {
    name: 'rename',
    when: 'organised',
    async show(page) {
      await library(page)
      await select(page, 5)
      await page.keyboard.press('F2')
    },
    leave: close,
  },
  {
    name: 'collect',
    when: 'organised',
    async show(page) {
      await library(page)
      await select(page, 2)
      await page.keyboard.press('Shift+C')
    },
    leave: close,
  },
  {
    name: 'request',
    when: 'organised',
    async show(page) {
      await library(page)
      await select(page, 3)
      await command(page, 'New generation request…')
      await page.getByLabel('Prompt').fill('the same harbour an hour later, first lanterns, rain on the quay')
    },
    leave: close,
  },
  {
    name: 'smart-collection',
    when: 'organised',
    show: (page) => command(page, 'New smart collection…'),
    leave: close,
  },
  { name: 'duplicates', when: 'organised', show: (page) => place(page, /^Duplicates/) },
  { name: 'storage', when: 'organised', small: true, show: (page) => place(page, /^Storage/) },
  { name: 'requests', when: 'organised', show: (page) => place(page, /^Requests/) },
  { name: 'trash', when: 'organised', small: true, show: (page) => place(page, /^Trash/) },
  { name: 'shortcuts', when: 'organised', show: (page) => page.keyboard.press('?'), leave: close },
  { name: 'settings', when: 'organised', small: true, show: (page) => command(page, 'Settings…'), leave: close },
  { name: 'check-library', when: 'organised', show: (page) => command(page, 'Check library…'), leave: close },
  {
    name: 'join-library',
    when: 'organised',
    small: true,
    show: (page) => command(page, 'New library from a bucket or folder…'),
    leave: close,
  },
  { name: 'sync-centre', when: 'organised', show: (page) => command(page, 'Sync centre…'), leave: close },
  {
    name: 'add-remote',
    when: 'organised',
    small: true,
    async show(page) {
      await command(page, 'Add remote…')
      await page.getByLabel('Service').selectOption('folder')
      await page.getByRole('switch', { name: /^Encrypt everything/ }).click()
      await page.getByLabel('Passphrase', { exact: true }).fill('lighthouses in the morning fog')
    },
    leave: close,
  },
  {
    name: 'context-menu',
    when: 'organised',
    async show(page) {
      await library(page)
      await cells(page).nth(3).click({ button: 'right' })
    },
    leave: close,
  },
  { name: 'missing', when: 'organised', show: (page) => place(page, /^Missing/) },
]
