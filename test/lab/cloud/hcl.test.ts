import { describe, expect, it } from 'vitest'
import { parseHcl } from '../../../src/lab/terraform/hcl.ts'

describe('a Terraform file', () => {
  it('is blocks with labels, attributes and blocks inside', () => {
    const text = `# a network
resource "lab_network" "default" {
  name = "\${var.env_id}-network" // its name
  mtu  = 1500
  open = true
  tags = { director = "bosh", "other" = null }

  lifecycle {
    ignore_changes = [name, tags]
  }
}
`
    expect(parseHcl(text, 'main.tf')).toMatchObject([
      {
        type: 'resource',
        labels: ['lab_network', 'default'],
        line: 2,
        attributes: {
          name: { kind: 'template', parts: [['var', 'env_id'], '-network'] },
          mtu: { kind: 'literal', value: 1500 },
          open: { kind: 'literal', value: true },
          tags: {
            kind: 'map',
            entries: { director: { parts: ['bosh'] }, other: { kind: 'literal', value: null } }
          }
        },
        blocks: [{ type: 'lifecycle', labels: [], attributes: { ignore_changes: { kind: 'list' } } }]
      }
    ])
  })

  it('may declare types of variables, and text with quotes in it', () => {
    const text = 'variable "names" {\n  type = list(string)\n  default = ["say \\"x\\"\\n"]\n}\n'
    expect(parseHcl(text, 'main.tf')).toMatchObject([
      { attributes: { default: { items: [{ parts: ['say "x"\n'] }] } } }
    ])
  })

  it.each([
    ['output "x" {\n  value = 1 + 2\n}', 'main.tf:2: found +, expected a name'],
    [
      'output "x" {\n  value = "${upper(var.x)}"\n}',
      'main.tf:2: found ${upper(var.x)}, expected a reference'
    ],
    ['output "x" {\n  value =\n}', 'main.tf:3: found }, expected a value'],
    ['output "x" {', 'main.tf:1: found the end of the file, expected a name'],
    ['output x {}', 'main.tf:1: found x, expected {'],
    ['x = { a 1 }', 'main.tf:1: found 1, expected =']
  ])('%j is more than the lab reads', (text, message) => {
    expect(() => parseHcl(text, 'main.tf')).toThrow(message)
  })
})
