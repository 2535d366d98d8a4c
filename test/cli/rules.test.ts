import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { allRules } from '../../src/rules/all-rules.ts'
import { readingRules } from '../../src/rules/reading-rules.ts'
import { CommandLine } from './command-line.ts'

let line: CommandLine

beforeEach(async () => {
  line = await CommandLine.open()
})

describe('causeway rules', () => {
  it('lists every rule by its code, with its level and what it finds', async () => {
    const { code, out } = await line.run('rules')
    expect(code).toBe(0)
    const lines = out.trimEnd().split('\n')
    expect(lines.map(one => one.split(' ')[0])).toEqual(
      [...allRules, ...readingRules].map(rule => rule.code).sort()
    )
    expect(lines.find(one => one.startsWith('unknown-job '))).toMatch(/^unknown-job +error {4}\S.*\.$/)
  })

  it('says the same as JSON', async () => {
    const { out } = await line.run('rules', '--format', 'json')
    const { rules } = JSON.parse(out) as { rules: object[] }
    expect(rules).toHaveLength(allRules.length + readingRules.length)
    expect(rules).toContainEqual({
      code: 'unknown-job',
      level: 'error',
      summary: allRules.find(({ code }) => code === 'unknown-job')?.summary,
      doc: 'docs/rules/unknown-job.md'
    })
  })

  it('says how they count as flags and settings have it', async () => {
    const config = join(line.folder, 'c.yml')
    await writeFile(config, 'levels: {unknown-job: off, unused-resource: warning}\n')
    const { out } = await line.run('rules', '--config', config, '--level', 'unused-resource=error')
    expect(out).toMatch(/^unknown-job +off /m)
    expect(out).toMatch(/^unused-resource +error /m)
  })

  it('lists those of the team, with their page', async () => {
    const file = join(line.folder, 'rules.ts')
    await writeFile(
      file,
      `export default {
  code: 'acme-name', summary: 'A name is none of ours.', level: 'off', doc: 'https://wiki.example.com/names', job() {}
}\n`
    )
    expect((await line.run('rules', '--rules', file)).out).toMatch(
      /^acme-name +off +A name is none of ours\.$/m
    )
    const { out } = await line.run('rules', 'acme-name', '--rules', file, '--format', 'json')
    expect(JSON.parse(out)).toEqual({
      code: 'acme-name',
      level: 'off',
      summary: 'A name is none of ours.',
      doc: 'https://wiki.example.com/names'
    })
    expect((await line.run('rules', 'acme-name', '--rules', file)).out).toBe(
      '# acme-name\n\nA name is none of ours. (off)\n\nhttps://wiki.example.com/names\n'
    )
  })

  it('prints the page of one', async () => {
    const { out } = await line.run('rules', 'missing-artifact')
    expect(out).toMatch(/^# missing-artifact\n[^]*\n## Bad\n[^]*\n## Good\n/)
  })

  it('has a page of every rule', async () => {
    for (const { code } of [...allRules, ...readingRules]) {
      expect((await line.run('rules', code)).out, code).toMatch(new RegExp(`^# ${code}\n`))
    }
  })

  it('offers the nearest code, and refuses settings that are wrong', async () => {
    expect(await line.run('rules', 'missing-artefact')).toMatchObject({
      code: 2,
      err: 'error: rules: found "missing-artefact", expected the code of a rule\nhint: write missing-artifact\n'
    })
    const config = join(line.folder, 'c.yml')
    await writeFile(config, 'levels: {unknown-jobs: off}\n')
    const { code, err } = await line.run('rules', '--config', config)
    expect(code).toBe(3)
    expect(err).toContain('c.yml:1:10: error[settings]: levels.unknown-jobs')
  })
})
