import { expect, it } from 'vitest'
import { isLocalAddress } from './localAddress.ts'

it('knows what is not on the open internet, however it is written', () => {
  const here = [
    '127.0.0.1',
    '127.8.8.8',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '100.64.0.1',
  ]
  const here6 = [
    '::1',
    '::',
    'fe80::1%eth0',
    'fd12::1',
    'ff02::1',
    '::ffff:192.168.1.1',
    '::ffff:7f00:1',
    '64:ff9b::a00:1',
  ]
  for (const address of [...here, ...here6]) expect(isLocalAddress(address), address).toBe(true)
})

it('knows what is', () => {
  for (const address of [
    '93.184.216.34',
    '172.32.0.1',
    '8.8.8.8',
    '2606:2800:220:1::1',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])
    expect(isLocalAddress(address), address).toBe(false)
})

it('takes a name for no address', () => {
  expect(isLocalAddress('localhost')).toBe(false)
  expect(isLocalAddress('')).toBe(false)
})
