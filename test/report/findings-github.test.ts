import { describe, expect, it } from 'vitest'
import { findingsGithub } from '../../src/report/findings-github.ts'
import { emptyFile, unknownResource, unusedResource } from './findings-sample.ts'

const base = '/checkout'

describe('findings as workflow commands', () => {
  it('annotate the line, and are summed up on a line of its own', () => {
    expect(findingsGithub([unknownResource, unusedResource, emptyFile], { base }).split('\n')).toEqual([
      '::error file=ci/a.yml,line=9,col=5,title=unknown-resource::jobs.test.plan[1].put(nowhere): found "nowhere", expected a resource of the pipeline%0Ahint: add it to the resources%0Amore: https://example.com/unknown-resource',
      '::warning file=ci/a.yml,line=2,col=3,title=unused-resource::resources.repo: found no step that uses it',
      '::error file=ci/b.yml,title=empty-file::found an empty file, expected YAML',
      '2 errors, 1 warning in 2 files',
      ''
    ])
  })

  it('escape what would end a property or the message', () => {
    const finding = { ...emptyFile, file: 'a,b:c%.yml', message: '100%\r\n::error::x' }
    expect(findingsGithub([finding], { base }).split('\n')[0]).toBe(
      '::error file=a%2Cb%3Ac%25.yml,title=empty-file::100%25%0D%0A::error::x'
    )
  })

  it('name a file from the checkout, where it lies in it', () => {
    const fileOf = (file: string): string | undefined =>
      /file=([^,]*)/.exec(findingsGithub([{ ...emptyFile, file }], { base }))?.[1]
    expect(fileOf('/checkout/ci/x.yml')).toBe('ci/x.yml')
    expect(fileOf('./ci/../x.yml')).toBe('x.yml')
    expect(fileOf('/elsewhere/x.yml')).toBe('/elsewhere/x.yml')
  })

  it('say that there are none', () => {
    expect(findingsGithub([], { base })).toBe('no findings\n')
  })
})
