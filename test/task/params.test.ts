import { describe, expect, it } from 'vitest'
import { Duration } from '../../src/core/duration.ts'
import { defineTask } from '../../src/task/define.ts'
import { readParams } from '../../src/task/params.ts'

const task = defineTask({
  name: 'try-params',
  doc: 'Has a param of each kind.',
  image: 'toolbox',
  params: {
    NAME: { doc: 'A text.' },
    KIND: { doc: 'A choice.', choices: ['silk', 'flannel'], default: 'silk' },
    MINUTES: { doc: 'A number.', type: 'number', default: 20 },
    LOGS: { doc: 'A boolean.', type: 'boolean', default: true },
    OPS: { doc: 'A list.', type: 'list', default: [] },
    KEY: { doc: 'A secret.', optional: true, secret: true }
  },
  timeout: Duration.minutes(1),
  run: async () => undefined
})

describe('the params of a task', () => {
  it('take the default for what Concourse hands over as the empty text', () => {
    expect(readParams(task, { NAME: 'lab', KIND: '', MINUTES: '', LOGS: '', OPS: '', KEY: '' })).toEqual({
      values: { NAME: 'lab', KIND: 'silk', MINUTES: 20, LOGS: true, OPS: [], KEY: undefined },
      findings: []
    })
  })

  it('are read by their types', () => {
    const env = { NAME: '007', KIND: 'flannel', MINUTES: '1.5', LOGS: 'false', OPS: '["a.yml"]', KEY: 'k' }
    expect(readParams(task, env).values).toEqual({
      NAME: '007',
      KIND: 'flannel',
      MINUTES: 1.5,
      LOGS: false,
      OPS: ['a.yml'],
      KEY: 'k'
    })
  })

  it('are refused all at once, with what was found and what was expected', () => {
    const { findings } = readParams(task, { KIND: 'calico', MINUTES: 'soon', LOGS: 'yes', OPS: '[1]' })
    expect(findings.map(({ code, path, message }) => [code, path, message])).toEqual([
      ['missing-param', 'task(try-params).params.NAME', 'found nothing, expected a value'],
      ['wrong-param', 'task(try-params).params.KIND', 'found "calico", expected one of silk, flannel'],
      ['wrong-param', 'task(try-params).params.MINUTES', 'found "soon", expected a number'],
      ['wrong-param', 'task(try-params).params.LOGS', 'found "yes", expected true or false'],
      ['wrong-param', 'task(try-params).params.OPS', 'found "[1]", expected a JSON list of texts']
    ])
  })
})
