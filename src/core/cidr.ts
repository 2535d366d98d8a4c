/** A range of IPv4 addresses; both ends as numbers from 0 to 2^32 - 1. */
export interface Cidr {
  readonly first: number
  readonly last: number
  readonly prefix: number
}

/** Reads `10.255.0.0/16`. Undefined for anything else, also where bits are set behind the prefix. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address = '', prefixText = ''] = /^([0-9.]+)\/([0-9]{1,2})$/.exec(text) ?? []
  const parts = address.split('.').map(Number)
  const prefix = Number(prefixText)
  if (parts.length !== 4 || address === '' || parts.some(part => part > 255) || prefix > 32) return undefined
  const first = parts.reduce((sum, part) => sum * 256 + part, 0)
  const size = 2 ** (32 - prefix)
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined
}

/** Whether two ranges have an address in common. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.first <= b.last && b.first <= a.last
}
