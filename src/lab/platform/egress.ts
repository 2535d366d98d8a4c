import { contains, toNumber } from '../cloud/ip.ts'
import { isAddress } from './addresses.ts'
import type { EgressRule } from './world.ts'

/** Whether rules of security groups let a TCP connection to an address and port out of a cell. */
export function letsOut(rules: readonly EgressRule[], address: string, port: number): boolean {
  if (!isAddress(address)) return false
  return rules.some(
    ({ protocol, destination, ports }) =>
      protocol !== 'udp' && isIn(destination, address) && (ports === undefined || hasPort(ports, port))
  )
}

function isIn(destination: string, address: string): boolean {
  const [from = '', to] = destination.split('-')
  if (to === undefined) return contains(from.includes('/') ? from : `${from}/32`, address)
  const number = toNumber(address)
  return toNumber(from) <= number && number <= toNumber(to)
}

function hasPort(ports: string, port: number): boolean {
  return ports.split(',').some(part => {
    const [first = NaN, last = first] = part.split('-').map(Number)
    return first <= port && port <= last
  })
}
