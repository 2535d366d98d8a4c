import { describe, expect, it } from 'vitest'
import { applyOpsFiles, OperationFailed, OpsFileError, readOpsFile } from '../../src/manifest/ops-file.ts'
import { readYaml } from '../../src/manifest/read-yaml.ts'
import type { Value } from '../../src/manifest/value.ts'

const manifest = readYaml(`
list: [one, two, three]
groups: [{name: api, jobs: [{name: cc}]}, {name: cell}]
`)

function patch(ops: string): Value {
  return applyOpsFiles(manifest, [readOpsFile(ops, 'ops/10-demo.yml')])
}

function failure(work: () => unknown): unknown {
  try {
    work()
  } catch (thrown) {
    return thrown
  }
  return undefined
}

describe('applyOpsFiles', () => {
  it('puts values at every kind of place', () => {
    const patched = patch(`
- {type: replace, path: '/list/0:before', value: zero}
- {type: replace, path: '/list/-', value: four}
- {type: replace, path: '/list/-1:prev', value: 3}
- {type: replace, path: '/groups/name=cell/jobs?/name=rep?/port', value: 1}
- {type: remove, path: /groups/name=api/jobs/name=cc}
`)
    expect(patched).toEqual({
      list: ['zero', 'one', 'two', 3, 'four'],
      groups: [
        { name: 'api', jobs: [] },
        { name: 'cell', jobs: [{ name: 'rep', port: 1 }] }
      ]
    })
  })

  it('leaves the given document as it was, also where it fails half-way', () => {
    const before = structuredClone(manifest)
    failure(() => patch('- {type: remove, path: /list}\n- {type: remove, path: /nope}'))
    expect(manifest).toEqual(before)
  })

  it('names the file, the operation and the path that failed', () => {
    const thrown = failure(() =>
      patch('- {type: remove, path: /list}\n- {type: remove, path: /groups/name=db}')
    )
    expect(thrown).toBeInstanceOf(OperationFailed)
    expect(thrown).toMatchObject({ file: 'ops/10-demo.yml', index: 1, outcome: 'findings' })
    expect(String(thrown)).toContain("path '/groups/name=db' but found 0")
  })

  it('refuses an ops file with an unknown operation', () => {
    expect(failure(() => patch('- {type: move, path: /list}'))).toBeInstanceOf(OpsFileError)
  })
})
