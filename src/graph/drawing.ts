import { cleanLine, cutTo, widthOf } from '../core/screen-text.ts'
import type { GraphGroup } from './groups.ts'
import { gatherBy } from './gather.ts'
import { Ids } from './ids.ts'
import type { GraphJob, PipelineGraph } from './pipeline-graph.ts'

/** A graph as boxes and arrows, which every format draws. Texts are clean: one line each, and no control characters. */
export interface Drawing {
  /** Of the pipeline. */
  readonly name: string
  /** Names of the groups that tell jobs apart. */
  readonly groups: readonly string[]
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
}

/**
 * A job, or a list of resources beside it: those whose new versions start it, those that it only uses, those that it
 * puts. Each job has its own lists, as in Concourse's own view, for one box of a resource that all jobs get would tie
 * all of them together.
 */
export interface Box {
  readonly id: string
  /** The id of the job that it is, or stands beside. */
  readonly job: string
  readonly kind: 'job' | 'starts' | 'uses' | 'puts'
  readonly place: GraphJob['place']
  /** Cut to a length that can be drawn. */
  readonly lines: readonly string[]
  /** All of it, as lines. */
  readonly title: string
  /** Of a job: indexes into the groups. */
  readonly groups: readonly number[]
}

export interface Arrow {
  readonly from: string
  readonly to: string
  /** Whether a new version starts the job at its end. */
  readonly trigger: boolean
  /** Resources that one job passes to another; none where a resource is at one end. */
  readonly passes: readonly string[]
  readonly title: string
}

/** Columns of text in a box, and on an arrow. */
const widest = { box: 48, label: 30 }

/** Lays out what is drawn of a graph; `pipeline` is its name. */
export function drawingOf(graph: PipelineGraph, pipeline: string): Drawing {
  const groups = tellingGroups(graph)
  const groupsOf = gatherBy(
    groups.flatMap(({ jobs }, group) => jobs.map(job => ({ job, group }))),
    ({ job }) => job
  )
  const ids = new Ids()
  const jobs = new Map(graph.jobs.map(({ name }) => [name, ids.next('job', name)]))
  const types = new Map(graph.resources.map(({ name, type }) => [name, type]))
  const lists = {
    starts: gatherBy(
      graph.gets.filter(({ trigger }) => trigger),
      jobOf
    ),
    uses: gatherBy(
      graph.gets.filter(({ trigger }) => !trigger),
      jobOf
    ),
    puts: gatherBy(graph.puts, jobOf)
  }
  const boxes: Box[] = []
  const arrows: Arrow[] = []
  for (const { name, place } of graph.jobs) {
    const job = jobs.get(name) ?? ''
    const list = (kind: keyof typeof lists): void => {
      const names = lists[kind].get(name)?.map(({ resource }) => resource)
      if (names === undefined) return
      const id = ids.next(kind, name)
      boxes.push({ id, job, kind, place, lines: names.map(short), title: titleOf(names, types), groups: [] })
      const [from, to] = kind === 'puts' ? [job, id] : [id, job]
      arrows.push({ from, to, trigger: kind !== 'uses', passes: [], title: arrowTitle(kind, name, names) })
    }
    list('starts')
    list('uses')
    boxes.push({
      id: job,
      job,
      kind: 'job',
      place,
      lines: [short(name)],
      ...aboutJob(name, place, groupsOf.get(name)?.map(({ group }) => group) ?? [], groups)
    })
    list('puts')
  }
  for (const { from, to, resources } of graph.passes) {
    arrows.push({
      from: jobs.get(from) ?? '',
      to: jobs.get(to) ?? '',
      trigger: resources.some(({ trigger }) => trigger),
      passes: resources.map(({ name }) => clean(name)),
      title: [
        `${clean(from)} → ${clean(to)}`,
        ...resources.map(({ name, trigger }) => `${clean(name)}${trigger ? ', trigger: true' : ''}`)
      ].join('\n')
    })
  }
  return { name: clean(pipeline), groups: groups.map(({ name }) => short(name)), boxes, arrows }
}

const jobOf = ({ job }: { readonly job: string }): string => job

/** A group that holds all jobs that are shown, or none of them, tells nothing. */
function tellingGroups({ groups, jobs }: PipelineGraph): readonly GraphGroup[] {
  const shown = new Set(jobs.filter(({ place }) => place === 'inside').map(({ name }) => name))
  return groups
    .map(group => ({ ...group, jobs: group.jobs.filter(job => shown.has(job)) }))
    .filter(group => group.jobs.length > 0 && group.jobs.length < shown.size)
}

function aboutJob(
  name: string,
  place: GraphJob['place'],
  indexes: readonly number[],
  groups: readonly GraphGroup[]
): Pick<Box, 'title' | 'groups'> {
  const names = indexes.flatMap(index => groups[index]?.name ?? []).map(clean)
  const remark = {
    inside: names.length === 0 ? '' : `\nin ${names.join(', ')}`,
    outside: '\noutside this group',
    unknown: '\nnot a job of this pipeline'
  }
  return { title: `${clean(name)}${remark[place]}`, groups: indexes }
}

function titleOf(names: readonly string[], types: ReadonlyMap<string, string | undefined>): string {
  return names
    .map(name => `${clean(name)} (${clean(types.get(name) ?? 'not a resource of this pipeline')})`)
    .join('\n')
}

function arrowTitle(kind: 'starts' | 'uses' | 'puts', job: string, names: readonly string[]): string {
  const resources = names.map(clean).join(', ')
  const name = clean(job)
  if (kind === 'puts') return `${name} puts ${resources}`
  return kind === 'starts' ? `${resources} starts ${name}` : `${name} uses ${resources}`
}

/** As many names as fit on an arrow, and how many more there are. */
export function labelOf(names: readonly string[]): string {
  let shown = Math.min(1, names.length)
  while (shown < names.length && widthOf(names.slice(0, shown + 1).join(', ')) <= widest.label) shown += 1
  const text = cutTo(names.slice(0, shown).join(', '), widest.label)
  return shown === names.length ? text : `${text} +${names.length - shown}`
}

function short(name: string): string {
  // A name of nothing but what can't be shown still needs a place.
  return cutTo(clean(name), widest.box) || '?'
}

function clean(text: string): string {
  return cleanLine(text.replaceAll(/\p{Cs}/gu, '\ufffd'))
}
