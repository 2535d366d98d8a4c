import type { ReadingRule } from './reading-rules.ts'

/** What docs/rules/README.md says, given all rules there are: a table of code, level and summary. */
export function rulesPage(rules: readonly ReadingRule[]): string {
  const rows = [...rules]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, level, summary }) => `| [${code}](${code}.md) | ${level} | ${summary} |`)
  return `# Rules

What \`causeway check\` and \`causeway emit\` look for. An error certainly breaks or is certainly not meant; a warning is risky; what is off is a matter of taste. Written by \`npm run docs\`; do not edit.

| code | level | finds |
| --- | --- | --- |
${rows.join('\n')}
`
}
