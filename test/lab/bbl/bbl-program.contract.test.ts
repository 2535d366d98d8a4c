import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readYaml } from '../../../src/manifest/read-yaml.ts'
import { at, isMap, textAt } from '../../../src/manifest/value.ts'
import { openBblLab, type BblLab, type Ran } from './bbl-lab.ts'

const real = process.env['CAUSEWAY_REAL_BBL'] ?? ''
/** Imitated is whichever of the two eras the real one is of. */
const bbl =
  real !== '' && spawnSync(real, ['version'], { encoding: 'utf8' }).stdout.includes(' 8.4.40 ')
    ? '8.4.40'
    : '9.0.48'
const isOld = bbl === '8.4.40'
const title = `the imitation bbl ${bbl}, beside the real one (needs CAUSEWAY_REAL_BBL, the path of a bbl v9.0.48 or v8.4.40)`

let ours: BblLab
let theirs: BblLab

/**
 * What both print, with the words that must differ made the same: the lab's folder, the IaaS, and the ops file that makes the cloud config
 * of a carrier one for the lab.
 */
function comparable(lab: BblLab, { code, stdout, stderr }: Ran): Ran {
  const [out = '', err = ''] = [stdout, stderr].map(text =>
    text
      .replaceAll(lab.lab, 'LAB')
      .replaceAll('openstack', 'lab')
      .replace('\tcloud-config/lab.yml\n', '')
      .replace(/^\nyou've supplied the following files to bbl:\n\n\nthey will be used by "bbl up".\n\n/m, '')
      .replaceAll(/127\.\d+\.\d+\.\d+/g, 'IP')
  )
  return { code, stdout: out, stderr: err }
}

/** The same command line for both; gives what the imitation did, after it was seen to be what the real one does. */
async function both(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const [mine, other] = await Promise.all([ours.run('bbl', args, env), theirs.run('bbl', args, env)])
  expect({ args, ...comparable(ours, mine) }).toEqual({ args, ...comparable(theirs, other) })
  return mine
}

/** Something of both state directories. */
function same(read: (lab: BblLab) => unknown): void {
  expect(read(ours)).toEqual(read(theirs))
}

async function open(): Promise<void> {
  ours = await openBblLab({ settings: { bbl } })
  theirs = await openBblLab({ real })
}

async function close(): Promise<void> {
  await Promise.all([ours.close(), theirs.close()])
}

/** bbl's own files; what it unpacks differs from IaaS to IaaS, and what a carrier adds is none of bbl's. */
function filesOf(lab: BblLab): readonly string[] {
  return lab.files().filter(path => !/^(?:bosh|jumpbox)-deployment\/|^cloud-config\/lab\.yml$/.test(path))
}

describe.skipIf(real === '')(title, { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await open()
  })
  afterAll(async () => {
    await close()
  })

  describe('without an environment', () => {
    it.each([
      'version',
      '--version',
      'env-id',
      'env-id --nope',
      'env-id -s /nowhere',
      'print-env',
      'print-env --nope',
      'print-env --shell-type nope',
      'outputs',
      'lbs',
      'latest-error',
      'ssh-key',
      'director-ssh-key',
      'jumpbox-address',
      'down --no-confirm',
      'down --no-confirm --nope',
      'plan --nope',
      'plan -x',
      'plan --lb-type',
      'plan --name',
      'plan --name Lab',
      'plan --name lab-',
      'plan --lb-type cf',
      'plan --lb-type moon',
      'plan --lb-type cf --lb-cert a --lb-key b',
      'plan --lb-type concourse --lb-domain x.y',
      'up --nope',
      'rotate --nope',
      'leftovers --filter x --dry-run'
    ])('says the same of %s', async line => {
      await both(line.split(' '))
    })

    it('knows the same commands', async () => {
      const refusals = await Promise.all([ours, theirs].map(lab => lab.bbl('pave')))
      expect(refusals.map(({ code, stderr }) => [code, stderr])).toEqual([
        [1, '\n\nunknown command: pave\n'],
        [1, '\n\nunknown command: pave\n']
      ])
    })
  })

  describe('an environment', () => {
    it('is planned in the same files', async () => {
      await both(['plan', '--name', 'lab', '--lb-type', 'concourse'])
      same(filesOf)
      same(lab => filesOf(lab).map(path => [path, statSync(join(lab.stateDir, path)).mode & 0o777]))
      same(lab => {
        const state = lab.state()
        return isMap(state) && { ...state, id: '', iaas: '' }
      })
      same(lab => scriptOf(lab, 'create-jumpbox.sh'))
      same(lab => scriptOf(lab, 'delete-director.sh'))
    })

    it('has its load balancer only as long as each plan names it', async () => {
      await both(['plan'])
      same(lab => textAt(lab.state(), 'lb', 'type'))
      expect(textAt(ours.state(), 'lb', 'type')).toBe('')
      await both(['plan', '--lb-type', 'concourse', 'some', 'words'])
      expect(textAt(ours.state(), 'lb', 'type')).toBe('concourse')
    })

    it.each(['print-env', 'ssh-key', 'director-address', 'latest-error', 'outputs', 'jumpbox-address'])(
      'that is only planned has nothing to tell: %s',
      async line => {
        const [mine, other] = await Promise.all([ours, theirs].map(lab => lab.bbl(line)))
        expect(comparable(ours, sorted(mine))).toEqual(comparable(theirs, sorted(other)))
      }
    )

    it('keeps its IaaS', async () => {
      const env = { BBL_IAAS: 'gcp' }
      expect((await ours.run('bbl', ['env-id', '--iaas', 'gcp'], env)).stderr).toContain(
        'The iaas type cannot be changed for an existing environment'
      )
    })

    it('goes up step by step, with whatever flags', async () => {
      await both(['up', '--lb-type', 'concourse'])
      same(lab =>
        lab.cloud.list().map(({ kind, name, tags }) => [kind, kind === 'stemcell' ? '' : name, tags])
      )
      same(filesOf)
      same(lab => Object.keys(lab.state() ?? {}).sort())
    })

    it('is reached by the same variables, but for the proxy', async () => {
      const [mine, other] = await Promise.all([ours.printEnv(), theirs.printEnv()])
      const { BOSH_ALL_PROXY: proxy, CREDHUB_PROXY: sameProxy, ...rest } = other
      expect(Object.keys(mine).sort()).toEqual(Object.keys(rest).sort())
      expect(proxy).toMatch(/^ssh\+socks5:\/\/jumpbox@127\.\d+\.\d+\.\d+:22\?private-key=/)
      expect(sameProxy).toBe(proxy)
      for (const lab of [ours, theirs]) {
        const env = lab === ours ? mine : rest
        expect((await lab.run('bosh', ['deployments', '--json'], env)).code).toBe(0)
        expect((await lab.run('credhub', ['find'], env)).code).toBe(0)
      }
    })

    it.each(['env-id', 'director-username', 'director-address', 'jumpbox-address', 'up'])(
      'tells the same of itself: %s',
      async line => {
        await both([line])
      }
    )

    it('lets user files change its cloud', async () => {
      for (const lab of [ours, theirs]) {
        lab.put(
          'terraform/extra.tf',
          'resource "lab_address" "extra" {\n  name = "extra"\n  network = lab_network.default.id\n}\noutput "extra_ip" {\n  value = lab_address.extra.address\n}\n'
        )
      }
      await both(['up'])
      for (const lab of [ours, theirs]) {
        expect(lab.cloud.all('address').map(({ name }) => name)).toContain('extra')
        const vars = readYaml(lab.read('vars/director-vars-file.yml'))
        expect(at(vars, 'extra_ip')).toBe(at(readYaml((await lab.bbl('outputs')).stdout), 'extra_ip'))
      }
    })

    it('goes up where an override adds something only with terraform 0.11; a later one says what', async () => {
      for (const lab of [ours, theirs]) {
        lab.put('terraform/bucc_override.tf', 'output "director__concourse_domain" {\n  value = "x"\n}\n')
        const { code, stderr } = await lab.bbl('up')
        rmSync(join(lab.stateDir, 'terraform/bucc_override.tf'))
        if (isOld) {
          expect(code).toBe(0)
          expect(at(readYaml(lab.read('vars/director-vars-file.yml')), 'concourse_domain')).toBe('x')
        } else {
          expect(code).toBe(1)
          expect(stderr).toMatch(
            /^\n\nExecutor init: Run terraform init --upgrade: command execution failed got: exit status 1 stderr:\n/
          )
          expect(stderr).toContain('Missing base output definition to override')
        }
      }
    })

    it('is not taken down without a yes', async () => {
      await both(['down'])
    })

    it('goes down, and leaves what is the user’s', async () => {
      await both(['down', '--no-confirm', '--skip-if-missing'])
      same(filesOf)
      expect(ours.cloud.list()).toEqual([])
      expect(theirs.cloud.list()).toEqual([])
      for (const lab of [ours, theirs]) rmSync(join(lab.stateDir, 'terraform/extra.tf'))
    })
  })

  describe('a failure', () => {
    it('of a plan leaves a state that counts as planned, and no template', async () => {
      for (const lab of [ours, theirs]) {
        lab.break({ program: 'terraform', args: 'init', action: 'exit', code: 1 })
        expect((await lab.bbl('plan', '--name', 'lab')).code).toBe(1)
        lab.break()
      }
      same(lab => at(lab.state(), 'version'))
      same(lab => lab.has('create-director.sh'))
      expect(ours.has('create-director.sh')).toBe(false)
      await both(['plan', '--name', 'lab'])
    })

    it('of the Director leaves an empty section, and down passes the VM over', async () => {
      for (const lab of [ours, theirs]) {
        lab.put(
          'create-director-override.sh',
          '#!/bin/sh\n"$BBL_STATE_DIR/create-director.sh" && exit 3\n',
          0o755
        )
      }
      const { stderr } = await both(['up'])
      expect(stderr).toContain('create-director-override.sh: exit status 3')
      same(lab => at(lab.state(), 'bosh'))
      const [mine, other] = await Promise.all([ours, theirs].map(lab => lab.bbl('print-env')))
      expect([mine?.code, other?.code]).toEqual([0, 0])
      for (const env of await Promise.all([ours.printEnv(), theirs.printEnv()])) {
        expect(env).toMatchObject({ BOSH_ENVIRONMENT: '', BOSH_CLIENT: '', BOSH_CA_CERT: '' })
      }
      await both(['down', '--no-confirm'])
      same(lab => lab.cloud.all('vm').map(({ name }) => name))
      expect(ours.cloud.all('vm').map(({ name }) => name)).toEqual(['bosh/0'])
      same(lab => lab.has('vars/bosh-state.json'))
    })

    it('to find the state of terraform is taken for nothing to do', async () => {
      for (const lab of [ours, theirs]) rmSync(join(lab.stateDir, 'vars/terraform.tfstate'))
      await both(['down', '--no-confirm'])
      same(filesOf)
      expect(ours.cloud.all('vm').map(({ name }) => name)).toEqual(['bosh/0'])
    })
  })
})

/** A script without what is told to one CPI alone. */
function scriptOf(lab: BblLab, name: string): readonly string[] {
  const text = readFileSync(join(lab.stateDir, name), 'utf8').replaceAll('openstack', 'lab')
  return text
    .split('\n')
    .filter(line => !/^ {2}-v {2}lab_/.test(line))
    .map(line => line.replace(/ \\$| $/, ''))
}

/** bbl prints variables in the order of a map. */
function sorted(ran: Ran | undefined): Ran {
  const { code = null, stdout = '', stderr = '' } = ran ?? {}
  return { code, stdout: stdout.split('\n').sort().join('\n'), stderr }
}
