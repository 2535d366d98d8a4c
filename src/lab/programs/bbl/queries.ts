import { renderYaml } from '../../../manifest/render-yaml.ts'
import type { Value } from '../../../manifest/value.ts'
import { BblError } from './bbl-error.ts'
import { outputsOf, textOutput, type Outputs } from './infrastructure.ts'
import { noStore, sshKey } from './print-env.ts'
import type { Session } from './session.ts'

type Query = (session: Session) => string | Promise<string>

const queries: Readonly<Record<string, { readonly words: string; readonly value: Query }>> = {
  'env-id': { words: 'environment id', value: ({ state }) => state.envID },
  'jumpbox-address': {
    words: 'jumpbox address',
    value: async session => textOutput(await outputsOf(session), 'external_ip')
  },
  'director-address': { words: 'director address', value: ({ state }) => state.bosh.directorAddress },
  'director-username': { words: 'director username', value: ({ state }) => state.bosh.directorUsername },
  'director-password': { words: 'director password', value: ({ state }) => state.bosh.directorPassword },
  'director-ca-cert': { words: 'director ca cert', value: ({ state }) => state.bosh.directorSSLCA }
}

/** `bbl env-id` and its like. An unknown argument is ignored, as by bbl. */
export function printQuery(name: string): ((session: Session) => Promise<void>) | undefined {
  const query = queries[name]
  if (query === undefined) return undefined
  return async session => {
    session.dir.mustExist()
    const value = await query.value(session)
    if (value === '') {
      throw new BblError(
        `Could not retrieve ${query.words}, please make sure you are targeting the proper state dir.`
      )
    }
    session.print(value)
  }
}

export async function printOutputs(session: Session): Promise<void> {
  session.dir.mustExist()
  session.edge.out(renderYaml((await outputsOf(session)) as Value))
}

export function printLatestError(session: Session): void {
  session.dir.mustExist()
  session.print(session.state.latestTFOutput)
}

export function printSshKey(machine: 'jumpbox' | 'director'): (session: Session) => void {
  return session => {
    session.dir.mustExist()
    const key = sshKey(session, machine)
    if (key === undefined) throw noStore(session, machine)
    if (key === '') {
      throw new BblError(
        'Could not retrieve the ssh key, please make sure you are targeting the proper state dir.'
      )
    }
    session.print(key)
  }
}

/** `bbl lbs`, in the words and the JSON of bbl on GCP (bbl v9.0.48, commands/gcp_lbs.go). */
export async function printLoadBalancers(session: Session): Promise<void> {
  session.dir.mustExist()
  const { state, args, print } = session
  const outputs = await outputsOf(session)
  if (state.lb.type === 'concourse') {
    print(`Concourse LB: ${textOutput(outputs, 'concourse_lb_ip')}`)
  } else if (state.lb.type === 'cf') {
    if (args[0] === '--json') print(JSON.stringify(cfJson(outputs)))
    else for (const line of cfLines(outputs)) print(line)
  } else {
    throw new BblError('no lbs found')
  }
}

function cfJson(outputs: Outputs): object {
  const all = {
    cf_router_lb: textOutput(outputs, 'router_lb_ip'),
    cf_ssh_proxy_lb: textOutput(outputs, 'ssh_proxy_lb_ip'),
    cf_tcp_router_lb: textOutput(outputs, 'tcp_router_lb_ip'),
    cf_websocket_lb: textOutput(outputs, 'ws_lb_ip'),
    cf_system_domain_dns_servers: outputs['system_domain_dns_servers'] ?? ''
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

function cfLines(outputs: Outputs): readonly string[] {
  const servers = outputs['system_domain_dns_servers']
  return [
    `CF Router LB: ${textOutput(outputs, 'router_lb_ip')}`,
    `CF SSH Proxy LB: ${textOutput(outputs, 'ssh_proxy_lb_ip')}`,
    `CF TCP Router LB: ${textOutput(outputs, 'tcp_router_lb_ip')}`,
    `CF WebSocket LB: ${textOutput(outputs, 'ws_lb_ip')}`,
    ...(Array.isArray(servers) ? [`CF System Domain DNS servers: ${servers.join(' ')}`] : [])
  ]
}
