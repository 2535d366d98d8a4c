import type { Cf } from '../tools/cf.ts'
import type { Credhub } from '../tools/credhub.ts'
import type { Tools } from '../tools/tools.ts'

/**
 * The cf CLI as the admin of the environment's Cloud Foundry, not logged in yet. `director` is the first part of every path in
 * CredHub: `/bosh-play-fern`.
 */
export async function cloudFoundryOf(
  tools: Pick<Tools, 'cf' | 'scratch'>,
  credhub: Credhub,
  director: string,
  systemDomain: string
): Promise<Cf> {
  return tools.cf({
    api: `https://api.${systemDomain}`,
    user: 'admin',
    password: await credhub.password(`${director}/cf/cf_admin_password`),
    home: await tools.scratch('cf')
  })
}
