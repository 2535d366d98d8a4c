import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import { newIdentity } from '../../src/state/keys.ts'
import type { StateValues } from '../../src/state/params.ts'
import { createTools, type Tools } from '../../src/tools/tools.ts'
import type { TreeFile } from '../../src/tools/tree.ts'

/** A repository for state on this disk, an identity, and tools to write to it. */
export class StateBench {
  readonly root: string
  readonly remote: string
  readonly params: StateValues
  readonly #lines: string[] = []
  #count = 0

  private constructor(root: string, identity: string) {
    this.root = root
    this.remote = join(root, 'remote.git')
    this.params = {
      ENVIRONMENT: 'lab',
      STATE_URI: this.remote,
      STATE_BRANCH: 'lab',
      STATE_IDENTITY: identity,
      STATE_PRIVATE_KEY: undefined,
      STATE_RECIPIENTS: []
    }
  }

  static async open(): Promise<StateBench> {
    const bench = new StateBench(await mkdtemp(join(tmpdir(), 'state-bench-')), await newIdentity())
    execFileSync('git', ['init', '--quiet', '--bare', bench.remote])
    return bench
  }

  /** A folder that nobody else has; it is not made. */
  folder(): string {
    this.#count += 1
    return join(this.root, `folder-${this.#count}`)
  }

  /** Tools of a task of its own. */
  tools(signal: AbortSignal = new AbortController().signal): Tools {
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.root }
    return createTools({ env, log: this.log, redactor: new Redactor(), signal, scratch: this.folder() })
  }

  readonly log = createLog(line => this.#lines.push(line))

  get logged(): string {
    return this.#lines.join('')
  }

  /** Runs git in the remote, or elsewhere. */
  git(args: readonly string[], cwd = this.remote): string {
    const author = ['-c', 'user.name=a', '-c', 'user.email=a@b']
    return execFileSync('git', [...author, ...args], { cwd, encoding: 'utf8' })
  }

  /** A clone of the state branch, as Concourse's get makes it. */
  clone(branch = 'lab'): string {
    const folder = this.folder()
    this.git(['clone', '--quiet', '--single-branch', '--branch', branch, this.remote, folder], this.root)
    return folder
  }

  /** Commits what lies in a clone, and pushes it by force: what somebody does who knows no better. */
  pushByHand(folder: string, branch = 'lab'): void {
    this.git(['add', '--all'], folder)
    this.git(['commit', '--quiet', '--allow-empty', '--message', 'by hand'], folder)
    this.git(['push', '--quiet', '--force', this.remote, `HEAD:refs/heads/${branch}`], folder)
  }

  /** The commit of a branch of the remote. */
  headOf(branch = 'lab'): string {
    return this.git(['rev-parse', `refs/heads/${branch}`]).trim()
  }

  async close(): Promise<void> {
    await rm(this.root, { recursive: true, force: true })
  }
}

export function file(content: string | Uint8Array, executable = false): TreeFile {
  return { kind: 'file', executable, content: Buffer.from(content) }
}

export function link(to: string): TreeFile {
  return { kind: 'link', executable: false, content: Buffer.from(to) }
}

/** A tree of texts. */
export function treeOfTexts(texts: Readonly<Record<string, string>>): Map<string, TreeFile> {
  return new Map(Object.entries(texts).map(([path, text]) => [path, file(text)]))
}

/** State of a paved environment, as far as a guard reads it. */
export const paved = {
  'bbl/bbl-state.json': '{"envID":"lab"}',
  'bbl/vars/terraform.tfstate': '{"serial":1,"terraform_version":"1.4.5"}',
  'bbl/vars/bosh-state.json': '{"current_vm_cid":"vm-1"}',
  'bbl/vars/jumpbox-state.json': '{"current_vm_cid":"vm-2"}',
  'bbl/vars/director-vars-store.yml': 'admin_password: hunter2\n',
  'bbl/vars/jumpbox-vars-store.yml': 'jumpbox_ssh: {}\n'
} as const
