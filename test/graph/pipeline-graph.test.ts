import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { drawingOf } from '../../src/graph/drawing.ts'
import { selectGroup, selectResources } from '../../src/graph/select.ts'
import { graphOf, sampleDrawing, sampleGraph } from './sample.ts'

describe('the graph of a pipeline', () => {
  it('has an edge for each get and put, in every nesting and hook', () => {
    const { gets, puts } = sampleGraph()
    expect(gets).toEqual([
      { resource: 'repo', job: 'unit', trigger: true },
      { resource: 'ci', job: 'unit', trigger: false },
      { resource: 'ci', job: 'deploy-play', trigger: false },
      { resource: 'ci', job: 'ship', trigger: false }
    ])
    expect(puts).toEqual([
      { job: 'unit', resource: 'pool' },
      { job: 'deploy-lab', resource: 'release' },
      { job: 'deploy-lab', resource: 'pool' },
      { job: 'ship', resource: 'nowhere' }
    ])
  })

  it('has one edge between two jobs, whatever is passed; patterns are resolved', () => {
    const pairs = sampleGraph().passes.map(({ from, to, resources }) => [
      `${from} → ${to}`,
      ...resources.map(({ name, trigger }) => `${name}${trigger ? '!' : ''}`)
    ])
    expect(pairs).toEqual([
      ['unit → deploy-lab', 'repo!', 'ci'],
      ['unit → deploy-play', 'repo'],
      ['deploy-lab → ship', 'repo!', 'ci'],
      ['deploy-play → ship', 'repo!'],
      ['gone → ship', 'repo!']
    ])
  })

  it('shows what the pipeline does not have as such', () => {
    const { jobs, resources } = sampleGraph()
    expect(jobs.filter(({ place }) => place === 'unknown')).toEqual([{ name: 'gone', place: 'unknown' }])
    expect(resources.filter(({ type }) => type === undefined)).toEqual([{ name: 'nowhere' }])
    const pattern = graphOf(
      'resources: [{name: r, type: git, source: {}}]\njobs: [{name: j, plan: [{get: r, passed: ["z*"]}]}]'
    )
    expect(pattern.passes).toMatchObject([{ from: 'z*', to: 'j' }])
  })

  it('triggers where any get of a resource in the job does', () => {
    const { gets } = graphOf(
      'resources: [{name: r, type: git, source: {}}]\njobs: [{name: j, plan: [{get: a, resource: r, trigger: true}, {get: r}]}]'
    )
    expect(gets).toEqual([{ resource: 'r', job: 'j', trigger: true }])
  })

  it('refuses what patterns make too large', () => {
    const jobs = Array.from({ length: 400 }, (_, i) => `- {name: j${i}, plan: [{get: r, passed: ["*"]}]}`)
    expect(() => graphOf(`resources: [{name: r, type: git, source: {}}]\njobs:\n${jobs.join('\n')}`)).toThrow(
      UserError
    )
  })
})

describe('a part of the graph', () => {
  it('is a group with the jobs outside that it waits for', () => {
    const { jobs, passes, gets, puts } = selectGroup(sampleGraph(), 'ship')
    expect(jobs.map(({ name, place }) => `${name} ${place}`)).toEqual([
      'unit outside',
      'deploy-lab inside',
      'deploy-play outside',
      'ship inside',
      'gone unknown'
    ])
    expect(passes.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'unit deploy-lab',
      'deploy-lab ship',
      'deploy-play ship',
      'gone ship'
    ])
    expect([...new Set([...gets, ...puts].map(({ job }) => job))]).toEqual(['ship', 'deploy-lab'])
  })

  it('says which groups there are', () => {
    expect(() => selectGroup(sampleGraph(), 'shop')).toThrow(/group shop: .* all, test, ship/)
  })

  it('has fewer resources where they are not asked for', () => {
    const trigger = selectResources(sampleGraph(), 'trigger')
    expect([trigger.gets.length, trigger.puts.length, trigger.passes.length]).toEqual([1, 0, 5])
    const none = selectResources(sampleGraph(), 'none')
    expect([none.gets.length, none.puts.length, none.passes.length]).toEqual([0, 0, 5])
  })
})

describe('what is drawn', () => {
  it('leaves out groups that tell no jobs apart', () => {
    const { groups, boxes } = sampleDrawing()
    expect(groups).toEqual(['test', 'ship'])
    expect(boxes.find(({ id }) => id === 'job_deploy_lab')?.groups).toEqual([0, 1])
  })

  it('has ids that do not depend on other jobs', () => {
    const jobs = (...names: string[]) =>
      graphOf(`jobs:\n${names.map(name => `- {name: ${name}, plan: []}`).join('\n')}`)
    const ids = (...names: string[]) => drawingOf(jobs(...names), 'p').boxes.map(({ id }) => id)
    expect(ids('b', 'end')).toEqual(['job_b', 'job_end'])
    expect(ids('a-b', 'a_b', 'end')).toEqual(['job_a_b', 'job2_a_b', 'job_end'])
  })
})
