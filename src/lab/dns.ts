import { readJson, writeJson } from './json-file.ts'
import { labPaths } from './paths.ts'

/** Host names of the lab, each with the loopback address and port that answers for it: `127.4.5.20:443`. */
export type HostNames = Readonly<Record<string, string>>

/** The names that resolve now. A name that starts with `*.` stands for every name below it. */
export function readHostNames(lab: string): HostNames {
  return (readJson(labPaths(lab).dns) as HostNames | undefined) ?? {}
}

/** Publishes names, or takes one back where its address is undefined. Only the lab's service writes here. */
export function publishHostNames(lab: string, names: Readonly<Record<string, string | undefined>>): void {
  const merged = Object.entries({ ...readHostNames(lab), ...names })
  const published = merged.filter((entry): entry is [string, string] => entry[1] !== undefined)
  writeJson(
    labPaths(lab).dns,
    Object.fromEntries(published.sort(([left], [right]) => (left < right ? -1 : 1)))
  )
}

/** The address and port for a host name: the name itself, or the longest `*.` name that covers it. */
export function resolveHostName(names: HostNames, host: string): string | undefined {
  if (names[host] !== undefined) return names[host]
  const labels = host.split('.')
  for (let index = 1; index < labels.length; index += 1) {
    const found = names[`*.${labels.slice(index).join('.')}`]
    if (found !== undefined) return found
  }
  return undefined
}
