import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { VitrineError } from '../../shared/contract/errors.ts'
import type { KeyInput } from '../../shared/domain/remoteEncryption.ts'
import type { SharedEngine } from '../engine/host/openOrJoin.ts'
import { newIdentity } from '../engine/sync/encryption/remoteKey.ts'
import type { CommandContext } from './commandContext.ts'
import { provideCredentials } from './environmentCredentials.ts'

/** What opens an encrypted remote, as options of a command. */
export interface KeyOptions {
  readonly passphraseFile?: string
  readonly keyFile?: string
}

export const KEY_HELP =
  'What opens an encrypted remote is read from VITRINE_REMOTE_PASSPHRASE or, as the name of a file, VITRINE_REMOTE_KEY_FILE.'

const LARGEST_FILE = 64 * 1024

/** Adds the options that name what opens an encrypted remote. */
export function withKey(command: Command): Command {
  return command
    .option('--passphrase-file <file>', 'the first line of this file opens an encrypted remote')
    .option('--key-file <file>', 'this key file, or recovery sheet, opens an encrypted remote')
}

/**
 * What the options name, else the environment; null if neither does.
 * @throws {VitrineError} `usage` for two options at once, and for a file that can't be read.
 */
export function keyFrom({ cwd, env }: CommandContext, { passphraseFile, keyFile }: KeyOptions): KeyInput | null {
  if (passphraseFile !== undefined && keyFile !== undefined) {
    throw new VitrineError('usage', 'Either --passphrase-file or --key-file, not both.')
  }
  const read = (file: string) => readSecret(resolve(cwd, file))
  if (passphraseFile !== undefined) return { kind: 'passphrase', passphrase: passphraseIn(cwd, passphraseFile) }
  if (keyFile !== undefined) return { kind: 'key-file', text: read(keyFile) }
  const { VITRINE_REMOTE_PASSPHRASE: passphrase, VITRINE_REMOTE_KEY_FILE: file } = env
  if (passphrase) return { kind: 'passphrase', passphrase }
  return file ? { kind: 'key-file', text: read(file) } : null
}

/** The first line of a file. @throws {VitrineError} `usage` for a file that has none, or can't be read. */
export function passphraseIn(cwd: string, file: string): string {
  const [passphrase = ''] = readSecret(resolve(cwd, file)).split(/\r?\n/)
  return passphrase || refuse(`There is no passphrase in ${file}.`)
}

/** Makes a key file if there is none under its name, so that a new place is encrypted with a key that is kept already. */
export async function ensureKeyFile({ cwd, terminal }: CommandContext, { keyFile }: KeyOptions): Promise<void> {
  if (keyFile === undefined || existsSync(resolve(cwd, keyFile))) return
  try {
    writeFileSync(resolve(cwd, keyFile), `# Opens an encrypted remote of Vitrine. Keep it.\n${await newIdentity()}\n`, {
      flag: 'wx',
      mode: 0o600,
    })
  } catch (error) {
    throw unreadable(keyFile, error)
  }
  terminal.note(`Wrote a new key to ${keyFile}. Keep it: without it nobody can read what will be there.`)
}

/** Gives the engine the keys of buckets and of encrypted remotes that it lacks; a window's own are left alone. */
export async function provideSecrets(
  context: CommandContext,
  engine: SharedEngine,
  options: KeyOptions = {},
): Promise<void> {
  await provideCredentials(engine, context.env)
  const locked = (await engine.request('remotes.list', undefined)).filter(({ has_key }) => !has_key)
  const key = locked.length === 0 ? null : keyFrom(context, options)
  if (key === null) return
  for (const { id } of locked) await engine.request('remotes.unlock', { id, key })
}

function readSecret(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw unreadable(path, error)
  }
  return text.length > LARGEST_FILE ? refuse(`${path} is far larger than a key file.`) : text
}

function unreadable(path: string, cause: unknown): VitrineError {
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  return new VitrineError('usage', `${path} can't be used (${why}).`, undefined, { cause })
}

function refuse(message: string): never {
  throw new VitrineError('usage', message)
}
