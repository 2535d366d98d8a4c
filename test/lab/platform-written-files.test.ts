import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { filesWrittenBy } from '../../src/lab/platform/written-files.ts'
import { preStartScript } from './platform/manifests.ts'

const folder = mkdtempSync(join(tmpdir(), 'written-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('filesWrittenBy', () => {
  it('finds what a shell would have left', () => {
    const script = `
set -eu
own=${folder}/silk
name="probe"
mkdir -p "$own/bin"
cat >"$own/bin/$name" <<'PLUGIN'
#!/bin/sh
own=elsewhere
cat >inner <<'CONF'
{}
CONF
PLUGIN
chmod 0755 "$own/bin/$name"
cat > \${own}/conf.new <<CONF
{"a": 1}
CONF
mv "$own/conf.new" "$own/conf"
if [ -e nothing ]; then rm -f nothing; fi
`
    expect(spawnSync('sh', ['-c', script]).status).toBe(0)
    const left = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
    const real = new Map(left.map(path => [path, readFileSync(path, 'utf8')]))
    expect(real.size).toBe(2)
    expect(new Map([...filesWrittenBy(script)].sort())).toEqual(new Map([...real].sort()))
  })

  it('reads nothing out of a document without an end', () => {
    expect(filesWrittenBy('cat >a <<END\nx\n').size).toBe(0)
  })

  it('finds the CNI configuration that our own script gives kubelet', () => {
    const files = filesWrittenBy(preStartScript())
    const configuration = files.get('/var/vcap/data/silk-k8s/cni/10-silk.conflist') ?? '{}'
    expect(JSON.parse(configuration)).toMatchObject({
      plugins: [{ type: 'silk-cni' }, { type: 'silk-rescope' }, { type: 'portmap' }]
    })
    expect([...files.keys()]).toContain('/var/vcap/data/silk-k8s/bin/silk-rescope')
  })
})
