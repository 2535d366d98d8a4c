import { at, isMap, listAt, textAt, type Value, type ValueMap } from '../../manifest/value.ts'
import type { LabState, RunningDeployment, RunningInstance } from '../lab-service.ts'

/** A job of an instance group, as the manifest has it. */
export interface Job {
  readonly name: string
  readonly properties: ValueMap
  readonly consumes: ValueMap
  readonly provides: ValueMap
}

/** An instance group of a deployment with its jobs and its running instances. */
export interface Group {
  readonly deployment: RunningDeployment
  readonly name: string
  /** Its own jobs, and those of addons: the Director has merged these in. */
  readonly jobs: readonly Job[]
  readonly instances: readonly RunningInstance[]
}

/** Every instance group that runs. */
export function groupsOf({ deployments }: LabState): readonly Group[] {
  return deployments.flatMap(deployment =>
    listAt(deployment.manifest, 'instance_groups').map(group => ({
      deployment,
      name: textAt(group, 'name') ?? '',
      jobs: listAt(group, 'jobs').map(readJob),
      instances: deployment.instances.filter(instance => instance.group === textAt(group, 'name'))
    }))
  )
}

/** The job of that name; undefined where the group has none. */
export function jobOf(group: Group, name: string): Job | undefined {
  return group.jobs.find(job => job.name === name)
}

/** Groups that have a job and at least one instance. */
export function groupsWith(state: LabState, job: string): readonly Group[] {
  return groupsOf(state).filter(group => group.instances.length > 0 && jobOf(group, job) !== undefined)
}

function readJob(job: Value): Job {
  const part = (key: string): ValueMap => {
    const found = at(job, key)
    return isMap(found) ? found : {}
  }
  return {
    name: textAt(job, 'name') ?? '',
    properties: part('properties'),
    consumes: part('consumes'),
    provides: part('provides')
  }
}
