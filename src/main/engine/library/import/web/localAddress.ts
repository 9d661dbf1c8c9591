import { BlockList, isIP } from 'node:net'

const local = new BlockList()
// IANA's registries of special-purpose addresses (RFC 6890 and its updates): what is not on the open internet.
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  local.addSubnet(address, bits, 'ipv4')
}
for (const [address, bits] of [
  ['::', 128],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  local.addSubnet(address, bits, 'ipv6')
}

/** Whether an IP address is of this computer or of the network it is in, rather than of the open internet. */
export function isLocalAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return local.check(address, 'ipv4')
  if (family === 6) return local.check(address, 'ipv6') || isLocalMapped(address)
  return false
}

/** IPv4 within IPv6: mapped (`::ffff:0:0/96`) and translated (NAT64, `64:ff9b::/96`, RFC 6052). */
function isLocalMapped(address: string): boolean {
  // The parser of addresses in URLs writes every form in one way.
  const whole = URL.parse(`http://[${address.replace(/%.*$/, '')}]/`)?.hostname.slice(1, -1) ?? ''
  const found = /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(whole)
  if (found === null) return false
  const [high, low] = [Number.parseInt(found[1] ?? '', 16), Number.parseInt(found[2] ?? '', 16)]
  return local.check(`${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`, 'ipv4')
}
