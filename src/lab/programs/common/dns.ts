import { readHostNames, resolveHostName, type HostNames } from '../../dns.ts'

export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** Where a name of the lab is answered on this machine; undefined for a name that the lab does not have. */
export type Resolve = (host: string) => Endpoint | undefined

/** Names of the lab, read when the first one is asked for. Without a lab, no name is known. */
export function createResolve(lab: string | undefined): Resolve {
  let names: HostNames | undefined
  return host => {
    if (lab === undefined) return undefined
    names ??= readHostNames(lab)
    const [, address, port] = /^(.+):(\d+)$/.exec(resolveHostName(names, host) ?? '') ?? []
    return address === undefined || port === undefined ? undefined : { host: address, port: Number(port) }
  }
}
