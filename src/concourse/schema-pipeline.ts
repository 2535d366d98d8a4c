import type {
  BuildLogRetention,
  Display,
  Group,
  Job,
  Pipeline,
  Prototype,
  Resource,
  ResourceType,
  VarSource
} from './model.generated.ts'
import type { Hooks } from './model.ts'
import { listOf, mapOf, namedListOf } from './shape-collections.ts'
import { json, jsonObject } from './shape-json.ts'
import { object, type Fields } from './shape-object.ts'
import { flag, looseText, text, wholeNumber } from './shape-scalars.ts'
import { step } from './shape-step.ts'

// The tables of a pipeline, keys in the order of the page (concourse v8.3, atc/config.go, atc/job_config.go).

const group = object<Group>(
  {
    name: 'Group',
    called: 'a group',
    doc: 'A tab of the web page. Where there are groups, every job is in one.'
  },
  {
    name: { shape: looseText, required: true, doc: 'What the tab says.' },
    jobs: { shape: listOf(looseText), doc: 'Names of jobs, or globs: *, **, ?, [a-z] and {a,b}.' },
    resources: {
      shape: listOf(looseText),
      doc: 'Names of further resources; those of its jobs are in it anyway.'
    }
  }
)

const varSource = object<VarSource>(
  { name: 'VarSource', called: 'a var source', doc: 'A credential manager of this pipeline alone.' },
  {
    name: { shape: looseText, required: true, doc: 'What vars call it: ((name:path)).' },
    type: {
      shape: looseText,
      required: true,
      doc: 'vault, dummy, ssm, secretsmanager (since 7.7) or idtoken (since 7.14).'
    },
    config: { shape: json, doc: 'Up to the type; may take vars of other sources.' }
  }
)

/** What a resource type and a prototype say alike. */
const typeFields: Fields<ResourceType> = {
  name: {
    shape: looseText,
    required: true,
    doc: 'What the others call it; types and prototypes share their names.'
  },
  type: { shape: looseText, required: true, doc: 'The resource type of its image, e.g. registry-image.' },
  source: { shape: jsonObject, doc: 'Where the image is.' },
  defaults: {
    shape: jsonObject,
    since: '7.0',
    doc: 'What the source of each of its resources says unless it says otherwise.'
  },
  privileged: { shape: flag, doc: 'Whether its containers may do all that root may.', default: 'false' },
  check_every: {
    shape: text,
    doc: 'How often to look for a new image, or never.',
    default: "the server's interval"
  },
  tags: { shape: listOf(text), doc: 'Of the workers that may check and fetch it.' },
  params: { shape: jsonObject, doc: 'How the image is fetched.' }
}

const resourceType = object<ResourceType>(
  {
    name: 'ResourceType',
    called: 'a resource type',
    doc: 'A type of resources that Concourse does not bring along.'
  },
  typeFields
)

const prototype = object<Prototype>(
  {
    name: 'Prototype',
    called: 'a prototype',
    doc: 'What a run step would run. Concourse 8.3 still runs nothing there.'
  },
  typeFields
)

const resource = object<Resource>(
  { name: 'Resource', called: 'a resource', doc: 'Something with versions outside of Concourse.' },
  {
    name: { shape: looseText, required: true, doc: 'Unique among the resources.' },
    type: {
      shape: looseText,
      required: true,
      doc: 'A type that Concourse brings along, or one of resource_types.'
    },
    old_name: { shape: looseText, since: '5.2', doc: 'Its name before, so that its versions stay.' },
    icon: {
      shape: looseText,
      since: '5.1',
      doc: 'A name of Material Design Icons; since 8.2 also si/<name> of Simple Icons.'
    },
    public: { shape: flag, doc: 'Whether those who are not logged in see its versions.', default: 'false' },
    webhook_token: {
      shape: looseText,
      doc: 'With it, a request to the web hook makes Concourse look for versions.'
    },
    check_every: {
      shape: text,
      doc: 'How often to look for versions, or never.',
      default: "the server's interval, 1m"
    },
    check_timeout: { shape: looseText, doc: 'How long a look may take.', default: "the server's, 1h" },
    expose_build_created_by: {
      shape: flag,
      since: '7.0',
      doc: 'Whether it is told who started a build.',
      default: 'false'
    },
    tags: { shape: listOf(text), doc: 'Of the workers that may check it.' },
    version: { shape: mapOf(looseText), doc: 'This version and no other.' },
    source: { shape: jsonObject, doc: 'Where it is; what may be said is up to the type.' }
  }
)

const buildLogRetention = object<BuildLogRetention>(
  { name: 'BuildLogRetention', called: 'build_log_retention', doc: 'Which logs are kept; 0 sets no limit.' },
  {
    days: { shape: wholeNumber, since: '5.7', doc: 'Logs of builds younger than that.', default: '0' },
    builds: { shape: wholeNumber, since: '5.2', doc: 'Logs of the last builds.', default: '0' },
    minimum_succeeded_builds: {
      shape: wholeNumber,
      since: '5.7',
      doc: 'Of the kept builds, at least so many that succeeded.',
      default: '0'
    }
  }
)

const hooks: Fields<Hooks> = {
  on_success: { shape: step, doc: 'When the plan has succeeded.' },
  on_failure: { shape: step, doc: 'When a step has failed, or its time ran out.' },
  on_abort: { shape: step, doc: 'When the build was aborted.' },
  on_error: {
    shape: step,
    since: '5.1',
    doc: 'When a step could not run to its end, e.g. for want of a worker.'
  },
  ensure: { shape: step, doc: 'Whatever the outcome, and after the other hooks.' }
}

const job = object<Job>(
  { name: 'Job', called: 'a job', doc: 'A plan and when it runs.' },
  {
    name: { shape: looseText, required: true, doc: 'Unique among the jobs.' },
    old_name: { shape: looseText, since: '5.2', doc: 'Its name before, so that its builds stay.' },
    public: { shape: flag, doc: 'Whether those who are not logged in see its build logs.', default: 'false' },
    serial: { shape: flag, doc: 'Whether one build waits for the other.', default: 'false' },
    serial_groups: {
      shape: listOf(looseText),
      doc: 'Of all jobs with such a word in common, one runs at a time.'
    },
    max_in_flight: {
      shape: wholeNumber,
      doc: 'How many builds may run at a time; serial and serial_groups make it 1.',
      default: '0, no limit'
    },
    interruptible: {
      shape: flag,
      doc: 'Whether a worker that lands need not wait for its builds.',
      default: 'false'
    },
    disable_manual_trigger: { shape: flag, doc: 'Whether nobody may start it by hand.', default: 'false' },
    disable_reruns: {
      shape: flag,
      since: '8.1',
      doc: 'Whether nobody may run a build again.',
      default: 'false'
    },
    tags: { shape: listOf(text), since: '8.3', doc: 'Of the workers that may run its steps.' },
    build_log_retention: { shape: buildLogRetention, doc: 'Which of its build logs are kept.' },
    build_logs_to_retain: {
      shape: wholeNumber,
      deprecated: 'write build_log_retention: {builds: …}',
      doc: 'Logs of the last builds.'
    },
    plan: { shape: listOf(step), required: true, doc: 'Its steps, one after the other.' },
    ...hooks
  }
)

const display = object<Display>(
  { name: 'Display', called: 'display', doc: 'How the web page of the pipeline looks.' },
  {
    background_image: {
      shape: looseText,
      since: '6.6',
      doc: 'Address of an image, by http, https or relative.'
    },
    background_filter: {
      shape: looseText,
      since: '7.13',
      doc: 'A filter of CSS for the image.',
      default: 'opacity(30%) grayscale(100%)'
    }
  }
)

export const pipeline = object<Pipeline>(
  {
    name: 'Pipeline',
    called: 'a pipeline',
    doc: 'What fly set-pipeline takes.',
    unknownKey: {
      severity: 'warning',
      but: 'fly drops it, and with --strict refuses it',
      mayLendAnchors: true
    }
  },
  {
    groups: { shape: namedListOf(group), doc: 'Tabs of the web page.' },
    var_sources: {
      shape: namedListOf(varSource),
      since: '5.8',
      doc: 'Credential managers of this pipeline.'
    },
    resource_types: { shape: namedListOf(resourceType), doc: 'Types that Concourse does not bring along.' },
    prototypes: { shape: namedListOf(prototype), since: '7.4', doc: 'What run steps would run.' },
    resources: {
      shape: namedListOf(resource),
      otherwise: [],
      doc: 'What its jobs get and put.',
      default: '[]'
    },
    jobs: { shape: namedListOf(job), required: true, doc: 'At least one.' },
    display: { shape: display, since: '6.6', doc: 'How its web page looks.' },
    user_data: { shape: json, since: '8.2', doc: 'Anything; Concourse keeps it and gives it back.' }
  }
)
