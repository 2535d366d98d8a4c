import type { Value } from '../../manifest/value.ts'
import { buccDirector, buccVariables } from './bucc-director.ts'
import { buccOperations } from './bucc-operations.ts'
import { commonScript, createOverride, deleteOverride, program } from './bucc-scripts.ts'
import { scriptFile, textFile, yamlFile, type RepositoryFile, type UpstreamRepository } from './repository.ts'

const manifest: Value = {
  name: 'bosh',
  releases: [
    { name: 'bosh', version: '271.5.0', url: 'https://bosh.io/d/github.com/cloudfoundry/bosh?v=271.5.0' },
    { name: 'bpm', version: '1.1.9', url: 'https://bosh.io/d/github.com/cloudfoundry/bpm-release?v=1.1.9' }
  ],
  resource_pools: [{ name: 'vms', network: 'default', env: { bosh: { password: '*' } } }],
  disk_pools: [{ name: 'disks', disk_size: 65_536 }],
  networks: [
    {
      name: 'default',
      type: 'manual',
      subnets: [
        {
          range: '((internal_cidr))',
          gateway: '((internal_gw))',
          static: ['((internal_ip))'],
          dns: ['8.8.8.8']
        }
      ]
    }
  ],
  instance_groups: [buccDirector],
  cloud_provider: {
    mbus: 'https://mbus:((mbus_bootstrap_password))@((internal_ip)):6868',
    cert: '((mbus_bootstrap_ssl))',
    properties: {
      agent: { mbus: 'https://mbus:((mbus_bootstrap_password))@0.0.0.0:6868' },
      blobstore: { provider: 'local', path: '/var/vcap/micro_bosh/data/cache' }
    }
  },
  variables: [...buccVariables]
}

/** What bbl's terraform has to give beyond its own outputs, where BUCC stands behind a load balancer. */
function terraform(output: string): RepositoryFile {
  return textFile(`# Concourse answers on the load balancer that bbl makes for --lb-type concourse.
output "director__concourse_domain" {
  value = ${output}
}
`)
}

const readme = `# BUCC

BOSH, UAA, CredHub and Concourse on one machine, as the lab has it: BUCC's scripts and its manifest in the shape of
v0.10.3, with which bbl deploys it in the place of a plain Director. See \`bbl/README.md\`.
`

const bblReadme = `# BUCC by bbl

1. \`bbl plan --lb-type concourse\`
2. This repository as \`bucc/\` in bbl's state directory.
3. \`bucc/bbl/create-director-override.sh\` and \`bucc/bbl/delete-director-override.sh\` at the top of that directory,
   and \`bucc/bbl/terraform/$BBL_IAAS/*\`, where there is any, in its \`terraform/\`.
4. \`bbl up\`, then \`eval "$(bbl print-env)"\` and \`eval "$(bucc/bin/bucc env)"\`.
`

const versions = 'bucc=0.10.3\nbosh=6.4.1\ncredhub=2.9.0\nbbr=1.9.1\n'

/** BUCC: a Director with UAA, CredHub and Concourse beside it (bucc v0.10.3). */
export const bucc: UpstreamRepository = {
  name: 'starkandwayne/bucc',
  tag: 'v0.10.3',
  date: '2021-02-10',
  files: {
    '.versions': textFile(versions),
    'README.md': textFile(readme),
    'bbl/README.md': textFile(bblReadme),
    'bbl/common.sh': scriptFile(commonScript),
    'bbl/create-director-override.sh': scriptFile(createOverride),
    'bbl/delete-director-override.sh': scriptFile(deleteOverride),
    'bbl/terraform/aws/bucc_override.tf': terraform('aws_lb.concourse.dns_name'),
    'bbl/terraform/azure/bucc_override.tf': terraform('azurerm_public_ip.concourse.ip_address'),
    'bbl/terraform/gcp/bucc_override.tf': terraform('google_compute_address.concourse-address.address'),
    'bin/bucc': scriptFile(program),
    'src/bosh-deployment/bosh.yml': yamlFile('A Director on one machine.', manifest),
    ...buccOperations
  }
}
