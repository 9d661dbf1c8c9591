import { safeStorage } from 'electron'
import type { Keychain } from './sealedStore.ts'

/**
 * The keychain of this system; ask for it once the app is ready. On Linux without a keyring Chromium falls back to a
 * key that everybody knows (`basic_text`), which is no protection and counts as none.
 */
export function systemKeychain(): Keychain {
  const plain = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
  return {
    available: safeStorage.isEncryptionAvailable() && !plain,
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (sealed) => safeStorage.decryptString(sealed),
  }
}
