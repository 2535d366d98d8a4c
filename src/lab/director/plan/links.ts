import { at, isMap, textAt, type Value } from '../../../manifest/value.ts'
import { DirectorError, unknownCode } from '../director-error.ts'
import type { DeploymentRecord, LinkProvider, LinkSpec } from '../model.ts'
import type { GroupPlan, JobPlan } from './deployment-plan.ts'

/** What the jobs of a deployment provide, under the names that its manifest gives them. */
export function providersOf(groups: readonly GroupPlan[]): readonly LinkProvider[] {
  return groups.flatMap(group =>
    group.jobs.flatMap(job =>
      job.spec.provides.flatMap(link => {
        const said = at(job.provides, link.name)
        // `nil` takes the link back.
        if (said === 'nil' || said === null) return []
        return [
          {
            name: textAt(said, 'as') ?? link.name,
            originalName: link.name,
            type: link.type,
            job: job.name,
            group: group.name,
            isShared: at(said, 'shared') === true
          }
        ]
      })
    )
  )
}

/**
 * Sees to it that every link that a job consumes has one provider, in its own deployment or in the one that the manifest names
 * (bosh v283, links/links_manager.rb). Throws the Director's error with all that could not be resolved.
 */
export function resolveLinks(
  deployment: string,
  groups: readonly GroupPlan[],
  providers: readonly LinkProvider[],
  others: readonly DeploymentRecord[]
): void {
  const errors = groups.flatMap(group =>
    group.jobs.flatMap(job =>
      job.spec.consumes.flatMap(link => problemOf({ deployment, group, job, link, providers, others }))
    )
  )
  if (errors.length === 0) return
  const header = `Failed to resolve links from deployment '${deployment}'. See errors below:`
  throw new DirectorError(unknownCode, [header, ...errors.map(error => `  - ${error}`)].join('\n'))
}

interface Consumer {
  readonly deployment: string
  readonly group: GroupPlan
  readonly job: JobPlan
  readonly link: LinkSpec
  readonly providers: readonly LinkProvider[]
  readonly others: readonly DeploymentRecord[]
}

function problemOf(consumer: Consumer): readonly string[] {
  const { deployment, job, link, providers, others } = consumer
  const said = at(job.consumes, link.name)
  if (said === 'nil' || isManual(said)) return []
  const from = textAt(said, 'deployment') ?? deployment
  const isElsewhere = from !== deployment
  const other = others.find(({ name }) => name === from)
  if (isElsewhere && other === undefined) return [`Can't find deployment '${from}'`]
  const alias = textAt(said, 'from') ?? link.name
  const found = (isElsewhere ? (other?.providers ?? []) : providers).filter(
    provider =>
      provider.type === link.type &&
      (said === undefined || provider.name === alias) &&
      (!isElsewhere || provider.isShared)
  )
  const mayLack = link.optional === true && said === undefined
  if (found.length === 1 || (found.length === 0 && mayLack)) return []
  return [wordsOf(consumer, alias, from, found)]
}

/** A link whose content stands in the manifest needs no provider. */
function isManual(said: Value | undefined): boolean {
  return isMap(said) && ['instances', 'properties', 'address'].some(key => key in said)
}

function wordsOf(
  { group, job, link }: Consumer,
  alias: string,
  from: string,
  found: readonly LinkProvider[]
): string {
  const named = alias === link.name ? '' : `alias '${alias}' and `
  const header =
    `Failed to resolve link '${link.name}' with ${named}type '${link.type}' from job '${job.name}' ` +
    `in instance group '${group.name}'.`
  if (found.length === 0) return `${header} Details below:\n    - No link providers found`
  const details = found.map(provider => {
    const as = provider.name === provider.originalName ? '' : `with alias '${provider.name}' `
    return (
      `    - Link provider '${provider.originalName}' ${as}from job '${provider.job}' ` +
      `in instance group '${provider.group}' in deployment '${from}'`
    )
  })
  return [`${header} Multiple link providers found:`, ...details].join('\n')
}
