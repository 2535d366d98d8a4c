import { messageOf, UserError } from '../../core/errors.ts'
import { ProgramFailed } from '../exec.ts'
import { isRecord, parseJson } from '../table.ts'

/** What an environment is made of in an IaaS, in the order in which it can be deleted: what uses comes before what is used. */
export const resourceKinds = [
  'vm',
  'load-balancer',
  'disk',
  'firewall',
  'address',
  'dns',
  'image',
  'network'
] as const
export type ResourceKind = (typeof resourceKinds)[number]

/** One thing that stands in an IaaS. */
export interface CloudResource {
  readonly kind: ResourceKind
  /** What the IaaS deletes it by. */
  readonly id: string
  readonly name: string
  /** Labels or tags, as the IaaS has them. */
  readonly labels: Readonly<Record<string, string>>
  /** Id or name of the network, or of what else holds it (a resource group). */
  readonly network?: string
  /** Zone, region or group that its deletion has to name; of which service it is. */
  readonly place?: string
}

/** Something that could not be looked at: neither found nor proved to be gone. */
export interface NotChecked {
  readonly what: string
  readonly why: string
  readonly kinds: readonly ResourceKind[]
}

export interface CloudListing {
  readonly resources: readonly CloudResource[]
  readonly notChecked: readonly NotChecked[]
}

/** An IaaS, seen through its own command line. */
export interface Cloud {
  /** Everything of the account, project or folder that the credentials see. Never throws for a listing that fails: it is not checked. */
  list(): Promise<CloudListing>
  /** Deletes one thing, by its id. Throws a UserError where this kind can't be deleted here. */
  delete(resource: CloudResource): Promise<void>
}

/** One listing: the arguments of the IaaS's program, and how a row of its JSON is read. */
export interface Query {
  readonly kind: ResourceKind
  /** In the plural, for a person: `load balancers`. */
  readonly what: string
  readonly args: readonly string[]
  /** Undefined for a row that is none (a VM that is terminated). */
  readonly read: (row: Row) => Omit<CloudResource, 'kind'> | undefined
  /** Where the rows lie in what is printed. @default the whole of it */
  readonly at?: (json: unknown) => unknown
}

export type Row = Readonly<Record<string, unknown>>

/** Asks each query, one after the other; what fails is not checked, with its reason. */
export async function answerQueries(
  queries: readonly Query[],
  ask: (args: readonly string[]) => Promise<string>
): Promise<CloudListing> {
  const resources: CloudResource[] = []
  const notChecked: NotChecked[] = []
  for (const { kind, what, args, read, at = (json: unknown) => json } of queries) {
    try {
      const rows = at(parseJson((await ask(args)).trim() || '[]'))
      if (!Array.isArray(rows)) throw new Error('its answer is no list')
      for (const row of rows.filter(isRecord)) {
        const found = read(row)
        if (found !== undefined) resources.push({ kind, ...found })
      }
    } catch (thrown) {
      // Told to end: what was not asked must not read as an answer.
      if (thrown instanceof ProgramFailed && /ended by us|not started/.test(thrown.message)) throw thrown
      notChecked.push({ what, why: reasonOf(thrown), kinds: [kind] })
    }
  }
  return { resources, notChecked }
}

/** Why a program gave no answer, in one line. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof ProgramFailed && thrown.exitCodeOfProgram === 127) {
    return `${thrown.command.split(' ', 1)[0] ?? 'the program'} is not on PATH`
  }
  const lines = messageOf(thrown).split('\n')
  const said = lines.slice(1).findLast(line => line.trim() !== '')
  return [lines[0], said?.trim()].filter(line => line !== undefined).join(': ')
}

/** What a cloud says of a kind that it has no deletion for. */
export function cannotDelete({ kind, name }: CloudResource): UserError {
  return new UserError('program', `${kind} ${name}: found no way to delete it here, expected one`, {
    hint: 'delete it by hand'
  })
}

/** A text of a row; empty where there is none. */
export function textOf(row: Row, key: string): string {
  const value = row[key]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** The last part of a URL or path, as `europe-west1-b` of a zone. */
export function lastPart(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}

/** A map of texts; values of another kind become text. */
export function labelsOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]))
}
