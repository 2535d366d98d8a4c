import { isOneNamespace, type Device, type Line, type Namespace, type Network } from './model.ts'
import { restoreInput } from './restore-input.ts'

/** A shell script for one namespace; in none it is for the place where the hosts' cables end. */
export interface Script {
  readonly namespace?: string
  readonly text: string
}

/** Scripts of one stage can run side by side; a stage begins when the one before has ended. */
export type Plan = readonly (readonly Script[])[]

/**
 * What is to be done to turn one network into another: nothing where they are equal. There are few processes in it, whatever
 * the size: a shell for a namespace, and `ip`, `bridge` and `iptables-restore` once in each.
 */
export function plan(current: Network, desired: Network): Plan {
  const pairs = [...pairsOf(current.hosts, desired.hosts), ...pairsOf(current.containers, desired.containers)]
  const scripts = (namespaces: readonly Namespace[], before: readonly Namespace[]): Script[] =>
    namespaces.flatMap(namespace => {
      const old = before.find(other => isOneNamespace(other, namespace))
      return script([...additions(old, namespace), ...beginnings(old, namespace)], namespace.name)
    })
  const stages = [
    pairs.flatMap(({ name, before, after }) =>
      script([...ends(before, after), ...(after === undefined ? [] : removals(before, after))], name)
    ),
    script([
      ...removals(current.underlay, desired.underlay),
      ...batch('ip -force', [
        ...pairs.filter(({ after }) => after === undefined).map(({ name }) => `netns delete ${name}`)
      ]),
      ...batch('ip', [
        ...pairs.filter(({ before }) => before === undefined).map(({ name }) => `netns add ${name}`)
      ]),
      ...additions(current.underlay, desired.underlay)
    ]),
    scripts(desired.hosts, current.hosts),
    scripts(desired.containers, current.containers)
  ]
  return stages.filter(stage => stage.length > 0)
}

function ends(before: Namespace | undefined, after: Namespace | undefined): string[] {
  const wanted = new Set(after?.tasks?.map(({ id }) => id))
  return [...(before?.tasks ?? [])]
    .reverse()
    .flatMap(({ id, stop }) => (stop === undefined || wanted.has(id) ? [] : [stop]))
}

function beginnings(before: Namespace | undefined, after: Namespace): string[] {
  const present = new Set(before?.tasks?.map(({ id }) => id))
  return (after.tasks ?? []).flatMap(({ id, start }) => (present.has(id) ? [] : [start]))
}

type Contents = Network['underlay']

interface Pair {
  readonly name: string
  readonly before: Namespace | undefined
  readonly after: Namespace | undefined
}

function pairsOf(current: readonly Namespace[], desired: readonly Namespace[]): Pair[] {
  const find = (list: readonly Namespace[], wanted: Namespace): Namespace | undefined =>
    list.find(namespace => isOneNamespace(namespace, wanted))
  const gone = current.filter(namespace => find(desired, namespace) === undefined)
  return [
    ...gone.map(before => ({ name: before.name, before, after: undefined })),
    ...desired.map(after => ({ name: after.name, before: find(current, after), after }))
  ]
}

/** What goes, the last first. What is not there any more, because somebody took it away, is gone all the same. */
function removals(before: Contents | undefined, after: Contents | undefined): string[] {
  const devices = [...(before?.devices ?? [])].reverse()
  const lines = (kind: 'ip' | 'bridge'): string[] =>
    devices.flatMap(device => {
      const kept = same(device, after)
      if (kept === undefined) return kind === 'ip' && device.remove !== undefined ? [device.remove] : []
      const wanted = new Set((kept[kind] ?? []).map(({ add }) => add))
      return [...(device[kind] ?? [])]
        .reverse()
        .flatMap(({ add, remove }) => (wanted.has(add) || remove === undefined ? [] : [remove]))
    })
  return [...batch('bridge -force', lines('bridge')), ...batch('ip -force', lines('ip'))]
}

function additions(before: Contents | undefined, after: Contents): string[] {
  const lines = (kind: 'ip' | 'bridge'): string[] =>
    after.devices.flatMap(device => {
      const present = new Set((same(device, before)?.[kind] ?? []).map(({ add }: Line) => add))
      return (device[kind] ?? []).flatMap(({ add }) => (present.has(add) ? [] : [add]))
    })
  const settings = after.devices.flatMap(device => {
    const present = same(device, before)?.settings ?? []
    return (device.settings ?? []).filter(setting => !present.includes(setting))
  })
  const restored = restoreInput(before?.tables ?? {}, after.tables)
  return [
    ...batch('ip', lines('ip')),
    ...settings.map(setting => {
      const [path = '', value = ''] = setting.split('=')
      return `[ ! -e /proc/sys/${path} ] || echo ${value} >/proc/sys/${path}`
    }),
    ...batch('bridge', lines('bridge')),
    ...(restored === '' ? [] : [heredoc('iptables-restore --wait --noflush', restored)])
  ]
}

function same(device: Device, contents: Contents | undefined): Device | undefined {
  return contents?.devices.find(({ id }) => id === device.id)
}

/** A `program` that is forced goes on after a line that fails, and does not tell. */
function batch(program: 'ip' | 'ip -force' | 'bridge' | 'bridge -force', lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  const input = `${lines.join('\n')}\n`
  return [
    program.endsWith('-force')
      ? heredoc(`${program} -batch - 2>/dev/null`, input, ' || :')
      : heredoc(`${program} -batch -`, input)
  ]
}

function heredoc(command: string, input: string, after = ''): string {
  return `${command} <<'END'${after}\n${input}END`
}

function script(commands: readonly string[], namespace?: string): Script[] {
  if (commands.length === 0) return []
  return [{ text: `${commands.join('\n')}\n`, ...(namespace === undefined ? {} : { namespace }) }]
}
