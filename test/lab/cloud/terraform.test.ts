import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Cloud } from '../../../src/lab/cloud/cloud.ts'
import { writeJson } from '../../../src/lab/json-file.ts'
import { labPaths } from '../../../src/lab/paths.ts'
import {
  terraformApply,
  terraformDestroy,
  terraformOutputs,
  terraformShow
} from '../../../src/lab/terraform/terraform.ts'

const network = `
variable "env_id" {}
variable "size" { default = "small" }

resource "lab_network" "default" {
  name = "\${var.env_id}-network"
  cidr = "127.70.1.0/24"
  tags = { size = var.size }
}
`
const balancer = `
resource "lab_load_balancer" "web" {
  name    = "\${lab_network.default.name}-web"
  network = lab_network.default.id
  ports   = [80, 443]
}

output "web" { value = lab_load_balancer.web.address }
`

let lab: string
let cloud: Cloud
let printed: string

beforeEach(() => {
  lab = mkdtempSync(join(tmpdir(), 'lab-'))
  mkdirSync(join(lab, 'tf'))
  writeJson(labPaths(lab).settings, { pace: 0 })
  cloud = new Cloud(lab)
  printed = ''
  put('lab.tfvars', 'env_id = "lab"\n')
  put('tf/network.tf', network)
})
afterEach(() => rmSync(lab, { recursive: true }))

function put(path: string, text: string): void {
  writeFileSync(join(lab, path), text)
}

function options(): Parameters<typeof terraformApply>[0] {
  return {
    lab,
    folder: join(lab, 'tf'),
    statePath: join(lab, 'terraform.tfstate'),
    varFiles: [join(lab, 'lab.tfvars')],
    print: line => (printed += `${line}\n`)
  }
}

function kinds(): readonly string[] {
  return cloud.list().map(({ kind, name }) => `${kind} ${name}`)
}

describe('apply', () => {
  it('creates what is needed first, and tells its outputs', async () => {
    put('tf/a-balancer.tf', balancer)
    await terraformApply(options())
    expect(kinds()).toEqual(['network lab-network', 'load-balancer lab-network-web'])
    expect(cloud.all('network')[0]?.tags).toEqual({ size: 'small' })
    expect(terraformOutputs(options())).toEqual({ web: cloud.all('load-balancer')[0]?.ip })
    expect(printed).toContain('Apply complete! Resources: 2 added, 0 changed, 0 destroyed.')
  })

  it('does nothing where nothing has changed', async () => {
    await terraformApply(options())
    const [before] = cloud.list()
    await terraformApply(options())
    expect(cloud.list()).toEqual([before])
    expect(printed).toContain('Resources: 0 added')
  })

  it('makes anew what has changed, and what somebody has deleted', async () => {
    await terraformApply(options())
    const [before] = cloud.all('network')
    put('lab.tfvars', 'env_id = "lab"\nsize = "large"\n')
    await terraformApply(options())
    expect(cloud.all('network').map(({ tags }) => tags)).toEqual([{ size: 'large' }])
    expect(cloud.all('network')[0]?.cid).not.toBe(before?.cid)
    cloud.delete('network', cloud.all('network')[0]?.cid ?? '')
    await terraformApply(options())
    expect(kinds()).toEqual(['network lab-network'])
  })

  it('destroys what the files say no more', async () => {
    put('tf/balancer.tf', balancer)
    await terraformApply(options())
    rmSync(join(lab, 'tf/balancer.tf'))
    await terraformApply(options())
    expect(kinds()).toEqual(['network lab-network'])
    expect(terraformOutputs(options())).toEqual({})
  })

  it('takes the values of an override', async () => {
    put('tf/x_override.tf', 'resource "lab_network" "default" { name = "mine" }')
    await terraformApply(options())
    expect(kinds()).toEqual(['network mine'])
  })

  it('has on disk what it made before it failed, and the state before that beside it', async () => {
    put('tf/balancer.tf', balancer)
    writeJson(labPaths(lab).faults, [
      { program: 'terraform', args: 'create lab_load_balancer.web', action: 'exit' }
    ])
    await expect(terraformApply(options())).rejects.toThrow('broken on purpose')
    expect(terraformShow(options().statePath)).toContain('lab_network.default')
    await terraformApply(options())
    expect(kinds()).toEqual(['network lab-network', 'load-balancer lab-network-web'])
    expect(existsSync(`${options().statePath}.backup`)).toBe(true)
    expect(JSON.parse(readFileSync(options().statePath, 'utf8'))).toMatchObject({ version: 4 })
  })

  it.each([
    ['a resource of another IaaS', 'resource "aws_vpc" "x" {}', 'Invalid resource type'],
    ['what is not declared', 'output "x" { value = lab_address.x.id }', 'Reference to undeclared resource'],
    ['an override of nothing', undefined, 'Missing base output definition to override'],
    [
      'a circle',
      'resource "lab_address" "a" { name = lab_address.b.name }\nresource "lab_address" "b" { name = lab_address.a.name }',
      'Cycle: lab_address.a, lab_address.b'
    ],
    ['a firewall without a network', 'resource "lab_firewall" "f" { name = "f" }', '"network" is required']
  ])('refuses %s', async (_, text, words) => {
    if (text === undefined) put('tf/x_override.tf', 'output "x" { value = 1 }')
    else put('tf/x.tf', text)
    await expect(terraformApply(options())).rejects.toThrow(words)
  })
})

describe('destroy', () => {
  beforeEach(async () => {
    put('tf/balancer.tf', balancer)
    await terraformApply(options())
  })

  it('destroys the last first', async () => {
    await terraformDestroy(options())
    expect(kinds()).toEqual([])
    expect(terraformShow(options().statePath)).toContain('The state file is empty')
    expect(printed).toMatch(
      /lab_load_balancer\.web: Destruction complete[^]*lab_network\.default: Destruction/
    )
  })

  it('does not miss what somebody else has deleted', async () => {
    cloud.delete('load-balancer', cloud.all('load-balancer')[0]?.cid ?? '')
    await terraformDestroy(options())
    expect(kinds()).toEqual([])
  })

  it('stops at a network that is in use, and keeps it in its state', async () => {
    const network = cloud.all('network')[0]?.cid ?? ''
    cloud.createFirewall({ name: 'other', tags: {}, network })
    await expect(terraformDestroy(options())).rejects.toThrow('is already being used by firewall')
    expect(kinds()).toEqual(['network lab-network', 'firewall other'])
    expect(terraformShow(options().statePath)).toContain('lab_network.default')
  })
})
