import { expect, it } from 'vitest'
import { createCredhub } from '../../src/tools/credhub.ts'

/** CredHub's CLI, of which every question is written down. */
function credhub(answer: object) {
  const asked: string[] = []
  const run = async ({ args }: { readonly args: readonly string[] }) => {
    asked.push(args.join(' '))
    const { Duration } = await import('../../src/core/duration.ts')
    return { stdout: JSON.stringify(answer), stderr: '', took: Duration.seconds(0) }
  }
  const secrets: string[] = []
  const tool = createCredhub({ run }, { env: {} }, value => secrets.push(value))
  return { tool, asked, secrets }
}

it('asks for one credential by its whole path, and masks what it is', async () => {
  const { tool, asked, secrets } = credhub({ value: 'word' })
  expect(await tool.password('/bosh-lab/cf/cf_admin_password')).toBe('word')
  expect(asked).toEqual(['get --name /bosh-lab/cf/cf_admin_password --output-json'])
  expect(secrets).toEqual(['word'])
})

it.each(['cf_admin_password', 'cf/cf_admin_password', '/bosh-lab//x', '/', '', '/bosh-lab/cf/'])(
  'asks nothing for %j, which could be another one or several',
  async name => {
    const { tool, asked } = credhub({ value: 'word' })
    const tries = [tool.password(name), tool.certificate(name), tool.delete(name), tool.deletePath(name)]
    for (const work of tries) await expect(work).rejects.toMatchObject({ outcome: 'refused' })
    expect(asked).toEqual([])
  }
)
