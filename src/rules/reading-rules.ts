import type { Rule } from './rule.ts'

/** A rule that the reader keeps while it reads: there is nothing to look at afterwards. */
export type ReadingRule = Pick<Rule, 'code' | 'summary' | 'level' | 'doc'>

/** What is told of before rules look at the pipeline, or after. */
export const readingRules: readonly ReadingRule[] = [
  { code: 'yaml-syntax', summary: 'The text is no YAML.', level: 'error' },
  { code: 'unknown-key', summary: 'An object has a key that Concourse does not know there.', level: 'error' },
  { code: 'missing-key', summary: 'An object lacks a key that it must have.', level: 'error' },
  { code: 'wrong-type', summary: 'A value is not of the kind that its key takes.', level: 'error' },
  {
    code: 'unresolved-var',
    summary: 'A ((var)) stands where Concourse resolves none while the pipeline runs.',
    level: 'error'
  },
  {
    code: 'var-value',
    summary: 'A ((var)) has a value that can not stand where the var stands.',
    level: 'error'
  },
  { code: 'not-in-target', summary: 'A key came after the release that is the target.', level: 'error' },
  { code: 'deprecated-key', summary: 'A key will not be known for long.', level: 'warning' },
  { code: 'key-case', summary: 'A key is written with capitals, which only Go forgives.', level: 'warning' },
  { code: 'no-core-step', summary: 'A step is empty, or has modifiers only.', level: 'error' },
  { code: 'unknown-step', summary: 'A step has no key that Concourse knows as a step.', level: 'error' },
  { code: 'two-core-steps', summary: 'A step is two in one.', level: 'error' },
  { code: 'not-text', summary: 'A value is no text, and Concourse makes text of it.', level: 'warning' },
  { code: 'number-range', summary: 'A number is beyond 2^53, where Concourse rounds it.', level: 'error' },
  { code: 'unkept-text', summary: 'A text has a character that Concourse does not keep.', level: 'error' },
  { code: 'unkept-key', summary: 'A key is one that Concourse does not keep.', level: 'error' },
  { code: 'duplicate-key', summary: 'A map has a key twice.', level: 'error' },
  {
    code: 'yaml-surprise',
    summary: 'A value without quotes is not what is written, e.g. `1.10` or `on`.',
    level: 'warning'
  },
  { code: 'key-not-text', summary: 'A key is no text to YAML 1.1, e.g. `N:` or `on:`.', level: 'warning' },
  { code: 'merge-overrides', summary: 'A merge key below a key wins over it.', level: 'warning' },
  {
    code: 'strange-character',
    summary: 'The text has a character that YAML 1.1 does not take.',
    level: 'error'
  },
  {
    code: 'second-document',
    summary: 'The file has a second document, which Concourse drops.',
    level: 'error'
  },
  { code: 'unknown-anchor', summary: 'An alias has no anchor above it.', level: 'error' },
  { code: 'wrong-tag', summary: 'A tag does not fit its value.', level: 'error' },
  { code: 'excessive-aliases', summary: 'Aliases of aliases make too much of a small text.', level: 'error' },
  { code: 'too-deep', summary: 'The document is nested deeper than any pipeline.', level: 'error' },
  {
    code: 'suppression',
    summary: 'A finding is allowed where there is none, or by no reason, or of a rule that is not there.',
    level: 'warning'
  },
  { code: 'empty-file', summary: 'The file is empty.', level: 'error' },
  { code: 'binary-file', summary: 'The file holds no text.', level: 'error' },
  { code: 'invalid-utf8', summary: 'The file holds text that is no UTF-8.', level: 'error' },
  { code: 'program', summary: 'A program does not run, or makes no pipeline.', level: 'error' },
  {
    code: 'settings',
    summary: 'The settings of check name what is not there, or a rule of the team does not run.',
    level: 'error'
  },
  { code: 'too-large', summary: 'The text is longer than any pipeline.', level: 'error' }
]
