import type { JsonObject } from '../../concourse/model.ts'
import { gitFor } from './git-access.ts'
import { newestVersion } from './git-check.ts'
import { getGit } from './git-get.ts'
import { putGit } from './git-put.ts'
import { anything, flag, needless, number, refused, requiredText, text, textOf, texts } from './keys.ts'
import type { Fault, InspectedStep, ResourceType } from './resource-type.ts'

/** A git repository, with git of this machine (https://github.com/concourse/git-resource, v1.22). */
export const git: ResourceType = {
  name: 'git',
  programs: ['git'],
  keys: {
    source: {
      uri: requiredText,
      branch: text,
      private_key: text,
      private_key_user: text,
      private_key_passphrase: refused('a key with a passphrase needs an agent'),
      forward_agent: refused('there is no agent to forward'),
      username: text,
      password: text,
      paths: texts,
      ignore_paths: texts,
      sparse_paths: refused('a part of a repository is never checked out alone'),
      skip_ssl_verification: flag,
      tag_filter: text,
      tag_regex: text,
      tag_behaviour: refused('only tagged commits themselves are found'),
      fetch_tags: flag,
      submodule_credentials: refused('submodules have the credentials of their repository'),
      git_config: anything,
      disable_ci_skip: flag,
      commit_verification_keys: refused('signatures are not verified'),
      commit_verification_key_ids: refused('signatures are not verified'),
      gpg_keyserver: needless,
      git_crypt_key: refused('encrypted repositories are not unlocked'),
      https_tunnel: refused('ssh goes straight to its server'),
      commit_filter: refused('commits are only filtered by paths, tags and [ci skip]'),
      version_depth: needless,
      search_remote_refs: refused('versions are only looked for on branches and tags'),
      debug: needless
    },
    get: {
      depth: number,
      fetch: texts,
      fetch_tags: flag,
      submodules: anything,
      submodule_recursive: flag,
      submodule_remote: flag,
      disable_git_lfs: flag,
      clean_tags: flag,
      short_ref_format: text,
      timestamp_format: text,
      describe_ref_options: text,
      all_branches: flag,
      debug: needless
    },
    put: {
      repository: requiredText,
      rebase: flag,
      rebase_strategy: refused('a rebase has git’s own strategy'),
      rebase_strategy_option: refused('a rebase has git’s own strategy'),
      merge: flag,
      returning: text,
      tag: text,
      only_tag: flag,
      tag_prefix: text,
      force: flag,
      annotate: text,
      notes: refused('notes are not pushed'),
      branch: text,
      refs_prefix: refused('only branches are pushed'),
      push_options: refused('no options are sent with a push'),
      debug: needless
    }
  },
  inspect,
  async check(source, context) {
    return newestVersion(await gitFor(source, context), source, context.scratch)
  },
  async get(request, context) {
    return getGit(await gitFor(request.source, context), request, context)
  },
  async put(request, context) {
    return putGit(await gitFor(request.source, context), request, context)
  }
}

function inspect({ kind, source, params }: InspectedStep): readonly Fault[] {
  const faults = twoTagPatterns(source)
  if (kind === 'get') return faults
  const hasBranch = textOf(source, 'branch') !== undefined || textOf(params, 'branch') !== undefined
  return [
    ...faults,
    ...(hasBranch || params['only_tag'] === true
      ? []
      : [
          {
            key: 'source.branch',
            code: 'missing-key',
            message: 'found nothing, expected the branch to push to'
          }
        ]),
    ...(params['rebase'] === true && params['merge'] === true
      ? [
          {
            key: 'params.merge',
            code: 'wrong-value',
            message: 'found both rebase and merge, expected one of them'
          }
        ]
      : [])
  ]
}

function twoTagPatterns(source: JsonObject): readonly Fault[] {
  if (source['tag_filter'] === undefined || source['tag_regex'] === undefined) return []
  const message = 'found both tag_filter and tag_regex, expected one of them'
  return [{ key: 'source.tag_regex', code: 'wrong-value', message }]
}
