/** The 32-bit number of an IPv4 address. Throws a plain Error for anything else. */
export function toNumber(ip: string): number {
  const parts = ip.split('.').map(part => (/^\d{1,3}$/.test(part) ? Number(part) : NaN))
  if (parts.length !== 4 || !parts.every(part => part >= 0 && part <= 255)) {
    throw new Error(`invalid address: ${ip}`)
  }
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}

export function toText(address: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.')
}

/** First and last address of a range in CIDR notation, network and broadcast addresses included. */
export function rangeOf(cidr: string): { readonly first: number; readonly last: number } {
  const [ip = '', bits = ''] = cidr.split('/')
  if (!/^\d{1,2}$/.test(bits) || Number(bits) > 32) throw new Error(`invalid CIDR address: ${cidr}`)
  const size = 2 ** (32 - Number(bits))
  const first = Math.floor(toNumber(ip) / size) * size
  return { first, last: first + size - 1 }
}

export function contains(cidr: string, ip: string): boolean {
  const { first, last } = rangeOf(cidr)
  const address = toNumber(ip)
  return address >= first && address <= last
}

/** The nth address of a range, counted from its network address. */
export function nthOf(cidr: string, index: number): string {
  return toText(rangeOf(cidr).first + index)
}

/** Every address that a BOSH notation names: `10.0.0.1`, `10.0.0.1-10.0.0.9`, `10.0.0.1 - 10.0.0.9` or `10.0.0.0/28`. */
export function addressesIn(notation: string): { readonly first: number; readonly last: number } {
  if (notation.includes('/')) return rangeOf(notation)
  const [first = '', last = first] = notation.split('-').map(part => part.trim())
  return { first: toNumber(first), last: toNumber(last) }
}
