/** The head of a block at the top of a terraform file. */
export interface BlockHead {
  /** `resource "google_compute_firewall" "bosh-open"`, as one line. */
  readonly name: string
  /** `resource`, `output`, `provider`, `terraform`, `variable`, `data`, `locals`, `module`. */
  readonly kind: string
  /** Counted from 1. */
  readonly line: number
}

/**
 * The heads of all blocks of a file, without what is inside: all that is needed to know what an override file overrides.
 * Reads terraform of both eras; text in quotes, here documents and comments are passed over.
 */
export function blockHeads(text: string): BlockHead[] {
  const heads: BlockHead[] = []
  let depth = 0
  for (const { token, line } of tokens(text)) {
    if (depth === 0 && token.endsWith('{')) {
      const words = token.slice(0, -1).trim().split(/\s+/)
      const [kind = '', ...labels] = words
      const name = [kind, ...labels.map(label => `"${label.replaceAll('"', '')}"`)].join(' ')
      heads.push({ name, kind, line })
    }
    depth += token.endsWith('{') ? 1 : token === '}' ? -1 : 0
  }
  return heads
}

const pattern =
  /#.*|\/\/.*|\/\*[\s\S]*?\*\/|<<[-~]?(\w+)\n[\s\S]*?\n\s*\1\b|[A-Za-z_][\w-]*(?:[ \t]+(?:"[^"\n]*"|[A-Za-z_][\w-]*))*[ \t]*\{|"(?:\\.|\$\{(?:"(?:\\.|[^"\\])*"|[^"}])*\}|[^"\\])*"|[{}]|\n/g

function* tokens(text: string): Generator<{ readonly token: string; readonly line: number }> {
  let line = 1
  for (const [found] of text.matchAll(pattern)) {
    if (/\{$|^\}$/.test(found) && !/^["#/]/.test(found)) yield { token: found, line }
    line += found.split('\n').length - 1
  }
}

/** A file by its name in the folder, with its text. */
export interface TerraformFile {
  readonly name: string
  readonly text: string
}

export function isOverride(name: string): boolean {
  return name === 'override.tf' || name.endsWith('_override.tf')
}

export interface AddedBlock extends BlockHead {
  readonly file: string
}

/**
 * Blocks in override files that no other file has. From terraform 0.12 on that is an error: "Missing resource to override",
 * "Missing base output definition to override" (bosh-bootloader#522, #562). `terraform`, `provider` and `locals` merge with
 * what is there, or stand for themselves.
 */
export function addedByOverrides(files: readonly TerraformFile[]): AddedBlock[] {
  const base = new Set(
    files
      .filter(({ name }) => !isOverride(name))
      .flatMap(({ text }) => blockHeads(text).map(({ name }) => name))
  )
  return files
    .filter(({ name }) => isOverride(name))
    .flatMap(({ name: file, text }) => blockHeads(text).map(head => ({ ...head, file })))
    .filter(({ name, kind }) => !['terraform', 'provider', 'locals'].includes(kind) && !base.has(name))
}
