import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Files as kubo-release has them up to v0.23.2, as far as our edits look at them. */
export const beforeArguments: Readonly<Record<string, string>> = {
  'config/final.yml': 'final_name: kubo\n',
  'config/blobs.yml': 'cni.tgz:\n  size: 1\n  object_id: id\n  sha: 0a0a\n',
  'jobs/kubelet/spec': `---
name: kubelet

templates:
  bin/kubelet_ctl.erb: bin/kubelet_ctl

packages: []

properties:
  labels:
    description: "Labels of the node"
    default: {}
`,
  'jobs/kubelet/monit': '',
  'jobs/kubelet/templates/bin/kubelet_ctl.erb': `#!/bin/bash
start() {
  kubelet \\
    --cni-bin-dir=/var/vcap/jobs/kubelet/packages/cni/bin \\
    --network-plugin=cni \\
    --node-labels=<%= p('labels').map { |name, value| "#{name}=#{value}" }.join(',') %> \\
  1>> kubelet.stdout.log
}
`,
  'jobs/kube-proxy/spec': `---
name: kube-proxy

templates:
  config/config.yml.erb: config/config.yml

packages: []

properties:
  api-token:
    description: The password of kube-proxy
`,
  'jobs/kube-proxy/monit': '',
  'jobs/kube-proxy/templates/config/config.yml.erb': `clusterCIDR: 10.200.0.0/16
iptables:
  masqueradeAll: false
  masqueradeBit: 14
mode: iptables
`
}

/** The same from v0.23.3 on. */
export const withArguments: Readonly<Record<string, string>> = {
  ...beforeArguments,
  'jobs/kubelet/spec':
    '---\nname: kubelet\ntemplates: {}\npackages: []\nproperties:\n  k8s-args:\n    description: Flags\n',
  'jobs/kube-proxy/spec':
    '---\nname: kube-proxy\ntemplates: {}\npackages: []\nproperties:\n  kube-proxy-configuration:\n    description: File\n'
}

/** A git checkout with one commit, in a folder that goes with `remove`. */
export class KuboCheckout {
  readonly folder = mkdtempSync(join(tmpdir(), 'kubo-release-'))

  constructor(files: Readonly<Record<string, string>>, ...tags: readonly string[]) {
    this.git('init', '--quiet', '--template=')
    for (const [path, text] of Object.entries({ '.gitignore': '/.dev_builds\n/dev_releases\n', ...files }))
      this.write(path, text)
    this.git('add', '--all')
    this.git('commit', '--quiet', '--message=kubo-release')
    for (const tag of tags) this.git('tag', tag)
  }

  git(...args: readonly string[]): string {
    const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com']
    return execFileSync('git', [...author, ...args], { cwd: this.folder, encoding: 'utf8' })
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    writeFileSync(join(this.folder, path), text)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
