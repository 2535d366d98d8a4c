import { textAt } from '../../manifest/value.ts'
import { cfAliases } from './cf-aliases.ts'
import { cfGroups } from './cf-groups.ts'
import { cfCompiledReleases } from './cf-releases.ts'
import { removeOp, replaceOp, textFile, yamlFile, type RepositoryFile } from './repository.ts'

const names = cfGroups.map(group => textAt(group, 'name') ?? '')
const isErrand = (name: string): boolean => name === 'smoke-tests'

const scaleToOneAz = yamlFile('One instance of each group, in one availability zone.', [
  ...names
    .filter(name => !isErrand(name))
    .map(name => replaceOp(`/instance_groups/name=${name}/instances`, 1)),
  ...names.map(name => replaceOp(`/instance_groups/name=${name}/azs`, ['z1']))
])

const compiledReleases = yamlFile(
  'Releases that are compiled already: the Director has nothing to compile.',
  cfCompiledReleases({ os: 'ubuntu-xenial', version: '621.76' }).map(release =>
    replaceOp(`/releases/name=${textAt(release, 'name') ?? ''}`, release)
  )
)

const boshLite = yamlFile('For a Director that makes containers instead of machines.', [
  replaceOp(
    '/instance_groups/name=diego-cell/jobs/name=garden/properties/garden/cleanup_process_dirs_on_wait?',
    true
  ),
  replaceOp(
    '/instance_groups/name=diego-cell/jobs/name=rep/properties/diego/rep/use_azure_fault_domains?',
    false
  ),
  ...names.map(name => replaceOp(`/instance_groups/name=${name}/azs`, ['z1']))
])

const rename = yamlFile('Another name for the deployment and for its network.', [
  replaceOp('/name', '((deployment_name))'),
  ...names.map(name => replaceOp(`/instance_groups/name=${name}/networks`, [{ name: '((network_name))' }])),
  ...Object.keys(cfAliases)
    .map((_, index) => [
      replaceOp(
        `/addons/name=bosh-dns-aliases/jobs/name=bosh-dns-aliases/properties/aliases/${index}/targets/0/deployment`,
        '((deployment_name))'
      ),
      replaceOp(
        `/addons/name=bosh-dns-aliases/jobs/name=bosh-dns-aliases/properties/aliases/${index}/targets/0/network`,
        '((network_name))'
      )
    ])
    .flat()
])

const routerStaticIps = yamlFile('Fixed addresses for the routers; their load balancer is somewhere else.', [
  removeOp('/instance_groups/name=router/vm_extensions'),
  replaceOp('/instance_groups/name=router/networks', [
    { name: 'default', static_ips: '((router_static_ips))' }
  ])
])

const fastDeploy = yamlFile('Updates everything at once. Apps are down meanwhile.', [
  replaceOp('/update/max_in_flight', '100%'),
  replaceOp('/update/canaries', 0),
  replaceOp('/update/serial', false)
])

const latestStemcell = yamlFile('Whatever stemcell the Director has. Not with compiled releases.', [
  replaceOp('/stemcells/alias=default/version', 'latest')
])

const readme = `# Ops files

| file | purpose | notes |
| --- | --- | --- |
| \`bosh-lite.yml\` | for a Director that makes containers | |
| \`experimental/fast-deploy-with-downtime-and-danger.yml\` | updates everything at once | apps are down meanwhile |
| \`rename-network-and-deployment.yml\` | other names | \`deployment_name\`, \`network_name\` |
| \`scale-to-one-az.yml\` | one instance of each group in one zone | |
| \`set-router-static-ips.yml\` | fixed addresses for the routers | \`router_static_ips\` |
| \`use-compiled-releases.yml\` | releases compiled for the stemcell of the manifest | |
| \`use-latest-stemcell.yml\` | whatever stemcell the Director has | not with compiled releases |
`

/** The ops files, by their paths. */
export const cfOperations: Readonly<Record<string, RepositoryFile>> = {
  'operations/README.md': textFile(readme),
  'operations/bosh-lite.yml': boshLite,
  'operations/experimental/fast-deploy-with-downtime-and-danger.yml': fastDeploy,
  'operations/rename-network-and-deployment.yml': rename,
  'operations/scale-to-one-az.yml': scaleToOneAz,
  'operations/set-router-static-ips.yml': routerStaticIps,
  'operations/use-compiled-releases.yml': compiledReleases,
  'operations/use-latest-stemcell.yml': latestStemcell
}
