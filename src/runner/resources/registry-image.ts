import { needless, requiredText, textOf, type KeyTable } from './keys.ts'
import type { ResourceType } from './resource-type.ts'

/** The keys of registry-image-resource v1.18 (types.go) that say how an image is found and fetched. */
const keysOfFetching = [
  'tag',
  'insecure',
  'pre_releases',
  'pre_release_prefixes',
  'variant',
  'semver_constraint',
  'tag_regex',
  'created_at_sort',
  'annotation_regex',
  'label_regex',
  'username',
  'password',
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'aws_region',
  'aws_ecr_registry_id',
  'aws_role_arn',
  'aws_role_arns',
  'aws_account_id',
  'azure_acr',
  'azure_client_id',
  'azure_tenant_id',
  'azure_environment',
  'registry_mirror',
  'content_trust',
  'ca_certs',
  'platform',
  'debug'
] as const

/**
 * An image (https://github.com/concourse/registry-image-resource). Tasks run with the programs of this machine, so no image
 * is fetched: a get leaves a name for `image` of a task, and nothing in it.
 */
export const registryImage: ResourceType = {
  name: 'registry-image',
  programs: [],
  image: true,
  keys: {
    source: { repository: requiredText, ...needlessKeys(keysOfFetching) },
    get: needlessKeys(['format', 'platform', 'skip_download'])
  },
  check: async source => ({ tag: textOf(source, 'tag') ?? 'latest' }),
  get: async ({ version }) => ({ version, metadata: [] })
}

function needlessKeys(names: readonly string[]): KeyTable {
  return Object.fromEntries(names.map(name => [name, needless]))
}
