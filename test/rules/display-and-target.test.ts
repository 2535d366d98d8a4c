import { expect, it } from 'vitest'
import { invalidBackground } from '../../src/rules/invalid-background.ts'
import { valueNotInTarget } from '../../src/rules/value-not-in-target.ts'
import { found } from './found.ts'

const background = (image: string) =>
  found(
    invalidBackground,
    `display: {background_image: ${JSON.stringify(image)}}\njobs: [{name: j, plan: []}]\n`
  )

it.each([
  '',
  'https://a.example.com/b.png?x=%zz',
  'HTTP://[::1]:80/b',
  'http://user:pass@a/b',
  '//a/b.png',
  '/b.png',
  'b c.png',
  'a/b:c',
  '((x)):b'
])('takes a background by %s', image => {
  expect(background(image)).toEqual([])
})

it.each([
  'ftp://a/b',
  'data:image/png;base64,x',
  'C:\\b.png',
  ':b',
  'https://a/%zz',
  'https://a/b#%',
  'http://a:x/b',
  'https://a\nb'
])('finds a background by %s', image => {
  expect(background(image)).toEqual(['invalid-background display.background_image'])
})

const yaml = `groups: [{name: g, jobs: ["*", a]}]
resources: [{name: r, type: git, icon: si/git}, {name: s, type: git, icon: git}]
jobs:
- {name: a, plan: [{get: r}, {get: s}]}
- name: b
  plan:
  - {get: r, passed: ["[a]", a]}
  - {task: t, config: {platform: linux, run: {args: [a]}}}
  - {task: u, config: {platform: linux}}
  - {put: s, across: [{var: x, values: [1]}]}
`

it('finds values that came after the target', () => {
  const findings = [
    'value-not-in-target groups.g.jobs[0]',
    'warning value-not-in-target resources.r.icon',
    'value-not-in-target jobs.b.plan[0].get(r).passed[0]',
    'value-not-in-target jobs.b.plan[1].task(t).config',
    'value-not-in-target jobs.b.plan[2].task(u).config',
    'warning value-not-in-target jobs.b.plan[3].across'
  ]
  const [group, icon, passed] = findings
  const sorted = (target: '6.7' | '7.14' | '8.0' | '8.1' | '8.2') =>
    [...found(valueNotInTarget, yaml, { target })].sort()
  expect(sorted('6.7')).toEqual([...findings].sort())
  expect(sorted('7.14')).toEqual(findings.filter(finding => finding !== group).sort())
  expect(sorted('8.0')).toEqual([passed, icon].sort())
  expect(sorted('8.1')).toEqual([icon])
  expect(sorted('8.2')).toEqual([])
})
