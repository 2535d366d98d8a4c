import { UserError } from '../core/errors.ts'
import { ProgramFailed } from '../tools/exec.ts'

/**
 * What the Director says of a manifest that it can't deploy as it is (bosh v283, deployment_plan: package_validator.rb,
 * stemcell.rb, instance_group_spec_parser.rb; api/release_manager.rb; links/links_error_builder.rb), and what helps. What the manifest alone tells is
 * refused before a deploy; for these one has to know what the Director has.
 */
const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /Can't use release '[^']+'\. It references packages without source code and are not compiled against [^\n:]+/,
    'leave out the ops file that brings compiled releases, or take a stemcell of the same line'
  ],
  [
    /Stemcell version '[^']+' for OS '[^']+' doesn't exist/,
    'run upload-stemcells with the manifest that is deployed'
  ],
  [
    // The manifest names it without a URL, for only the one that was proved shall be deployed.
    /Release (?:'kubo'|version 'kubo\/[^']+') doesn't exist/,
    'run create-cfcr-release and upload-cfcr-release of the same version of kubo-release, as pipeline cfcr-release does'
  ],
  [
    /Colocated job 'bosh-dns' is already added to the instance group '[^']+'/,
    'for CFCR up to v0.24 add manifests/ops-files/use-runtime-config-bosh-dns.yml to cfcr.ops'
  ],
  [
    /Failed to resolve link 'cf_network'/,
    'deploy CF first, with ops/cf/10-share-cf-network.yml, and name its deployment where the link is consumed'
  ]
]

/** A failure of a deploy with its hint, where the Director's words have one; any other as it was. */
export function withRemedy(thrown: unknown): unknown {
  if (!(thrown instanceof ProgramFailed)) return thrown
  // The Director's own words are on standard output, with the task that said them.
  const said = `${thrown.message}\n${thrown.stdout}`
  for (const [words, hint] of remedies) {
    const [found] = words.exec(said) ?? []
    if (found !== undefined)
      return new UserError('program', `${thrown.message}\n${found}`, { hint, cause: thrown })
  }
  return thrown
}
