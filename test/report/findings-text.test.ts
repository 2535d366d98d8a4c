import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import { findingsText } from '../../src/report/findings-text.ts'
import { emptyFile, pipelineText, sources, unknownResource, unusedResource } from './findings-sample.ts'

describe('findings for a person', () => {
  it('have place, code, path, message, the code round it, hint and doc, and a summary at the end', () => {
    expect(findingsText([unusedResource, unknownResource, emptyFile], { sources })).toBe(`\
ci/a.yml:2:3: warning[unused-resource]: resources.repo: found no step that uses it
  1 | resources:
  2 | - name: repo
    |   ^
  3 |   type: git

ci/a.yml:9:5: error[unknown-resource]: jobs.test.plan[1].put(nowhere): found "nowhere", expected a resource of the pipeline
   7 |   plan:
   8 |   - get: repo
   9 |   - put: nowhere
     |     ^
  hint: add it to the resources
  doc: https://example.com/unknown-resource

ci/b.yml: error[empty-file]: found an empty file, expected YAML

2 errors, 1 warning in 2 files
`)
  })

  it('come file by file, whatever their order', () => {
    const shown = findingsText([unknownResource, emptyFile, unusedResource], { sources })
    const places = [...shown.matchAll(/^ci\/.*?: /gm)].map(([place]) => place)
    expect(places).toEqual(['ci/a.yml:9:5: ', 'ci/a.yml:2:3: ', 'ci/b.yml: '])
  })

  it('are shown in full three times for each rule and file, and then by their places and new hints alone', () => {
    const at = (line: number, hint = 'write a'): Finding => ({
      ...unknownResource,
      line,
      path: `p${line}`,
      hint
    })
    const many = [...[1, 2, 3, 4, 5].map(line => at(line)), at(6, 'write b'), at(7), unusedResource]
    const shown = findingsText([...many, { ...at(1), file: 'ci/c.yml' }], { sources })
    const message = 'found "nowhere", expected a resource of the pipeline'
    expect(shown).toContain(`  hint: write a
  doc: https://example.com/unknown-resource

ci/a.yml:4:5: error[unknown-resource]: p4: ${message}
ci/a.yml:5:5: error[unknown-resource]: p5: ${message}

ci/a.yml:6:5: error[unknown-resource]: p6: ${message}
  hint: write b

ci/a.yml:7:5: error[unknown-resource]: p7: ${message}

ci/a.yml:2:3: warning[unused-resource]: resources.repo: found no step that uses it
  1 | resources:
`)
    expect(shown.match(/hint: write a/g)).toHaveLength(4)
    expect(shown).toMatch(/\n\n8 errors, 1 warning in 2 files\n$/)
  })

  it('are nothing where there are none', () => {
    expect(findingsText([], { sources })).toBe('')
  })

  it('do without the code where the file, or the line in it, is not at hand', () => {
    const elsewhere = [unknownResource, { ...unknownResource, file: 'ci/c.yml' }]
    const shown = findingsText(elsewhere, { sources: new Map([['ci/a.yml', 'jobs: []\n']]) })
    expect(shown).not.toContain(' | ')
    expect(shown).toContain('2 errors in 2 files')
  })

  it('are coloured only where that is wanted', () => {
    const escape = '\u001b['
    expect(findingsText([unknownResource], { sources })).not.toContain(escape)
    const coloured = findingsText([unknownResource, unusedResource], { sources, colour: true })
    expect(coloured).toContain(`${escape}31merror[unknown-resource]${escape}0m`)
    expect(coloured).toContain(`${escape}33mwarning[unused-resource]${escape}0m`)
  })

  it('can do nothing to a terminal, whatever stands in a pipeline', () => {
    const evil = '\u001b[2J\u202e'
    const finding: Finding = {
      ...unknownResource,
      message: `found ${evil}\nx`,
      path: `jobs.${evil}`,
      hint: evil
    }
    const text = pipelineText.replace('nowhere', evil)
    const shown = findingsText([finding], { sources: new Map([['ci/a.yml', text]]) })
    expect(shown).not.toContain('\u001b')
    expect(shown).not.toContain('\u202e')
    expect(shown).toContain('found ·[2J· x')
  })
})
